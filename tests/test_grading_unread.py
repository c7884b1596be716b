"""Where a course's settings cannot be read nothing is run: nbgrader alone would run it as you."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from tests import course_copy

LESSON = "01_images"
CANARY = "from pathlib import Path\nPath({place!r}).write_text('ran')"
BREAKS = {
    "a syntax error": ("c = get_config()", "c = get_config("),
    "an import that fails": ("from checker import course", "from checker import curse"),
    "no such way to run it": ('"WORKBOOK_GRADING", "sealed"', '"WORKBOOK_GRADING", "seald"'),
    "no file": ("", ""),
}


def nbgrader(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Type a command in the course's folder."""
    environ = {name: value for name, value in os.environ.items() if name != "WORKBOOK_GRADING"}
    program = str(Path(sys.executable).with_name("nbgrader"))
    return subprocess.run(
        (program, *arguments), cwd=folder, env=environ, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with one submission, whose first cell writes a file that nobody may write."""
    folder = tmp_path_factory.mktemp("course")
    course_copy.copy(folder, LESSON)
    made = nbgrader(folder, "generate_assignment", LESSON, "--force")
    assert made.returncode == 0, made.stderr
    notebook = nbformat.read(folder / "exercises" / LESSON / f"{LESSON}.ipynb", 4)  # type: ignore[no-untyped-call]
    cell = CANARY.format(place=str(folder / "canary"))
    notebook.cells.insert(0, nbformat.v4.new_code_cell(cell))  # type: ignore[no-untyped-call]
    place = folder / "submitted" / "ada" / LESSON
    place.mkdir(parents=True)
    nbformat.write(notebook, place / f"{LESSON}.ipynb")  # type: ignore[no-untyped-call]
    return folder


@pytest.mark.parametrize("fault", BREAKS)
def test_settings_that_cannot_be_read_grade_nobody(course: Path, fault: str) -> None:
    config = course / "nbgrader_config.py"
    whole = config.read_text()
    old, new = BREAKS[fault]
    assert old in whole
    config.write_text(whole.replace(old, new)) if old else config.unlink()

    told = nbgrader(course, "autograde", LESSON)

    config.write_text(whole)
    assert told.returncode != 0
    assert "nothing is graded" in told.stderr
    assert not (course / "canary").exists()
