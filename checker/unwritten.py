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
    empty = unwritten(_cells(notebook), given(solution))
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
        about = _about(cell)
        is_asked |= bool(about.get("solution"))
        if not about.get("grade"):
            own += _own(cell, handed_out)
            continue
        found = _CHECK.search(_source(cell))
        if found and is_asked and all(map(_NOTHING.fullmatch, own)):
            yield int(found[1])
        own, is_asked = [], False


def given(solution: bytes) -> dict[str, set[str]]:
    """What is handed out: a named cell's lines but the solution; under no name, whole examples."""
    found: dict[str, set[str]] = {}
    for cell in filter(_is_code, _cells(solution)):
        name, source = _name(cell), _source(cell)
        found.setdefault(name, set()).update(
            _SOLUTION.sub("", source).splitlines() if name else {source}
        )
    return found


def _own(cell: Any, handed_out: Mapping[str, set[str]]) -> list[str]:
    """The lines that a learner wrote; a notebook's program may give other ids to examples."""
    name, source = _name(cell), _source(cell)
    known = handed_out.get(name, set())
    if not name:
        return [] if source in known else source.splitlines()
    return [line for line in source.splitlines() if line not in known]


def _cells(notebook: bytes) -> list[Any]:
    """The cells; none where it is no notebook, which grading tells in its own way."""
    try:
        return list(json.loads(notebook)["cells"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return []


def _is_code(cell: Any) -> bool:
    return isinstance(cell, dict) and cell.get("cell_type") == "code"


def _about(cell: Any) -> Any:
    return (cell.get("metadata") or {}).get("nbgrader") or {}


def _name(cell: Any) -> str:
    return str(_about(cell).get("grade_id", ""))


def _source(cell: Any) -> str:
    said = cell.get("source", "")
    return said if isinstance(said, str) else "".join(said)
