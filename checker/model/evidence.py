"""Looks at an engine, one and many, and what a lesson asks to be looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain

from checker.model.asked import (
    Answer,
    Command,
    Event,
    File,
    Lint,
    Near,
    Output,
    Question,
    Reply,
    Search,
    Sought,
    Trouble,
)
from checker.model.things import Container, Image, Machine, Network, Volume


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One look at the engine, frozen: only what the lesson names."""

    taken: str
    containers: tuple[Container, ...] = ()
    images: tuple[Image, ...] = ()
    volumes: tuple[Volume, ...] = ()
    networks: tuple[Network, ...] = ()
    machines: tuple[Machine, ...] = ()
    replies: tuple[Reply, ...] = ()
    outputs: tuple[Output, ...] = ()
    files: tuple[File, ...] = ()
    searches: tuple[Search, ...] = ()
    lints: tuple[Lint, ...] = ()
    answers: tuple[Answer, ...] = ()
    events: tuple[Event, ...] = ()
    near: tuple[Near, ...] = ()
    troubles: tuple[Trouble, ...] = ()

    def same_as(self, other: Snapshot) -> bool:
        """Whether nothing but the time differs and nothing happened in between."""
        return not self.events and replace(self, taken=other.taken, events=other.events) == other


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All looks of a lesson, oldest first."""

    lesson: str
    snapshots: tuple[Snapshot, ...] = ()

    @property
    def now(self) -> Snapshot:
        """The last look; an empty one where nobody looked yet."""
        return self.snapshots[-1] if self.snapshots else Snapshot(taken="")

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything that happened, oldest first."""
        return tuple(event for snapshot in self.snapshots for event in snapshot.events)

    def plus(self, snapshot: Snapshot) -> Evidence:
        """This evidence with one more look; a look that shows nothing new replaces the last."""
        kept = self.snapshots
        if kept and snapshot.same_as(kept[-1]):
            snapshot = replace(snapshot, events=kept[-1].events)
            kept = kept[:-1]
        return replace(self, snapshots=(*kept, snapshot))

    def until(self, count: int) -> Evidence:
        """The evidence as it was after its first `count` looks."""
        return replace(self, snapshots=self.snapshots[:count])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a lesson asks the observer to look at: names and questions, nothing else."""

    containers: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    volumes: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    env: tuple[tuple[str, str], ...] = ()
    logs: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()
    """Containers whose counters of throttling are read."""
    machines: tuple[str, ...] = ()
    """The machine that the engine runs on, under the name that sentences give it."""
    questions: tuple[Question, ...] = ()
    commands: tuple[Command, ...] = ()
    files: tuple[str, ...] = ()
    searches: tuple[Sought, ...] = ()
    lints: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    """Keys of subjects whose near names are worth a question when they are missing."""

    def and_(self, *others: Wanted) -> Wanted:
        """Everything this and the others ask for, each thing once, in the order first asked."""
        return Wanted(
            **{
                slot: tuple(
                    dict.fromkeys(chain(getattr(self, slot), *(getattr(o, slot) for o in others)))
                )
                for slot in self.__slots__
            }
        )

    def names_only(self) -> Wanted:
        """The objects alone, without the questions that cost time or disturb."""
        return Wanted(
            containers=self.containers,
            images=self.images,
            volumes=self.volumes,
            networks=self.networks,
        )
