"""A lesson as it is shown live, told from a moment and what held before. It knows no engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checker import report
from checker.judge import Line, Report, StepReport, judge_step
from checker.lesson import Lesson
from checker.model import Evidence, Json
from checker.watch import Moment, State

MARKS = {
    **report.MARKS,
    "once": ("✓", "Was done"),
    "lost": ("✗", "No longer"),
}
"""The mark and the word of each verdict; a live one also knows what held before."""

Place = tuple[int, int]
"""A claim's step and its number in it, counted from 1 and 0."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A moment of a lesson, and the claims that held at some moment."""

    lesson: Lesson
    moment: Moment
    held: frozenset[Place]

    def then(self, moment: Moment) -> Seen:
        """What is seen at a later moment."""
        return Seen(self.lesson, moment, self.held | holding(moment.state.steps))


def first(lesson: Lesson, moment: Moment, evidence: Evidence) -> Seen:
    """What is seen at the first moment, the evidence being all that was before."""
    return Seen(lesson, moment, holding(moment.state.steps) | held_in(lesson, evidence))


def holding(steps: tuple[StepReport, ...]) -> frozenset[Place]:
    """The claims that hold."""
    return frozenset(
        (step.number, place) for step in steps for place, line in enumerate(step.lines) if line.held
    )


def held_in(lesson: Lesson, evidence: Evidence) -> frozenset[Place]:
    """The claims that held at some moment of the evidence, the latest moments first."""
    found: frozenset[Place] = frozenset()
    for number, step in enumerate(lesson.steps, start=1):
        every = {(number, place) for place in range(step.points)}
        for count in range(len(evidence.snapshots), 0, -1):
            if every <= found:
                break
            found |= holding((judge_step(number, step, evidence.until(count)),))
    return found


def as_json(seen: Seen, rungs: Mapping[str, int]) -> Json:
    """The lesson as data for a panel; `rungs` are the hints shown, as `checker.hints` has them."""
    lesson, state = seen.lesson, seen.moment.state
    now = Report(lesson.name, lesson.question, state.steps)
    return {
        "about": "lesson",
        "lesson": lesson.name,
        "question": lesson.question,
        "points": now.points,
        "out_of": now.out_of,
        "active": state.active,
        "trouble": seen.moment.trouble or now.trouble,
        "steps": [_step(seen, step, rungs) for step in state.steps],
    }


def _step(seen: Seen, step: StepReport, rungs: Mapping[str, int]) -> Json:
    hints = seen.lesson.step(step.number).hints
    shown = min(rungs.get(f"{seen.lesson.name}/{step.number}", 0), len(hints))
    mark, word = MARKS[step_kind(seen.moment.state, step)]
    return {
        "step": step.number,
        "title": step.title,
        "points": step.points,
        "out_of": step.out_of,
        "verdict": step_kind(seen.moment.state, step),
        "mark": mark,
        "word": word,
        "claims": [_claim(seen, step, place, line) for place, line in enumerate(step.lines)],
        "hints": list(hints[:shown]),
        "hints_left": len(hints) - shown,
    }


def step_kind(state: State, step: StepReport) -> str:
    """A step's verdict: it holds, held once, is the one to do, or comes later."""
    if step.done:
        return "held"
    if step.number in state.ever:
        return "once"
    return "failed" if step.number == state.active else "unknown"


def _claim(seen: Seen, step: StepReport, place: int, line: Line) -> Json:
    kind = claim_kind(seen, step, place, line)
    mark, word = MARKS[kind]
    below: dict[str, Json] = dict(report.details(line))
    return {"sentence": line.sentence, "verdict": kind, "mark": mark, "word": word, **below}


def claim_kind(seen: Seen, step: StepReport, place: int, line: Line) -> str:
    """A claim's verdict; one that held before was done with its step, or is lost again."""
    if line.held or (step.number, place) not in seen.held:
        return report.kind(line)
    return "once" if step.number in seen.moment.state.ever else "lost"
