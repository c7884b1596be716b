"""Which folder a lesson is done in: the one around a learner, or the course's."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import course

NAME = "04_volumes"


def lesson_in(folder: Path) -> Path:
    """A lesson's folder with its notebook, below `folder`."""
    (folder / NAME / "data").mkdir(parents=True)
    (folder / NAME / f"{NAME}.ipynb").touch()
    return folder / NAME


def test_a_copy_of_the_lesson_is_the_place_to_work_in(tmp_path: Path) -> None:
    mine = lesson_in(tmp_path / "fetched")

    assert course.exercise(NAME, mine / "data") == mine


def test_elsewhere_it_is_the_course_s_own_folder(tmp_path: Path) -> None:
    other = lesson_in(tmp_path)

    assert course.exercise("03_ports_env", other).parts[-2:] == ("exercises", "03_ports_env")


@pytest.mark.parametrize("kind", ["solutions", "submitted/ada", "autograded/ada"])
def test_nobody_works_where_an_instructor_keeps_things(tmp_path: Path, kind: str) -> None:
    assert course.exercise(NAME, lesson_in(tmp_path / kind)) != tmp_path / kind / NAME


def test_a_folder_without_the_notebook_is_none(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()

    assert course.exercise(NAME, tmp_path / NAME) != tmp_path / NAME
