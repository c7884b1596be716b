"""Words about several containers together: that they ran at once, and fit their machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from checker.claim import HELD, Claim, Failed, Unknown, Verdict, held_if, over
from checker.model import Container, Evidence, Machine, Snapshot, Wanted
from checker.words.amounts import cores, mebibytes
from checker.words.container import ContainerWord
from checker.words.text import listed


@dataclass(frozen=True, slots=True)
class MachineWord:
    """The machine that the engine runs on."""

    name: str = "of the engine"

    @property
    def key(self) -> str:
        """The machine in sentences."""
        return f"machine {self.name}"

    @property
    def wants(self) -> Wanted:
        """What the engine says of its machine."""
        return Wanted(machines=(self.name,))

    def find(self, snapshot: Snapshot) -> Machine | None:
        """The machine as the snapshot shows it."""
        return next(iter(snapshot.machines), None)

    def absence(self, snapshot: Snapshot) -> Verdict:
        """The engine said nothing of its machine."""
        return Unknown("the engine does not tell what its machine has", trouble=bool(snapshot))


MACHINE = MachineWord()


@dataclass(frozen=True, slots=True)
class GroupWord:
    """Several containers."""

    members: tuple[ContainerWord, ...]

    @property
    def key(self) -> str:
        """The containers in sentences."""
        return f"containers {listed(one.name for one in self.members)}"

    @property
    def wants(self) -> Wanted:
        """One inspect of each."""
        return Wanted().and_(*(one.wants for one in self.members))

    def find(self, snapshot: Snapshot) -> tuple[Container, ...] | None:
        """All of them as the snapshot shows them, or nothing."""
        there = self._there(snapshot)
        return there if len(there) == len(self.members) else None

    def absence(self, snapshot: Snapshot) -> Failed:
        """Which of them are not there."""
        there = {box.name for box in self._there(snapshot)}
        gone = [one.name for one in self.members if one.name not in there]
        hint = f"Each is a container with a name of its own: docker run --name {gone[0]} …"
        if not there:
            return Failed("none of them is there", hint, missing=self.key)
        many = "are" if len(gone) > 1 else "is"
        return Failed(f"{listed(gone)} {many} not there", hint, missing=self.key)

    def _there(self, snapshot: Snapshot) -> tuple[Container, ...]:
        found = (one.find(snapshot) for one in self.members)
        return tuple(box for box in found if box is not None)

    def ran_at_once(self) -> Claim:
        """At some moment all of them were running."""

        def look(evidence: Evidence) -> Verdict:
            counts = [sum(box.running for box in self._there(shot)) for shot in evidence.snapshots]
            most = max(counts, default=0)
            if most == len(self.members):
                return HELD
            hint = "docker run -d gives the next one its turn while the first still works."
            return (
                Failed(f"at most {most} of them ran at the same time", hint)
                if most
                else (
                    self.absence(evidence.now)
                    if self.find(evidence.now) is None
                    else Failed("none of them has been seen running", hint)
                )
            )

        return over(self, "ran at the same time", look)

    def fit_the_memory(self) -> Claim:
        """Each has a limit of memory, and together the limits fit the engine's machine."""
        return self._fit(
            "memory", lambda box: box.memory, lambda it: it.memory, lambda n: mebibytes(int(n))
        )

    def fit_the_cores(self) -> Claim:
        """Each has a limit of cores, and together the limits fit the engine's machine."""
        return self._fit("cores", lambda box: box.cpus, lambda it: it.cores, cores)

    def _fit(
        self,
        what: str,
        limit: Callable[[Container], float],
        most: Callable[[Machine], float],
        told: Callable[[float], str],
    ) -> Claim:
        def look(evidence: Evidence) -> Verdict:
            boxes, machine = self.find(evidence.now), MACHINE.find(evidence.now)
            if boxes is None:
                return self.absence(evidence.now)
            if machine is None:
                return MACHINE.absence(evidence.now)
            if free := [box.name for box in boxes if not limit(box)]:
                has = "have" if len(free) > 1 else "has"
                return Failed(f"{listed(free)} {has} no such limit")
            whole = round(sum(map(limit, boxes)), 3)
            both = f"{told(whole)}, and the machine has {told(most(machine))}"
            return held_if(whole <= most(machine), found=f"their limits come to {both}")

        return over(
            self,
            f"have limits of {what} that fit the machine together",
            look,
            hint="Divide what docker info shows by their number, and leave some for the rest.",
            also=(MACHINE,),
        )


def together(*members: ContainerWord) -> GroupWord:
    """Several containers, as one thing to make claims about."""
    return GroupWord(members)
