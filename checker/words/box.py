"""A container as what a claim is about. It knows no claims."""

from __future__ import annotations

from dataclasses import dataclass

from checker.claim import Failed
from checker.model import Container, Snapshot, Wanted
from checker.words.subject import missing


@dataclass(frozen=True, slots=True)
class Box:
    """A container, by its name."""

    name: str

    @property
    def key(self) -> str:
        """The container in sentences."""
        return f"container {self.name}"

    @property
    def wants(self) -> Wanted:
        """One inspect of this container."""
        return Wanted(containers=(self.name,), near=(self.key,))

    def find(self, snapshot: Snapshot) -> Container | None:
        """The container as the snapshot shows it."""
        return next((box for box in snapshot.containers if box.name == self.name), None)

    def absence(self, snapshot: Snapshot) -> Failed:
        """No such container, and the near names."""
        hint = f"A container gets its name when it is made: docker run --name {self.name} …"
        return missing(snapshot, "container", self.name, hint)
