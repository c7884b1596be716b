"""The committed notebooks: current, unsolved, and of one mind with their lessons."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from checker import authoring, lessons
from checker.authoring.source import BEGIN, END
from checker.authoring.write import State, plan, remembered
from checker.lesson import Lesson
from tests.course_copy import ROOT

LESSONS = lessons.every()
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=[one.name for one in LESSONS])

LINKS = re.compile(r"https?://([^/:\s)\"'`<>]+\.[a-z]+)")
READING = {"docs.docker.com", "hub.docker.com", "jupyter-docker-stacks.readthedocs.io"}
"""Where lessons send their readers."""


@cache
def released(name: str) -> dict[str, bytes]:
    """What learners get of a lesson."""
    return authoring.release(name, ROOT)


def source_of(lesson: Lesson) -> Path:
    """The lesson's text."""
    return ROOT / "solutions" / lesson.name / f"{lesson.name}.md"


def cells_of(kind: str, lesson: Lesson) -> list[dict[str, Any]]:
    """The cells of a committed notebook."""
    path = ROOT / kind / lesson.name / f"{lesson.name}.ipynb"
    cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [{**cell, "source": "".join(cell["source"])} for cell in cells]


def marked(cell: dict[str, Any], what: str) -> bool:
    """Whether nbgrader's metadata of the cell says so."""
    return bool(cell["metadata"].get("nbgrader", {}).get(what))


def files_beside(lesson: Lesson) -> dict[str, bytes]:
    """The files handed out beside the notebook."""
    found = released(lesson.name)
    return {name: content for name, content in found.items() if not name.endswith(".ipynb")}


def solutions(source: str) -> list[str]:
    """The lines between the solution marks that say something."""
    regions = re.findall(rf"{BEGIN}\n(.*?){END}", source, re.DOTALL)
    return [line.strip() for region in regions for line in region.split("\n") if line.strip()]


@each_lesson
def test_notebooks_and_handed_out_files_are_current(lesson: Lesson) -> None:
    stale = [one.name for one in plan(lesson.name, ROOT) if one.state is not State.CURRENT]

    assert stale == [], "make exercises writes them"


@each_lesson
def test_the_last_release_is_remembered(lesson: Lesson) -> None:
    """Else the next release would take the exercises for somebody's work."""
    assert remembered(plan(lesson.name, ROOT), ROOT), "make exercises writes it"


@each_lesson
def test_making_them_again_gives_the_same_bytes(lesson: Lesson) -> None:
    assert authoring.release(lesson.name, ROOT) == released(lesson.name)


@each_lesson
def test_no_solution_is_handed_out(lesson: Lesson) -> None:
    """No line of a solution is handed out, unless an example shows that very line."""
    cells = cells_of("solutions", lesson)
    examples = "\n".join(cell["source"] for cell in cells if not marked(cell, "solution"))
    handed_out = "\n".join(
        [cell["source"] for cell in cells_of("exercises", lesson)]
        + [content.decode() for name, content in files_beside(lesson).items()]
    )

    for cell in (cell for cell in cells if marked(cell, "solution")):
        secret = [line for line in solutions(cell["source"]) if line not in examples]
        assert secret, f"the examples give away {cell['id']}"
        assert [line for line in secret if line in handed_out] == [], cell["id"]


@each_lesson
def test_each_solution_leaves_a_stub(lesson: Lesson) -> None:
    exercise = {cell["id"]: cell["source"] for cell in cells_of("exercises", lesson)}
    solved = [cell for cell in cells_of("solutions", lesson) if marked(cell, "solution")]

    assert solved
    assert [c["id"] for c in solved if "Your turn" not in exercise[c["id"]]] == []


@each_lesson
def test_no_mark_of_a_solution_nor_hidden_test_is_handed_out(lesson: Lesson) -> None:
    for name, content in released(lesson.name).items():
        for mark in (b"BEGIN SOLUTION", b"END SOLUTION", b"HIDDEN TESTS", b"MARK SCHEME"):
            assert mark not in content, name


@each_lesson
def test_neither_texts_nor_evidence_are_handed_out(lesson: Lesson) -> None:
    names = list(released(lesson.name))

    assert names[0] == f"{lesson.name}.ipynb"
    assert [name for name in names if "evidence" in name or name == f"{lesson.name}.md"] == []


@each_lesson
def test_magic_lines_stay(lesson: Lesson) -> None:
    exercise = {cell["id"]: cell["source"] for cell in cells_of("exercises", lesson)}

    for cell in cells_of("solutions", lesson):
        first = cell["source"].partition("\n")[0]
        if first.startswith("%%"):
            assert exercise[cell["id"]].partition("\n")[0] == first


@each_lesson
@pytest.mark.parametrize("kind", ["solutions", "exercises"])
def test_each_step_ends_with_its_check_and_its_points(lesson: Lesson, kind: str) -> None:
    graded = [cell for cell in cells_of(kind, lesson) if marked(cell, "grade")]

    found = [(c["source"], c["metadata"]["nbgrader"]["points"]) for c in graded]
    assert found == [
        (f'check("{lesson.name}", step={number})', step.points)
        for number, step in enumerate(lesson.steps, 1)
    ]
    assert all(marked(cell, "locked") and not marked(cell, "solution") for cell in graded)


@each_lesson
@pytest.mark.parametrize("kind", ["solutions", "exercises"])
def test_no_outputs_are_stored(lesson: Lesson, kind: str) -> None:
    code = [cell for cell in cells_of(kind, lesson) if cell["cell_type"] == "code"]

    assert code
    assert [c["id"] for c in code if c["outputs"] or c["execution_count"] is not None] == []


@each_lesson
def test_both_notebooks_have_the_same_ids(lesson: Lesson) -> None:
    ids = [[cell["id"] for cell in cells_of(kind, lesson)] for kind in ("solutions", "exercises")]

    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(ids[0])


@each_lesson
def test_the_text_says_what_the_lesson_says(lesson: Lesson) -> None:
    text = source_of(lesson).read_text(encoding="utf-8")

    assert lesson.question in text
    assert re.search(rf"\b{lesson.minutes} minutes\b", text)
    for number, step in enumerate(lesson.steps, 1):
        assert f"## Step {number}. {step.title}\n" in text
    for image in lesson.images:
        assert image.removesuffix(":latest") in text


@each_lesson
def test_each_step_has_a_ladder_of_three_hints(lesson: Lesson) -> None:
    for step in lesson.steps:
        assert len(step.hints) == 3, step.title
        assert len(set(step.hints)) == 3, step.title


@each_lesson
def test_the_text_sends_readers_to_documentation_alone(lesson: Lesson) -> None:
    for name, content in released(lesson.name).items():
        assert set(LINKS.findall(content.decode(errors="replace"))) <= READING, name
