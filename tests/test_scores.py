"""What nbgrader makes of a check cell: its own scoring, on outputs of a real kernel."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest
from nbgrader.utils import determine_grade

ROOT = Path(__file__).resolve().parent.parent
SETUP = "from checker import check\nfrom tests.fake_check import *\nimport logging, sys, warnings"
CHECK = 'check("01_images", step=1)'


@dataclass(frozen=True)
class Cell:
    """A check cell worth two points; `before` runs in a cell of its own."""

    name: str
    before: str
    source: str
    score: float


OURS = [
    Cell("all lines hold", "install(2)", CHECK, 2),
    Cell("some lines hold", "install(1)", CHECK, 1),
    Cell("no line holds", "install(0)", CHECK, 0),
    Cell("noise on stderr", "install(1, deed=noise)", CHECK, 1),
    Cell(
        "a learner shows every log line",
        "install(1, deed=noise); logging.basicConfig(level=1, force=True)",
        CHECK,
        1,
    ),
    Cell(
        "a learner shows every warning",
        "install(1, deed=noise); warnings.simplefilter('always')",
        CHECK,
        1,
    ),
    Cell(
        "a learner makes warnings errors",
        "install(1, deed=noise); warnings.simplefilter('error')",
        CHECK,
        1,
    ),
    Cell("no engine", "install(2, deed=no_engine)", CHECK, 0),
    Cell("trouble with one thing", "install_trouble()", CHECK, 0),
    Cell("a lesson that is not there", "install(2)", 'check("01_imges", step=1)', 0),
    Cell("a fault of ours", "install(2, deed=lambda: 1 / 0)", CHECK, 0),
]
"""Cells that end with a check: each scores what it earned."""

OPEN = [
    Cell("a word", "", "'FAIL'", 2),
    Cell("nothing", "", "None", 2),
    Cell("no", "", "False", 2),
    Cell("less than nothing", "", "-1", 2),
    Cell("no number", "", "float('nan')", 2),
    Cell("shown, not given", "install(0)", f"display({CHECK})", 2),
    Cell("a command that fails", "", "!false", 2),
]
"""The ways in which nbgrader gives full marks for nothing; a check cell must be none of them."""


@pytest.fixture(scope="module")
def ran() -> dict[str, Any]:
    """All cells, run in one kernel in turn."""
    new: Any = nbformat.v4.new_code_cell
    grading = {"grade": True, "solution": False, "points": 2, "schema_version": 3}
    cells = {
        one.name: new(one.source, metadata={"nbgrader": {**grading, "grade_id": f"c{n}"}})
        for n, one in enumerate([*OURS, *OPEN])
    }
    book: Any = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
    book.cells = [new(SETUP)]
    for one in (*OURS, *OPEN):
        book.cells += [new(one.before), cells[one.name]]
    where = {"metadata": {"path": str(ROOT)}}
    nbclient.NotebookClient(book, allow_errors=True, timeout=60, resources=where).execute()
    return {one.metadata.nbgrader.grade_id: one for one in book.cells if "nbgrader" in one.metadata}


def _of(ran: dict[str, Any], cell: Cell) -> Any:
    return ran[f"c{[*OURS, *OPEN].index(cell)}"]


@pytest.mark.parametrize("cell", [*OURS, *OPEN], ids=lambda one: one.name)
def test_score(ran: dict[str, Any], cell: Cell) -> None:
    score, most = determine_grade(_of(ran, cell), logging.getLogger("a test"))

    assert (score, most) == (cell.score, 2)


@pytest.mark.parametrize("cell", OURS[:7], ids=lambda one: one.name)
def test_a_check_gives_one_bare_number_and_nothing_else(ran: dict[str, Any], cell: Cell) -> None:
    (output,) = _of(ran, cell).outputs

    assert output.output_type == "execute_result"
    assert output.data["text/plain"] == str(int(cell.score))
    assert output.data["text/html"].startswith("<style>")
    assert output.data["application/vnd.workbook.check+json"]["points"] == cell.score


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (OURS[7], "Could not check: No Docker engine answers."),
        (OURS[8], "Could not check: the engine is busy"),
        (OURS[9], "Could not check: No lesson is named 01_imges; there is 01_images"),
    ],
    ids=lambda one: getattr(one, "name", ""),
)
def test_a_check_that_cannot_look_says_why(ran: dict[str, Any], cell: Cell, said: str) -> None:
    (output,) = _of(ran, cell).outputs

    assert output.output_type == "error"
    assert "\n".join(output.traceback).startswith(said)


def test_more_than_all_points_would_stop_the_grading() -> None:
    """Why a report never earns more than its lines."""
    new: Any = nbformat.v4.new_code_cell
    output: Any = nbformat.v4.new_output
    cell = new("3", metadata={"nbgrader": {"grade": True, "solution": False, "points": 2}})
    cell.outputs = [output("execute_result", data={"text/plain": "3"})]

    with pytest.raises(ValueError, match="cannot be greater than maximum points"):
        determine_grade(cell, logging.getLogger("a test"))
