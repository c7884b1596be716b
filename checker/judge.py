"""Lesson and evidence in, report out: pure and total. It waits for nothing and looks at nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from checker.claim import HELD, Claim, Failed, Unknown, Verdict
from checker.lesson import Lesson, Step
from checker.model import Evidence


@dataclass(frozen=True, slots=True)
class Line:
    """One claim's sentence and its verdict."""

    sentence: str
    verdict: Verdict
    patience: float = 0.0

    @property
    def held(self) -> bool:
        """Whether the claim earns its point."""
        return self.verdict == HELD

    @property
    def settling(self) -> bool:
        """Whether the claim failed in a way that time may cure."""
        verdict = self.verdict
        if not isinstance(verdict, Failed) or verdict.missing:
            return False
        return self.patience > 0 and not verdict.settled


@dataclass(frozen=True, slots=True)
class StepReport:
    """The verdicts of one step."""

    number: int
    title: str
    lines: tuple[Line, ...]

    @property
    def points(self) -> int:
        """The points earned."""
        return sum(line.held for line in self.lines)

    @property
    def out_of(self) -> int:
        """The points to earn."""
        return len(self.lines)

    @property
    def done(self) -> bool:
        """Whether every claim holds."""
        return self.points == self.out_of


@dataclass(frozen=True, slots=True)
class Report:
    """The verdicts of a lesson or of one step; `notes` tell what the keeper of evidence met."""

    lesson: str
    question: str
    steps: tuple[StepReport, ...]
    notes: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """The points earned."""
        return sum(step.points for step in self.steps)

    @property
    def out_of(self) -> int:
        """The points to earn."""
        return sum(step.out_of for step in self.steps)

    @property
    def done(self) -> bool:
        """Whether every claim holds."""
        return self.points == self.out_of

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all steps."""
        return tuple(line for step in self.steps for line in step.lines)

    @property
    def trouble(self) -> str:
        """Why something could not be judged, when that is not the learner's doing."""
        whys = [
            v.why for line in self.lines if isinstance(v := line.verdict, Unknown) and v.trouble
        ]
        return whys[0] if whys else ""


def judge(lesson: Lesson, evidence: Evidence, step: int | None = None) -> Report:
    """The report on a lesson, or on one step of it."""
    numbers = range(1, len(lesson.steps) + 1) if step is None else (step,)
    reports = tuple(judge_step(number, lesson.step(number), evidence) for number in numbers)
    return Report(lesson.name, lesson.question, reports)


def judge_step(number: int, step: Step, evidence: Evidence) -> StepReport:
    """The report on one step."""
    return StepReport(number, step.title, tuple(_lines(step, evidence)))


def _lines(step: Step, evidence: Evidence) -> Iterator[Line]:
    """Each claim's line; a missing subject is said once, and the other claims wait for it."""
    said: set[str] = set()
    for claim in step.claims:
        verdict = _verdict(claim, evidence)
        if isinstance(verdict, Failed) and verdict.missing:
            if verdict.missing in said:
                verdict = Unknown(f"{verdict.missing} must be there first")
            said.add(verdict.missing if isinstance(verdict, Failed) else "")
        yield Line(claim.sentence, verdict, claim.patience)


def _verdict(claim: Claim, evidence: Evidence) -> Verdict:
    """The claim's verdict; a claim that breaks is our trouble, not the learner's."""
    try:
        verdict = claim.judge(evidence)
    except Exception as fault:
        return Unknown(
            f"this claim could not be judged ({type(fault).__name__}: {fault})", trouble=True
        )
    if isinstance(verdict, Failed) and not verdict.hint:
        return replace(verdict, hint=claim.hint)
    return verdict
