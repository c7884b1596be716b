"""The button in nbgrader's formgrader grades in a seal, with the rows of the command."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.live.bench import Bench
from tests.live.formgrader import Formgrader, formgrader
from tests.live.nbgraded import NB, Course, made
from tests.live.sealed import machine
from tests.live.submissions import LESSON, NAME, NONE, POINTS, named, notebook
from tests.test_grading_many import rows

pytestmark = pytest.mark.timeout(300)

WHO = "import getpass, os\nprint(getpass.getuser(), os.path.exists('/opt/seal'))"


def first_step() -> Any:
    """The first step as in the solution, and a cell that says where it runs."""
    done = notebook("solutions")
    cells = done.cells[: 1 + named(done.cells, "check-1")]
    return NB.v4.new_notebook(metadata=done.metadata, cells=[*cells, NB.v4.new_code_cell(WHO)])


@pytest.fixture(scope="module")
def typed(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course with two submissions, one of them no notebook; nothing is graded."""
    bench.images_ready(LESSON.images)
    course = made(tmp_path_factory.mktemp("typed"), NAME, bench.things(), "sealed")
    course.nbgrader("generate_assignment", NAME, "--force")
    course.submit("ann", first_step())
    (course.submit("bob", first_step()) / f"{NAME}.ipynb").write_text("[")
    return course


@pytest.fixture(scope="module")
def pressed(typed: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The same course, in which only the button grades."""
    folder = tmp_path_factory.mktemp("pressed") / "course"
    return replace(typed, folder=Path(shutil.copytree(typed.folder, folder)))


@pytest.fixture(scope="module")
def page(pressed: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Formgrader]:
    """The formgrader of that course."""
    with formgrader(pressed.folder, tmp_path_factory.mktemp("server")) as page:
        yield page


def test_the_button_grades_as_the_command_does(
    typed: Course, pressed: Course, page: Formgrader
) -> None:
    before = machine()
    said = typed.nbgrader("autograde", NAME, "--student=ann")

    told = page.autograde(NAME, "ann")

    assert told["success"], told
    assert rows(pressed.folder) == rows(typed.folder), said
    assert pressed.scores("ann") == [POINTS[0], *NONE[1:]]
    assert where_it_ran(pressed) == "learner True\n"
    assert machine() == before


def where_it_ran(course: Course) -> str:
    """What the cell said that tells a seal from this machine."""
    cells = course.graded("ann").cells
    (found,) = [cell.outputs[0].text for cell in cells if cell.source == WHO]
    return str(found)


def test_the_button_gives_no_score_to_what_could_not_be_graded(
    typed: Course, pressed: Course, page: Formgrader
) -> None:
    typed.nbgrader("autograde", NAME, "--student=bob", fails=True)

    told = page.autograde(NAME, "bob")

    assert not told["success"]
    assert "The submission of bob could not be graded: " in told["log"]
    assert rows(pressed.folder) == rows(typed.folder)
    assert pressed.scores("bob") == [None] * len(POINTS)
