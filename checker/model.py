"""What Docker looked like, as frozen values. It knows nothing about Docker's interface."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

AS_ASKED = "(as asked)"
"""Stands in evidence for a secret that equals what the lesson asks for."""

HIDDEN = "(hidden)"
"""Stands in evidence for any other secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """A published port: `inside` the container, and where it is found on the host."""

    inside: int
    outside: int
    address: str = ""
    protocol: str = "tcp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mount:
    """Something mounted at a path of a container.

    `source` is a volume's name; for a bind mount it is the folder, written as `./part`
    when it lies in the lesson's folder.
    """

    kind: str
    source: str
    at: str
    writable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A container at one moment; times are the engine's own, ISO 8601 in UTC."""

    name: str
    id: str
    image: str
    image_id: str = ""
    created: str = ""
    status: str = "running"
    started: str = ""
    finished: str = ""
    exit_code: int = 0
    auto_remove: bool = False
    command: tuple[str, ...] = ()
    env: tuple[tuple[str, str], ...] = ()
    ports: tuple[Port, ...] = ()
    mounts: tuple[Mount, ...] = ()
    networks: tuple[str, ...] = ()
    health: str = ""
    error: str = ""
    log: str | None = None

    @property
    def running(self) -> bool:
        """Whether its main process runs now."""
        return self.status == "running"


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image at one moment, found under `name`; `size` is in bytes as this engine counts them."""

    name: str
    id: str
    tags: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()
    layers: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A volume at one moment; `created` has a resolution of one second."""

    name: str
    created: str = ""
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An HTTP request to a container's published port; the observer knows the way there."""

    container: str
    port: int
    method: str = "GET"
    path: str = "/"
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """A name for this question within a lesson; headers may be secret and only count."""
        door = f"{self.container}:{self.port}"
        return f"{self.method} {door}{self.path} +{len(self.headers)} {self.body}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back for a question; `failure` says why nothing did."""

    key: str
    status: int = 0
    body: str = ""
    failure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file at one moment; `place` is `./name` in the lesson's folder or `container:/path`."""

    place: str
    sha256: str
    size: int
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A variable of the learner's notebook, as JSON text."""

    name: str
    json: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something the engine says happened to a named object since the look before."""

    kind: str
    action: str
    name: str
    id: str = ""
    image: str = ""
    exit_code: int | None = None
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Names on the engine that resemble a name that is not there."""

    kind: str
    wanted: str
    there: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why something could not be looked at; never the learner's mistake."""

    key: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One look at the engine, frozen: only what the lesson names."""

    taken: str
    containers: tuple[Container, ...] = ()
    images: tuple[Image, ...] = ()
    volumes: tuple[Volume, ...] = ()
    replies: tuple[Reply, ...] = ()
    files: tuple[File, ...] = ()
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
    env: tuple[tuple[str, str], ...] = ()
    logs: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    files: tuple[str, ...] = ()
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
        return Wanted(containers=self.containers, images=self.images, volumes=self.volumes)
