"""Evidence that was handed in, beside what the replay saw. It knows no engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from checker import report
from checker.evidence import EvidenceError, from_json
from checker.grading.record import Two
from checker.judge import Report, StepReport
from checker.lesson import Lesson
from checker.model import Evidence
from checker.session import at_best

MOST_BYTES = 8_000_000
"""Bytes of evidence that are read; a thousand looks have about two million."""

MOST_LOOKS = 200
"""Moments of the evidence that are judged, the last ones."""


class Unreadable(Exception):
    """The evidence that was handed in cannot be judged; the message says why."""


def handed_in(folder: Path, lesson: str) -> Evidence | None:
    """The evidence beside a notebook, none where none was handed in; raises `Unreadable`."""
    path = folder / f"{lesson}.evidence.json"
    if path.is_symlink() or not path.is_file():
        return None
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(f"{path.name} has more than {MOST_BYTES:,} bytes")
    try:
        evidence = from_json(path.read_bytes())
    except (EvidenceError, RecursionError) as fault:
        raise Unreadable(f"{path.name} is no evidence: {fault}") from fault
    if evidence.lesson != lesson:
        raise Unreadable(f"{path.name} is of lesson {evidence.lesson[:50]!r}")
    return evidence


def disagreements(
    lesson: Lesson, evidence: Evidence, replayed: Mapping[int, StepReport]
) -> Iterator[Two]:
    """The steps for which the evidence tells other points than the replay, both reports whole."""
    for number, seen in sorted(replayed.items()):
        then = at_best(number, lesson, evidence, MOST_LOOKS)
        if then.points != seen.points:
            title = lesson.step(number).title
            yield Two(step=number, title=title, replay=_json(seen), evidence=_json(then))


def _json(one: StepReport) -> dict[str, Any]:
    whole: Any = report.json(Report("", "", (one,)))
    found: dict[str, Any] = whole["steps"][0]
    return found
