"""What a learner's cell showed, taken over as data from a place that is not trusted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from nbformat.validator import ValidationError, validate

from checker.grading.scores import REPORT, Output, error
from checker.grading.seal import CellRun

FRESH = "The notebook's kernel stopped in this cell; the next cell begins with a new one."
TOO_LONG = "This cell took more than {seconds:g} seconds and was stopped."
TOO_MUCH = "This cell showed more than {size:,} bytes; the rest is left out."
NO_TIME = "This cell was not run: the notebook has used up its {seconds:g} seconds."
_VALID: Any = validate


def shown(done: CellRun, *, seconds: float, most: int) -> list[Output]:
    """The outputs of a cell as nbformat has them, and how it was stopped, if it was."""
    kept = list(_within(filter(None, map(_sound, done.outputs)), most))
    stops = {
        "time": ("CellTimeoutError", TOO_LONG.format(seconds=seconds)),
        "output": ("TooMuchOutput", TOO_MUCH.format(size=most)),
        "died": ("KernelStopped", FRESH),
    }
    return [*kept, error(*stops[done.stopped])] if done.stopped in stops else kept


def _within(outputs: Iterable[Output], most: int) -> Iterable[Output]:
    """The outputs until there are too many bytes of them."""
    left = most
    for output in outputs:
        left -= len(json.dumps(output))
        if left < 0:
            return
        yield output


def _sound(output: Mapping[str, Any]) -> Output | None:
    """The output, without what only a check may show; nothing where it is none of nbformat's."""
    try:
        plain = json.loads(json.dumps(output))
        _VALID(plain, ref="output", version=4, version_minor=5)
    except (ValidationError, ValueError, TypeError, RecursionError):
        return None
    data = plain.get("data")
    if isinstance(data, dict):
        data.pop(REPORT, None)
    found: Output = plain
    return found
