"""Which rung of a step's ladder of hints comes next, and what was shown. It knows no engine."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.lesson import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One hint of a step; `left` is how many come after it."""

    number: int
    of: int
    hint: str

    @property
    def left(self) -> int:
        """How many hints of the step are still to come."""
        return self.of - self.number


def rung(step: Step, number: int) -> Rung:
    """The hint of this number, or the last where there are fewer; `LookupError` without any."""
    count = len(step.hints)
    if not count:
        raise LookupError(f"Step “{step.title}” has no hints; a check says what is still missing.")
    number = min(max(number, 1), count)
    return Rung(number=number, of=count, hint=step.hints[number - 1])


def recall(file: Path) -> dict[str, int]:
    """The rungs shown so far, by `lesson/step`; nothing where the file cannot be read."""
    try:
        seen = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    pairs = seen.items() if isinstance(seen, dict) else ()
    return {key: number for key, number in pairs if isinstance(number, int)}


def remember(file: Path, seen: Mapping[str, int]) -> None:
    """Write the rungs beside and rename, so that the file is always whole."""
    file.parent.mkdir(exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}.part")
    beside.write_text(json.dumps(seen, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    beside.replace(file)


def without(seen: Mapping[str, int], lesson: str, step: int | None) -> dict[str, int]:
    """The rungs without those of a lesson, or of one step of it."""
    gone = f"{lesson}/" if step is None else key(lesson, step)
    return {
        known: number
        for known, number in seen.items()
        if known != gone and not (step is None and known.startswith(gone))
    }


def key(lesson: str, step: int) -> str:
    """The name of a step among the rungs."""
    return f"{lesson}/{step}"
