"""Steps whose cells hold nothing of the learner's, in a notebook as JSON. It knows no engine.

A check sees what was typed in a terminal, too; grading runs the cells alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from checker.progress import Progress
from checker.words.text import listed

ONE = "Step {steps} earned points, and its cells are empty."
MANY = "Steps {steps} earned points, and their cells are empty."
REMEDY = (
    "Grading runs the cells: write into them what you typed elsewhere, save the notebook, "
    "then submit again."
)
_CHECK = re.compile(r"step=(\d+)")
_SOLUTION = re.compile(r"### BEGIN SOLUTION.*?### END SOLUTION", re.DOTALL)
_NOTHING = re.compile(r"\s*(#.*|%%.*|\w+ = None)?\s*")
"""A line that is empty, a comment, a cell's kind, or an answer that is not given yet."""


def warning(notebook: bytes, solution: bytes, progress: Progress) -> str:
    """What to do about steps that earned points and will earn none when their cells run."""
    empty = unwritten(_cells(notebook), given(_cells(solution)))
    lost = [str(number) for number in empty if progress.points_of(number)]
    if not lost:
        return ""
    said = ONE if len(lost) == 1 else MANY
    return f"{said.format(steps=listed(lost))} {REMEDY}"


def unwritten(cells: list[Any], handed_out: Mapping[str, set[str]]) -> Iterator[int]:
    """The steps that ask for an answer, and whose cells hold none."""
    own: list[str] = []
    is_asked = False
    for cell in filter(_is_code, cells):
        about, source = _about(cell), _source(cell)
        is_asked |= bool(about.get("solution"))
        if not about.get("grade"):
            known = handed_out.get(str(cell.get("id")), set())
            own += (line for line in source.splitlines() if line not in known)
            continue
        found = _CHECK.search(source)
        if found and is_asked and all(map(_NOTHING.fullmatch, own)):
            yield int(found[1])
        own, is_asked = [], False


def given(cells: list[Any]) -> dict[str, set[str]]:
    """The lines that are handed out, by their cell: all of it but the solution."""
    whole = {str(cell.get("id")): _source(cell) for cell in filter(_is_code, cells)}
    return {name: set(_SOLUTION.sub("", source).splitlines()) for name, source in whole.items()}


def _cells(notebook: bytes) -> list[Any]:
    """The cells; none where it is no notebook, which grading tells in its own way."""
    try:
        return list(json.loads(notebook)["cells"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return []


def _is_code(cell: Any) -> bool:
    return isinstance(cell, dict) and cell.get("cell_type") == "code"


def _about(cell: Any) -> Any:
    return cell.get("metadata", {}).get("nbgrader", {})


def _source(cell: Any) -> str:
    said = cell.get("source", "")
    return said if isinstance(said, str) else "".join(said)
