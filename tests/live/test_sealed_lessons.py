"""What learners hand in, in a seal: secrets in builds, a registry, limits, packages, edits."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from checker import lessons
from tests.live.harness import Harness
from tests.live.learner import folder_for
from tests.live.nbgraded import Course, made
from tests.live.notebooks import cell, done

pytestmark = pytest.mark.timeout(900)
NB: Any = nbformat


SEALED = ("06_better_images", "09_registry", "10_resources", "12_model_api")
"""Lessons that need of a seal what others do not, or whose cells change what was handed out."""

BY_HAND = ("05_dockerfiles", "06_better_images", "07_self_contained")
"""Lessons in which a file changes from step to step."""


@pytest.mark.parametrize("name", SEALED)
def test_what_a_learner_hands_in_earns_every_point_in_a_seal(
    harness: Harness, tmp_path: Path, name: str
) -> None:
    """The folder after the lesson, with all that its cells made and changed, and the evidence."""
    course, told = graded(harness, tmp_path, name, type_digest if name == "09_registry" else as_is)

    if name == "09_registry":
        kept = course.record("ada")
        assert kept.on_evidence == (2, 3, 5)
        assert [two.step for two in kept.disagreements] == [2, 3, 5]
    assert course.scores("ada") == every_point(name), told


@pytest.mark.parametrize("name", BY_HAND)
def test_files_that_were_edited_by_hand_earn_every_point_in_a_seal(
    harness: Harness, tmp_path: Path, name: str
) -> None:
    """No cell writes a file of the learner: each was typed in an editor, and changed there."""
    course, told = graded(harness, tmp_path, name, without_files)

    assert course.scores("ada") == every_point(name), told
    assert course.record("ada").disagreements == ()


def graded(
    harness: Harness, place: Path, name: str, change: Callable[[Any], None]
) -> tuple[Course, str]:
    """The course after a learner's folder was graded, whose notebook was changed; what it said."""
    lesson = lessons.find(name)
    with harness.lesson_ready(lesson), folder_for(name) as folder:
        notebook = done(name, folder)
        notebook.cells.pop()
        change(notebook)
        NB.write(notebook, folder / f"{name}.ipynb")
        shutil.copytree(folder, place / "submitted" / "ada" / name)
    course = made(place, name, harness.bench.things(), "sealed")
    course.nbgrader("generate_assignment", name, "--force")
    return course, course.nbgrader("autograde", name)


def every_point(name: str) -> list[float]:
    """The points of each step of a lesson."""
    return [float(step.points) for step in lessons.find(name).steps]


def as_is(notebook: Any) -> None:
    """Leave a notebook as it ran."""


def without_files(notebook: Any) -> None:
    """Leave the learner's cells that write files as they were handed out, and edit in none."""
    for one in notebook.cells:
        if one.metadata.get("nbgrader", {}).get("solution"):
            first, *rest = one.source.splitlines()
            lines = ["# Your turn"] if first.startswith("%%writefile") else rest
            kept = (line for line in lines if not line.startswith("sed -i"))
            one.source = "\n".join([first, *kept])


def type_digest(notebook: Any) -> None:
    """Write the digest down that the push printed, as learners do: a replay has another."""
    printed = "".join(one.get("text", "") for one in cell(notebook, "step-2").outputs)
    digest = re.findall(r"digest: (sha256:[0-9a-f]{64})", printed)[0]
    for name, source in TYPED.items():
        cell(notebook, name).source = source.format(digest=digest, report=REPORT)


TYPED = {
    "step-2-digest": 'pushed = "{digest}"',
    "step-3": "%%bash\ndocker rmi {report}:1.0\ndocker run --name proof {report}@{digest}",
    "step-5": (
        "%%bash\nsed -i.old 's|^FROM .*|FROM {report}@{digest}|' card/Dockerfile\n"
        "docker build -t iris/card:1 card\ndocker run --name card iris/card:1"
    ),
}
REPORT = "localhost:5009/iris/report"
