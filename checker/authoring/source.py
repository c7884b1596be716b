"""A lesson's MyST text as a solution notebook, the same bytes each time. It writes no file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import yaml

from checker import lessons
from checker.lesson import Lesson

FORMAT: Any = nbformat
"""nbformat, whose functions carry no types."""

METADATA = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}
"""What each notebook says about itself, whoever opened it last."""

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"

_KINDS = {
    "locked": {"grade": False, "locked": True, "solution": False},
    "solution": {"grade": False, "locked": False, "solution": True},
    "check": {"grade": True, "locked": True, "solution": False},
}
_CHECK = re.compile(r'check\("(?P<lesson>[^"]*)", step=(?P<step>\d+)\)')
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,50}")


class BadSource(ValueError):
    """A lesson's text breaks a rule of the format; the message names the cell and the remedy."""


def build(md: Path) -> str:
    """The solution notebook of a lesson's text, as JSON; raises `BadSource`.

    A named cell's id is its name; any other takes the name before it and counts from there, so
    that a change in one place leaves the ids elsewhere alone.
    """
    lesson = _lesson(md)
    cells = [_Cell(md, position, raw) for position, raw in enumerate(_cells(md), 1)]
    _refuse_twice_named(cells)
    _refuse_bad_setup(md, cells)
    _refuse_bad_steps(md, cells, lesson)
    notebook = FORMAT.v4.new_notebook(
        metadata=METADATA,
        cells=[cell.node(id_, lesson) for id_, cell in zip(_ids(cells), cells, strict=True)],
    )
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    FORMAT.validate(notebook)
    return f"{FORMAT.writes(notebook)}\n"


class _Cell:
    """One cell of the text, with the rules it must keep."""

    def __init__(self, md: Path, position: int, raw: Mapping[str, Any]) -> None:
        self.md, self.position = md, position
        self.type: str = raw["cell_type"]
        self.source: str = raw["source"]
        self.tags: list[str] = list(raw["metadata"].get("tags", ()))
        named = raw["metadata"].get("nbgrader") or {}
        self.name: str = str(named.get("id", ""))
        self.kind: str = str(named.get("kind", ""))
        self._refuse_bad_names(named)
        self._refuse_bad_regions()
        if self.kind == "check":
            self._refuse_bad_check()

    @property
    def step(self) -> int:
        """The step that a check cell checks."""
        found = _CHECK.fullmatch(self.source)
        return int(found["step"]) if found else 0

    def node(self, id_: str, lesson: Lesson) -> Any:
        """The notebook's cell."""
        meta: dict[str, Any] = {"tags": self.tags} if self.tags else {}
        if self.kind:
            points = {"points": lesson.step(self.step).points} if self.kind == "check" else {}
            shape = {"grade_id": self.name, "schema_version": 3, "task": False}
            meta["nbgrader"] = {**_KINDS[self.kind], **shape, **points}
        new = FORMAT.v4.new_code_cell if self.type == "code" else FORMAT.v4.new_markdown_cell
        return new(self.source, metadata=meta, id=id_)

    def trouble(self, sentence: str) -> BadSource:
        """A sentence about this cell."""
        return BadSource(f"{self.md.name}, {self._called}: {sentence}")

    @property
    def _called(self) -> str:
        return f"cell {self.name}" if self.name else f"cell number {self.position}"

    def _refuse_bad_names(self, named: Mapping[str, Any]) -> None:
        if not named:
            return
        if surplus := set(named) - {"id", "kind"}:
            raise self.trouble(
                f"nbgrader takes id and kind alone, not {', '.join(sorted(surplus))}"
            )
        if not _ID.fullmatch(self.name):
            raise self.trouble("its nbgrader id must be letters, digits and dashes")
        if self.kind not in _KINDS:
            known = ", ".join(_KINDS)
            raise self.trouble(f"kind {self.kind or '(none)'} is unknown; the kinds are {known}")
        if self.type != "code":
            raise self.trouble("only a code cell takes an nbgrader kind")

    def _refuse_bad_regions(self) -> None:
        marks = [line.strip() for line in self.source.split("\n") if "SOLUTION" in line]
        marks = [mark for mark in marks if "BEGIN SOLUTION" in mark or "END SOLUTION" in mark]
        if self.kind != "solution":
            if marks and self.type == "code":
                raise self.trouble("it holds a solution, so its kind must be solution")
            return
        if marks != [BEGIN, END] * (len(marks) // 2) or not marks:
            raise self.trouble(f"each {BEGIN} needs its {END}, each on a line of its own")
        if self.source.partition("\n")[0].strip() == BEGIN and "%%" in self.source:
            raise self.trouble(f"the magic line must stand before {BEGIN}, or learners lose it")

    def _refuse_bad_check(self) -> None:
        found = _CHECK.fullmatch(self.source)
        if not found or found["lesson"] != self.md.stem:
            raise self.trouble(f'a check cell is exactly check("{self.md.stem}", step=1)')


def _cells(md: Path) -> list[Any]:
    """The text's cells as jupytext reads them."""
    text = md.read_text(encoding="utf-8")
    if not text.startswith("---\n") or "kernelspec:" not in text.split("\n---", 1)[0]:
        raise BadSource(f"{md.name}: the text must open with front matter that names the kernel")
    try:
        return list(jupytext.reads(text, fmt="md:myst").cells)
    except (yaml.YAMLError, nbformat.ValidationError) as fault:
        said = " ".join(str(fault).split())[:200]
        raise BadSource(f"{md.name}: its front matter or a cell's options: {said}") from fault
    except ValueError as fault:
        raise BadSource(f"{md.name}: {fault}") from fault


def _lesson(md: Path) -> Lesson:
    try:
        return lessons.find(md.stem)
    except lessons.UnknownLesson as fault:
        raise BadSource(f"{md.name}: {fault}") from fault


def _ids(cells: list[_Cell]) -> Iterator[str]:
    """Each cell's id: its name, or the name before it and a count."""
    before, count = "top", 0
    for cell in cells:
        before, count = (cell.name, 0) if cell.name else (before, count + 1)
        yield cell.name or f"{before}_{count}"


def _refuse_twice_named(cells: list[_Cell]) -> None:
    seen: set[str] = set()
    for id_, cell in zip(_ids(cells), cells, strict=True):
        if id_ in seen:
            raise cell.trouble(f"another cell has the id {id_} too")
        seen.add(id_)


def _refuse_bad_setup(md: Path, cells: list[_Cell]) -> None:
    wanted = f'from checker import check\ncheck("{md.stem}")'
    first = next((cell for cell in cells if cell.type == "code"), None)
    if first is None or first.kind != "locked" or first.source != wanted:
        raise BadSource(
            f"{md.name}: the first code cell must be locked and hold two lines: "
            + wanted.replace("\n", " and ")
        )


def _refuse_bad_steps(md: Path, cells: list[_Cell], lesson: Lesson) -> None:
    found = [cell.step for cell in cells if cell.kind == "check"]
    wanted = list(range(1, len(lesson.steps) + 1))
    if found != wanted:
        raise BadSource(
            f"{md.name}: it checks steps {_list(found)}; "
            f"the lesson has steps {_list(wanted)}, in that order"
        )


def _list(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers)) or "none"
