"""A seal that shows what a test tells it to show, with a fake engine in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from checker.engine import Client, connect
from checker.grading.seal import CellRun, Settings
from checker.model import Json
from checker.observe.files import Stored
from tests.fake_engine import FakeEngine


def printed(text: str) -> dict[str, Any]:
    """What a cell shows that prints."""
    return {"output_type": "stream", "name": "stdout", "text": text}


@dataclass
class FakeSeal:
    """Runs no cell: `does[source]` is what comes of it, an exception to be raised included."""

    engine: FakeEngine
    does: dict[str, CellRun | Exception] = field(default_factory=dict)
    variables: dict[str, Json] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    first: dict[str, bytes] = field(default_factory=dict)
    ran: list[str] = field(default_factory=list)
    asked: list[tuple[Settings, str]] = field(default_factory=list)
    name: str = "seal-1"
    folder: str = "/home/learner/work"
    closed: int = 0
    signs: tuple[str, ...] = ()
    clients: list[Client] = field(default_factory=list)

    def client(self) -> Client:
        self.clients.append(connect(self.engine.engine))
        return self.clients[-1]

    def put(self, files: Mapping[str, bytes]) -> None:
        self.files.update(files)
        self.first.update(files)

    def change(self, puts: Mapping[str, bytes], drops: Iterable[str] = ()) -> None:
        self.files.update(puts)
        for name in drops:
            self.files.pop(name, None)
        self.ran.append(f"files {sorted(puts)} {sorted(drops)}")

    def take(self, most_bytes: int) -> Mapping[str, Stored]:
        kept = {name: data for name, data in self.files.items() if len(data) <= most_bytes}
        return {name: Stored(data, 1000) for name, data in kept.items()}

    def run(self, source: str, seconds: float | None = None) -> CellRun:
        self.ran.append(source)
        done = self.does.get(source, CellRun())
        if isinstance(done, Exception):
            raise done
        return done

    def answers(self, names: Iterable[str]) -> Mapping[str, Json]:
        return {name: self.variables[name] for name in names if name in self.variables}

    def close(self) -> None:
        self.closed += 1
        for client in self.clients:
            client.close()

    def noticed(self) -> tuple[str, ...]:
        return self.signs

    @contextmanager
    def open(self, settings: Settings, *, run: str) -> Iterator[FakeSeal]:
        """In the place of `open_seal`."""
        self.asked.append((settings, run))
        try:
            yield self
        finally:
            self.close()
