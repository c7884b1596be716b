"""Every lesson's solution earns in a seal what it earns on a learner's own engine."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from checker import lessons
from tests import course_copy
from tests.live.bench import Bench
from tests.live.nbgraded import made

pytestmark = pytest.mark.timeout(900)


@pytest.mark.parametrize("name", lessons.names())
def test_a_solution_earns_every_point_in_a_seal(bench: Bench, tmp_path: Path, name: str) -> None:
    lesson = lessons.find(name)
    course = made(tmp_path, name, bench.things(), "sealed")
    course.nbgrader("generate_assignment", name, "--force")
    place = tmp_path / "submitted" / "ada" / name
    shutil.copytree(course_copy.ROOT / "solutions" / name, place)

    told = course.nbgrader("autograde", name)

    assert course.scores("ada") == [float(step.points) for step in lesson.steps], told
