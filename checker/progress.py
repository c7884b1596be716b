"""How far a learner is in a lesson, told from its evidence alone. It knows no engine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from checker.evidence import EvidenceError, from_json
from checker.lesson import Lesson
from checker.model import Evidence, Json
from checker.session import best


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The most points each step has earned; `note` says why the evidence could not be read."""

    lesson: Lesson
    steps: tuple[int, ...]
    looks: int = 0
    note: str = ""

    @property
    def points(self) -> int:
        """The points of all steps."""
        return sum(self.steps)

    def points_of(self, step: int) -> int:
        """The points of a step; none where the lesson has no such step."""
        return self.steps[step - 1] if 0 < step <= len(self.steps) else 0

    @property
    def state(self) -> str:
        """`done`, `begun` or `to do`."""
        if self.points == self.lesson.points:
            return "done"
        return "begun" if self.looks else "to do"

    @property
    def next_step(self) -> int | None:
        """The first step that was never done."""
        pairs = enumerate(zip(self.steps, self.lesson.steps, strict=True), start=1)
        return next((number for number, (got, step) in pairs if got < step.points), None)


def progress(lesson: Lesson, evidence: Evidence) -> Progress:
    """How far the evidence says that a learner is."""
    return Progress(lesson=lesson, steps=best(lesson, evidence), looks=len(evidence.snapshots))


def read(lesson: Lesson, path: Path) -> Progress:
    """How far the evidence file says that a learner is; the file stays as it is."""
    nothing = Progress(lesson=lesson, steps=(0,) * len(lesson.steps))
    try:
        return progress(lesson, from_json(path.read_bytes()))
    except FileNotFoundError:
        return nothing
    except (EvidenceError, OSError) as fault:
        note = f"{path.name} cannot be read: {getattr(fault, 'strerror', None) or fault}."
        return Progress(lesson=lesson, steps=nothing.steps, note=note)


def as_json(one: Progress) -> Json:
    """Progress as JSON data, for programs."""
    return {
        "lesson": one.lesson.name,
        "question": one.lesson.question,
        "points": one.points,
        "out_of": one.lesson.points,
        "state": one.state,
        "next_step": one.next_step,
        "note": one.note,
        "steps": [
            {"step": number, "title": step.title, "points": got, "out_of": step.points}
            for number, (got, step) in enumerate(
                zip(one.steps, one.lesson.steps, strict=True), start=1
            )
        ],
    }
