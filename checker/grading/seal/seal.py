"""One seal: started, filled, used and removed. It judges nothing and knows no gradebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from checker.engine import Client
from checker.grading.seal.values import CellRun, SealTrouble, Settings
from checker.model import Json


class Seal(Protocol):
    """A private engine with a learner's kernel; every failure of ours is a `SealTrouble`."""

    name: str
    folder: str
    """The learner's working folder, as the seal's own engine sees it."""

    def client(self) -> Client:
        """A client of the seal's engine, for the trusted side alone; raises `EngineTrouble`.

        Its `dial` reaches the ports that the learner's containers publish.
        """

    def put(self, files: Mapping[str, bytes]) -> None:
        """Write files, by their relative names, into the learner's working folder."""

    def take(self, most_bytes: int) -> Mapping[str, bytes]:
        """The folder's regular files, the smallest first, until there are too many bytes."""

    def run(self, source: str, seconds: float | None = None) -> CellRun:
        """Run one cell in the learner's kernel."""

    def answers(self, names: Iterable[str]) -> Mapping[str, Json]:
        """Variables of the learner's kernel that JSON can tell."""

    def close(self) -> None:
        """Remove the seal and all that was in it; a second call does nothing."""


@contextmanager
def open_seal(settings: Settings, *, run: str) -> Iterator[Seal]:
    """A seal for one submission; `run` names the grading run in its labels."""
    raise SealTrouble("refused", "Seals cannot be made yet.")
    yield
