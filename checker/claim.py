"""Claims, one sentence about Docker each, and the verdicts. They know no way of asking Docker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeAlias, TypeVar

from checker.model import Evidence, Snapshot, Wanted

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Held:
    """The claim is true."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The claim is not true: `found` says what is true instead, `hint` gives the next move.

    `missing` is the key of a subject that is not there at all; `settled` says that waiting
    cannot make the claim true.
    """

    found: str
    hint: str = ""
    missing: str = ""
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """The claim could not be judged; `trouble` is set when that is not the learner's doing."""

    why: str
    trouble: bool = False


Verdict: TypeAlias = Held | Failed | Unknown

HELD = Held()
NOTHING = Wanted()


class Subject(Protocol[T_co]):
    """What a claim is about: a named thing that a snapshot may hold."""

    @property
    def key(self) -> str:
        """The subject's name in sentences and snapshots, such as `container web`."""

    @property
    def wants(self) -> Wanted:
        """What the observer must look at."""

    def find(self, snapshot: Snapshot) -> T_co | None:
        """The thing as the snapshot shows it."""

    def absence(self, snapshot: Snapshot) -> Verdict:
        """What to say when the thing is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence about Docker that holds or fails, worth one point.

    `patience` is how many seconds the truth may take to settle by itself, for a server that
    is still starting; judging itself never waits.
    """

    sentence: str
    about: tuple[Subject[object], ...]
    judge: Callable[[Evidence], Verdict]
    hint: str = ""
    asks: Wanted = NOTHING
    patience: float = 0.0

    @property
    def wants(self) -> Wanted:
        """Everything the observer must look at to judge this claim."""
        return self.asks.and_(*(subject.wants for subject in self.about))

    def hinting(self, hint: str) -> Claim:
        """The same claim with another next move."""
        return replace(self, hint=hint)

    def within(self, seconds: float) -> Claim:
        """The same claim with so many seconds to become true; a check waits that long."""
        return replace(self, patience=seconds)


def held_if(true: bool, *, found: str, hint: str = "") -> Verdict:  # noqa: FBT001 - reads as English
    """`Held` when `true`, otherwise what was found instead."""
    return HELD if true else Failed(found, hint)


@dataclass(frozen=True, slots=True)
class _Now(Generic[T]):
    subject: Subject[T]
    look: Callable[[T], Verdict]

    def __call__(self, evidence: Evidence) -> Verdict:
        snapshot = evidence.now
        if trouble := troubled(self.subject, snapshot):
            return trouble
        thing = self.subject.find(snapshot)
        return self.subject.absence(snapshot) if thing is None else self.look(thing)


def now(
    subject: Subject[T],
    sentence: str,
    look: Callable[[T], Verdict],
    *,
    hint: str = "",
    also: tuple[Subject[object], ...] = (),
    asks: Wanted = NOTHING,
    patience: float = 0.0,
) -> Claim:
    """A claim about how `subject` is at the last look; `sentence` follows the subject's name."""
    return Claim(
        sentence=f"{subject.key} {sentence}",
        about=(subject, *also),
        judge=_Now(subject, look),
        hint=hint,
        asks=asks,
        patience=patience,
    )


def over(
    subject: Subject[object],
    sentence: str,
    look: Callable[[Evidence], Verdict],
    *,
    hint: str = "",
    also: tuple[Subject[object], ...] = (),
) -> Claim:
    """A claim about the history of `subject`: `look` reads all the evidence."""

    def judge(evidence: Evidence) -> Verdict:
        return troubled(subject, evidence.now) or look(evidence)

    return Claim(
        sentence=f"{subject.key} {sentence}", about=(subject, *also), judge=judge, hint=hint
    )


def once(claim: Claim) -> Claim:
    """The claim held at some moment; only for claims about objects, which the recorder sees too."""
    if claim.asks != NOTHING:
        raise ValueError(f"once() cannot cover “{claim.sentence}”: it needs a question of its own")

    def judge(evidence: Evidence) -> Verdict:
        moments = range(len(evidence.snapshots), 0, -1)
        verdicts = [claim.judge(evidence.until(m)) for m in moments] or [claim.judge(evidence)]
        if HELD in verdicts:
            return HELD
        # What was there last says more than that nothing is there any more.
        there = [v for v in verdicts if isinstance(v, Failed) and not v.missing]
        return next(iter(there), verdicts[0])

    return replace(claim, sentence=f"at some moment, {claim.sentence}", judge=judge)


def troubled(subject: Subject[object], snapshot: Snapshot) -> Unknown | None:
    """Why the subject could not be looked at, if it could not."""
    for trouble in snapshot.troubles:
        if trouble.key == subject.key:
            return Unknown(trouble.why, trouble=True)
    return None
