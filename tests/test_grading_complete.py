"""What lies beside a submission when it is graded: the learner's files, else the course's."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.grading.intake.complete import complete

LESSON = "07_self_contained"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course whose lesson hands out a table, a program and a notebook in a folder."""
    for name in (f"{LESSON}.ipynb", "table.csv", "paper/run.py", "paper/analysis.ipynb"):
        place = tmp_path / "solutions" / LESSON / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("the course's")
    return tmp_path


def handed_in(course: Path, *names: str) -> None:
    """A submission of these files, which nbgrader is about to copy."""
    for name in (f"{LESSON}.ipynb", *names):
        place = course / "submitted" / "ada" / LESSON / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("ada's")
    notebook = str(course / "submitted" / "ada" / LESSON / f"{LESSON}.ipynb")
    complete(assignment=LESSON, student="*", notebooks=[notebook])


def laid_out(course: Path) -> dict[str, str]:
    """What lies there before nbgrader copies."""
    place = course / "autograded" / "ada" / LESSON
    found = (path for path in place.rglob("*") if path.is_file())
    return {path.relative_to(place).as_posix(): path.read_text() for path in found}


def test_what_lacks_is_the_courses(course: Path) -> None:
    handed_in(course)

    every = ("table.csv", "paper/run.py", "paper/analysis.ipynb")
    assert laid_out(course) == dict.fromkeys(every, "the course's")


def test_a_learners_notebook_in_a_folder_is_graded(course: Path) -> None:
    handed_in(course, "paper/analysis.ipynb", "own/deep/more.ipynb")

    there = laid_out(course)
    assert there["paper/analysis.ipynb"] == there["own/deep/more.ipynb"] == "ada's"


def test_a_notebook_that_is_a_link_is_not_copied(course: Path) -> None:
    secret = course / "secret.ipynb"
    secret.write_text("nobody's business")
    place = course / "submitted" / "ada" / LESSON / "paper"
    place.mkdir(parents=True)
    (place / "analysis.ipynb").symlink_to(secret)
    handed_in(course)

    assert laid_out(course)["paper/analysis.ipynb"] == "the course's"
