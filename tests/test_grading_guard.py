"""`nbgrader generate_assignment` removes the exercise folder: nobody's work is lost by it."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from checker.authoring import BadSource
from checker.authoring.write import plan, write
from checker.grading import guard
from tests import course_copy as course
from tests.course_copy import solution_cell, text


def test_work_is_copied_before_nbgrader_removes_it(tmp_path: Path) -> None:
    _released(tmp_path)
    mine = tmp_path / "exercises" / "02_containers" / "notes.txt"
    mine.write_text("mine\n")

    guard.keep("02_containers", tmp_path, logging.getLogger("test"))

    (kept,) = (tmp_path / ".workbook" / "kept").iterdir()
    assert (kept / "notes.txt").read_text() == "mine\n"
    assert (kept / "02_containers.ipynb").exists()


def test_an_untouched_exercise_is_not_copied(tmp_path: Path) -> None:
    _released(tmp_path)

    guard.keep("02_containers", tmp_path, logging.getLogger("test"))

    assert not (tmp_path / ".workbook").exists()


def test_a_solution_that_is_not_current_is_refused(tmp_path: Path) -> None:
    _released(tmp_path)
    course.write_text(tmp_path, text(solution_cell(), solution_cell(id_="more")))

    with pytest.raises(BadSource) as refusal:
        guard.refuse_stale("02_containers", tmp_path)

    assert str(refusal.value) == (
        "solutions/02_containers/02_containers.ipynb is not what 02_containers.md says; "
        "type make exercises"
    )


def _released(root: Path) -> None:
    course.write_text(root, text(solution_cell()))
    write(plan("02_containers", root), root)
