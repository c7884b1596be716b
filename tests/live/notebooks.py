"""Solution notebooks: their cells by step, and a run of the whole in a real kernel."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbclient
import nbformat

from checker import authoring
from tests.live.cases import ROOT

CELL_SECONDS = 180
new_code_cell: Any = nbformat.v4.new_code_cell

_CHECK = re.compile(r'check\("\w+", step=(\d+)\)')


@dataclass(frozen=True)
class Checked:
    """What a check cell of a notebook gave."""

    step: int
    points: str
    said: str


def solution(lesson: str) -> Any:
    """The lesson's solution notebook, as built from its text."""
    source = ROOT / "solutions" / lesson / f"{lesson}.md"
    reads: Any = nbformat.reads
    return reads(authoring.build(source), as_version=4)


def cells_of(lesson: str, step: int) -> list[str]:
    """The code cells of one step of the solution, without its check."""
    found: list[str] = []
    for cell in solution(lesson).cells:
        if number := _step_of(cell):
            if number == step:
                return found
            found = []
        elif cell.cell_type == "code" and "from checker import check" not in cell.source:
            found.append(cell.source)
    raise LookupError(f"the solution of {lesson} has no check of step {step}")


def run(lesson: str, folder: Path) -> list[Checked]:
    """Run the solution in a kernel of its own, in `folder`, and tell what each check gave."""
    return checks(done(lesson, folder))


def done(lesson: str, folder: Path) -> Any:
    """The solution notebook after a run in `folder`; at its end the first cell runs again."""
    notebook = solution(lesson)
    notebook.cells.append(new_code_cell(f'check("{lesson}")', id="at-the-end"))
    client = nbclient.NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute(env={**os.environ, "DOCKER_CLI_HINTS": "false"})
    return notebook


def cell(notebook: Any, name: str) -> Any:
    """The cell of that name."""
    return next(one for one in notebook.cells if one["id"] == name)


def checks(notebook: Any) -> list[Checked]:
    """What each check of a notebook that ran has given."""
    return [checked(n, one) for one in notebook.cells if (n := _step_of(one))]


def checked(step: int, cell: Any) -> Checked:
    """What a cell with a check has given."""
    for output in cell.outputs:
        if output.output_type == "execute_result":
            shown = output.data["application/vnd.workbook.check+json"]
            claims = [claim for one in shown["steps"] for claim in one["claims"]]
            told = "\n".join("  ".join(map(str, claim.values())) for claim in claims)
            return Checked(step, output.data["text/plain"], told)
    return Checked(step, "nothing", "\n".join(str(output) for output in cell.outputs))


def _step_of(cell: Any) -> int:
    """The number of the step that a cell checks; 0 for other cells."""
    graded = cell.metadata.get("nbgrader", {}).get("grade")
    match = _CHECK.fullmatch(cell.source.strip()) if graded else None
    return int(match[1]) if match else 0
