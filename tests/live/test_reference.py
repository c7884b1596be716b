"""The reference solutions: on a newcomer's engine, in a real kernel, they earn every point."""

from __future__ import annotations

import pytest

from checker import lessons
from tests.live.ahead import Ahead, Job
from tests.live.harness import Harness
from tests.live.learner import folder_for
from tests.live.notebooks import Checked, run


def left(harness: Harness) -> set[str]:
    """What lies on the engine, but for the layers that the harness keeps until its end."""
    names = harness.bench.things().names()
    return {name for name in names if not name.startswith("image workbook-kept/")}


def solve(harness: Harness, name: str) -> tuple[list[Checked], set[str], set[str]]:
    """What the checks of a lesson's solution gave, and what lay on the engine before and after."""
    lesson = lessons.find(name)
    harness.bench.images_ready(lesson.images)
    before = left(harness)
    with harness.lesson_ready(lesson, without=lesson.images), folder_for(name) as folder:
        checks = run(name, folder)
    return checks, before, left(harness)


JOBS = [pytest.param((solve, (one.name,)), id=one.name) for one in lessons.every()]


@pytest.mark.parametrize("job", JOBS)
def test_solution_earns_every_point(harness: Harness, ahead: Ahead, job: Job) -> None:
    """Each check of the solution notebook gives its step's points as a bare number."""
    checks, before, after = ahead.result(harness, job)

    steps = lessons.find(job[1][0]).steps
    wanted = {number: str(step.points) for number, step in enumerate(steps, 1)}
    told = "\n\n".join(f"step {one.step}: {one.points}\n{one.said}" for one in checks)
    assert {one.step: one.points for one in checks} == wanted, told
    assert after == before, "the lesson's tests leave something behind"
