"""The reference solutions: on a newcomer's engine, in a real kernel, they earn every point."""

from __future__ import annotations

import pytest

from checker import lessons
from tests.live.ahead import Ahead, Job
from tests.live.harness import Harness
from tests.live.learner import folder_for
from tests.live.notebooks import Checked, cell, checked, checks, done


def left(harness: Harness) -> set[str]:
    """What lies on the engine, but for the layers that the harness keeps until its end."""
    names = harness.bench.things().names()
    return {name for name in names if not name.startswith("image workbook-kept/")}


def solve(harness: Harness, name: str) -> tuple[list[Checked], str, set[str], set[str]]:
    """What a solution's checks gave, all points at its end, and the engine before and after."""
    lesson = lessons.find(name)
    harness.bench.images_ready(lesson.images)
    before = left(harness)
    with harness.lesson_ready(lesson, without=lesson.images), folder_for(name) as folder:
        notebook = done(name, folder)
    whole = checked(0, cell(notebook, "at-the-end")).points
    return checks(notebook), whole, before, left(harness)


JOBS = [pytest.param((solve, (one.name,)), id=one.name) for one in lessons.every()]


@pytest.mark.parametrize("job", JOBS)
def test_solution_earns_every_point(harness: Harness, ahead: Ahead, job: Job) -> None:
    """Each check of the solution notebook gives its step's points as a bare number."""
    found, whole, before, after = ahead.result(harness, job)

    lesson = lessons.find(job[1][0])
    wanted = {number: str(step.points) for number, step in enumerate(lesson.steps, 1)}
    told = "\n\n".join(f"step {one.step}: {one.points}\n{one.said}" for one in found)
    assert {one.step: one.points for one in found} == wanted, told
    assert whole == str(lesson.points), "a later step takes the points of an earlier one away"
    assert after == before, "the lesson's tests leave something behind"
