"""Evidence as JSON and back: versioned, locked, never half written. It knows no engine."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from checker.model import Evidence, Snapshot

VERSION = 1
"""The version of the file; `docs/evidence.md` tells what each holds."""

MOST = 1000
"""Looks a file keeps; past that the oldest go, but the first hundred stay."""


class EvidenceError(Exception):
    """An evidence file could not be read or written; the message says which, why and what to do."""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    evidence: Evidence


def to_json(evidence: Evidence) -> bytes:
    """The evidence as JSON, indented, so that differences can be read."""
    return msgspec.json.format(msgspec.json.encode(_File(VERSION, evidence)), indent=1) + b"\n"


def from_json(data: bytes) -> Evidence:
    """The evidence in a file's bytes; raises `EvidenceError` for a broken or newer file."""
    try:
        version = msgspec.json.decode(data, type=dict[str, msgspec.Raw]).get("version")
        number = msgspec.json.decode(version, type=int) if version is not None else None
    except msgspec.MsgspecError as fault:
        raise EvidenceError(f"it is not JSON of ours ({fault})") from fault
    if number != VERSION:
        raise EvidenceError(f"its version is {number}, and this program reads version {VERSION}")
    try:
        return msgspec.json.decode(data, type=_File).evidence
    except msgspec.MsgspecError as fault:
        raise EvidenceError(f"it does not fit the schema ({fault})") from fault


def schema() -> dict[str, object]:
    """The JSON Schema of an evidence file."""
    return msgspec.json.schema(_File)


def trimmed(evidence: Evidence) -> Evidence:
    """The evidence with at most `MOST` looks."""
    shots = evidence.snapshots
    if len(shots) <= MOST:
        return evidence
    return Evidence(lesson=evidence.lesson, snapshots=(*shots[:100], *shots[100 - MOST :]))


def goes_on(now: Evidence, *, after: Evidence) -> bool:
    """Whether evidence goes on from what it was; after a reset it begins anew.

    An only look may have given way to a later one that shows the same.
    """
    if not (after.snapshots and now.snapshots):
        return not after.snapshots
    was, first = after.snapshots[0], now.snapshots[0]
    alone = len(after.snapshots) == 1
    return was.taken == first.taken or (alone and replace(was, taken=first.taken) == first)


@dataclass(slots=True)
class Memory:
    """Evidence kept in memory alone, for grading anew and for tests."""

    evidence: Evidence
    notes: list[str] = field(default_factory=list)

    def load(self) -> Evidence:
        """All looks so far."""
        return self.evidence

    def add(self, snapshot: Snapshot, after: Evidence | None = None) -> Evidence:
        """Remember one more look; nobody else begins this evidence anew."""
        del after
        self.evidence = trimmed(self.evidence.plus(snapshot))
        return self.evidence


@dataclass(slots=True)
class Store:
    """Evidence kept in a file; several notebooks may write to it at once, and none loses a look.

    What goes wrong becomes a sentence in `notes`, and the evidence at hand is judged all the same.
    """

    path: Path
    lesson: str
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    notes: list[str] = field(default_factory=list)
    _unwritten: str = ""
    _last: Evidence | None = None
    _stamp: tuple[int, int, int] = (0, 0, 0)

    def load(self) -> Evidence:
        """All looks so far; an unreadable file is kept aside under another name."""
        if self._last is not None and self._stamp == _stamp(self.path):
            return self._last
        try:
            self._keep(from_json(self.path.read_bytes()))
        except FileNotFoundError:
            self._last = self._last or Evidence(lesson=self.lesson)
        except EvidenceError as fault:
            self._put_aside(str(fault))
        except OSError as fault:
            self._note(f"The evidence file {self.path.name} cannot be read: {fault.strerror}.")
        return self._last or Evidence(lesson=self.lesson)

    def add(self, snapshot: Snapshot, after: Evidence | None = None) -> Evidence:
        """Remember one more look, among those that others may have added meanwhile.

        A look that shows nothing new is not written: the file says the same without it.
        One that began `after` evidence that was reset meanwhile shows what is over: it is dropped.
        """
        known = self.load()
        if known.snapshots and snapshot.same_as(known.now):
            self._last = known.plus(snapshot)
            return self._last
        try:
            with FileLock(f"{self.path}.lock", timeout=5):
                known = self.load()
                if after is not None and not goes_on(known, after=after):
                    return known
                evidence = trimmed(known.plus(snapshot))
                write(self.path, to_json(evidence))
                self._keep(evidence)
                self._told_unwritten("")
                return evidence
        except (OSError, Timeout) as fault:
            why = getattr(fault, "strerror", None) or "another program holds it"
            self._told_unwritten(
                f"This look could not be written to {self.path.name}: {why}. "
                "What was written before is intact."
            )
            self._last = self.load().plus(snapshot)
            return self._last

    def _told_unwritten(self, sentence: str) -> None:
        """Say why the last look is not in the file, and no longer what is over."""
        self.notes[:] = [note for note in self.notes if note != self._unwritten]
        self._unwritten = sentence
        if sentence:
            self._note(sentence)

    def _keep(self, evidence: Evidence) -> None:
        self._last, self._stamp = evidence, _stamp(self.path)

    def _put_aside(self, why: str) -> None:
        name = f"{self.path.stem}.{self.clock():%Y%m%dT%H%M%S}.kept.json"
        with suppress(FileNotFoundError):  # another notebook was quicker
            self.path.rename(self.path.with_name(name))
        self._note(
            f"The evidence file {self.path.name} could not be read: {why}. "
            f"It is kept as {name}, and a new one begins."
        )
        self._last = Evidence(lesson=self.lesson)

    def _note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)


def _stamp(path: Path) -> tuple[int, int, int]:
    try:
        now = path.stat()
    except OSError:
        return (0, 0, 0)
    return (now.st_ino, now.st_mtime_ns, now.st_size)


def write(path: Path, data: bytes) -> None:
    """Write beside and rename, so that a full disk or a crash leaves the old file whole."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
