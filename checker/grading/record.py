"""What is known of a graded submission, for the instructor alone, in a file beside its notebook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from checker.evidence import to_json
from checker.model import Evidence, Json

PATTERN = "*.grading.json"
"""Names of these files; nbgrader copies none of them in or out."""


class Two(msgspec.Struct, frozen=True, kw_only=True):
    """A step on which the replay and the evidence that was handed in do not agree."""

    step: int
    title: str
    replay: dict[str, Any]
    evidence: dict[str, Any]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """How one submission was graded; `notes` tell of tampering."""

    lesson: str
    student: str
    points: int
    out_of: int
    seconds: float
    cells: int
    notes: tuple[str, ...] = ()
    on_evidence: tuple[int, ...] = ()
    disagreements: tuple[Two, ...] = ()


def write(record: Record, evidence: Evidence, folder: Path) -> None:
    """Put the record, and what the replay saw, beside the notebook that was graded."""
    data = msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"
    _put(folder / f"{record.lesson}.grading.json", data)
    _put(folder / f"{record.lesson}.replay.grading.json", to_json(evidence))


def _put(path: Path, data: bytes) -> None:
    """Write a new file; nothing that lies there is written through."""
    path.unlink(missing_ok=True)
    with path.open("xb") as file:
        file.write(data)


def every(lesson: str, root: Path) -> Iterator[Record]:
    """The records of all graded submissions of a lesson, by the names of their learners."""
    for path in sorted((root / "autograded").glob(f"*/{lesson}/{lesson}.grading.json")):
        try:
            yield msgspec.json.decode(path.read_bytes(), type=Record)
        except (OSError, msgspec.MsgspecError):
            continue


def as_json(record: Record) -> Json:
    """The record as data."""
    found: Json = msgspec.to_builtins(record)
    return found
