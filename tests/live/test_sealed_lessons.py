"""Solutions in a seal: secrets in builds, a notebook as a file, a registry, limits, packages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from checker import lessons
from tests import course_copy
from tests.live.bench import Bench
from tests.live.nbgraded import made

pytestmark = pytest.mark.timeout(900)


SEALED = (
    *("06_better_images", "07_self_contained", "09_registry"),
    *("10_resources", "12_model_api"),
)
"""Lessons that need of a seal what others do not."""


@pytest.mark.parametrize("name", SEALED)
def test_a_solution_earns_every_point_in_a_seal(bench: Bench, tmp_path: Path, name: str) -> None:
    lesson = lessons.find(name)
    course = made(tmp_path, name, bench.things(), "sealed")
    course.nbgrader("generate_assignment", name, "--force")
    place = tmp_path / "submitted" / "ada" / name
    shutil.copytree(course_copy.ROOT / "solutions" / name, place)

    told = course.nbgrader("autograde", name)

    assert course.scores("ada") == [float(step.points) for step in lesson.steps], told
