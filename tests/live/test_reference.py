"""The reference solutions: on a newcomer's engine, in a real kernel, they earn every point."""

from __future__ import annotations

import pytest

from checker import lessons
from checker.lesson import Lesson
from tests.live.harness import Harness
from tests.live.learner import folder_for
from tests.live.notebooks import run

LESSONS = lessons.every()


def left(harness: Harness) -> set[str]:
    """What lies on the engine, but for the layers that the harness keeps until its end."""
    names = harness.bench.things().names()
    return {name for name in names if not name.startswith("image workbook-kept/")}


@pytest.mark.parametrize("lesson", LESSONS, ids=[one.name for one in LESSONS])
def test_solution_earns_every_point(harness: Harness, lesson: Lesson) -> None:
    """Each check of the solution notebook gives its step's points as a bare number."""
    harness.bench.images_ready(lesson.images)
    before = left(harness)
    with harness.lesson_ready(lesson, without=lesson.images), folder_for(lesson.name) as folder:
        checks = run(lesson.name, folder)

    wanted = {number: str(step.points) for number, step in enumerate(lesson.steps, 1)}
    told = "\n\n".join(f"step {one.step}: {one.points}\n{one.said}" for one in checks)
    assert {one.step: one.points for one in checks} == wanted, told

    assert left(harness) == before, "the lesson's tests leave something behind"
