"""Steps and lessons as values, and what a lesson asks to be looked at. It knows no engine."""

from __future__ import annotations

from dataclasses import dataclass

from checker.claim import Claim, Subject
from checker.model import Wanted

GIVEN = ("bridge", "host", "none")
"""The networks that each engine has from the start, and that nobody makes or removes."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one check covers: claims, one point each, and a ladder of three hints.

    The rungs say where to look, what to use, and the command. A step that a replay on another
    engine may not repeat says why in `on_evidence`; where the replay shows less than the evidence
    that was handed in, its points then come from that.
    """

    title: str
    claims: tuple[Claim, ...]
    hints: tuple[str, ...] = ()
    on_evidence: str = ""

    @property
    def points(self) -> int:
        """One point for each claim."""
        return len(self.claims)

    @property
    def wants(self) -> Wanted:
        """What the observer must look at to judge this step."""
        return Wanted().and_(*(claim.wants for claim in self.claims))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A lesson: its question, its steps, and what it needs on the machine.

    `minutes` is how long a learner takes, `images` are pulled and kept by a reset,
    `ports` are published on the host, `examples` are made by worked examples and never judged.
    `packages` says that builds or containers install packages: its seals may reach the index.
    """

    name: str
    question: str
    steps: tuple[Step, ...]
    minutes: int
    images: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    examples: tuple[Subject[object], ...] = ()
    packages: bool = False

    @property
    def points(self) -> int:
        """The points of all steps."""
        return sum(step.points for step in self.steps)

    def step(self, number: int) -> Step:
        """The step with this number, counted from 1; `LookupError` says which there are."""
        if number not in range(1, len(self.steps) + 1):  # a cell may give anything
            raise LookupError(
                f"lesson {self.name} has no step {number!r}; its steps are 1 to {len(self.steps)}."
            )
        return self.steps[number - 1]

    def wanted(self, step: int | None = None) -> Wanted:
        """All objects the lesson names; questions, logs and files of `step`, or of all steps."""
        whole = Wanted().and_(*(one.wants for one in self.steps))
        return whole if step is None else whole.names_only().and_(self.step(step).wants)

    def makes(self, step: int | None = None) -> Wanted:
        """What a learner makes in this lesson, or first makes in `step`: what a reset removes."""
        if step is None:
            examples = (subject.wants for subject in self.examples)
            named, before = self.wanted().and_(*examples), Wanted()
        else:
            named, before = (
                self.step(step).wants,
                Wanted().and_(*(s.wants for s in self.steps[: step - 1])),
            )
        return Wanted(
            containers=tuple(n for n in named.containers if n not in before.containers),
            volumes=tuple(n for n in named.volumes if n not in before.volumes),
            networks=tuple(n for n in named.networks if n not in (*before.networks, *GIVEN)),
            images=tuple(n for n in named.images if n not in (*before.images, *self.images)),
        )


def step(title: str, *claims: Claim, hints: tuple[str, ...] = (), on_evidence: str = "") -> Step:
    """A step of a lesson; `on_evidence` says why a replay may not repeat it, if that is so."""
    return Step(title, claims, hints, on_evidence)


def lesson(
    question: str,
    *steps: Step,
    minutes: int,
    images: tuple[str, ...] = (),
    ports: tuple[int, ...] = (),
    examples: tuple[Subject[object], ...] = (),
    packages: bool = False,
) -> Lesson:
    """A lesson; its name comes from the file it stands in."""
    return Lesson(
        name="",
        question=question,
        steps=steps,
        minutes=minutes,
        images=images,
        ports=ports,
        examples=examples,
        packages=packages,
    )
