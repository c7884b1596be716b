"""What was typed in a terminal alone is told before it is handed in: grading runs the cells."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from checker import lessons
from checker.cli import main
from checker.evidence import from_json
from checker.progress import Progress, progress
from checker.unwritten import warning
from tests import course_copy

ROOT = Path(__file__).resolve().parent.parent
NAMES = lessons.names()


def notebook(kind: str, name: str) -> Any:
    """A notebook of a lesson: what is handed out, or the solution."""
    return json.loads((ROOT / kind / name / f"{name}.ipynb").read_bytes())


def done(name: str) -> Progress:
    """A learner who has earned every point."""
    evidence = from_json((ROOT / "tests" / "evidence" / f"{name}.json").read_bytes())
    return progress(lessons.find(name), evidence)


def told(name: str, learners: Any, seen: Progress | None = None) -> list[int]:
    """The steps that are told."""
    solution = json.dumps(notebook("solutions", name)).encode()
    said = warning(json.dumps(learners).encode(), solution, seen or done(name))
    return [int(one) for one in re.findall(r"\d+", said)]


def cell(learners: Any, name: str) -> Any:
    return next(one for one in learners["cells"] if one["id"] == name)


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_done_in_a_terminal_alone_is_told_step_by_step(name: str) -> None:
    asked = told(name, notebook("exercises", name))

    assert asked == list(range(1, len(lessons.find(name).steps) + 1))


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_done_in_its_cells_is_fine(name: str) -> None:
    assert told(name, notebook("solutions", name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_that_earned_nothing_is_no_reason_to_warn(name: str) -> None:
    nothing = Progress(lesson=lessons.find(name), steps=(0,) * len(lessons.find(name).steps))

    assert told(name, notebook("exercises", name), nothing) == []


def test_a_cell_of_the_learners_own_is_an_answer() -> None:
    learners = notebook("exercises", "05_dockerfiles")
    own = {"cell_type": "code", "id": "own", "metadata": {}, "source": ["!docker build .\n", "ls"]}
    place = learners["cells"].index(cell(learners, "check-2"))
    learners["cells"].insert(place, own)

    assert told("05_dockerfiles", learners) == [1, 3, 4, 5, 6]


def test_examples_under_other_ids_are_no_answer() -> None:
    learners = notebook("exercises", "05_dockerfiles")
    for number, one in enumerate(learners["cells"]):
        one["id"] = f"own-{number}"

    assert told("05_dockerfiles", learners) == [1, 2, 3, 4, 5, 6]


def test_a_file_alone_or_an_answer_alone_is_an_answer() -> None:
    learners = notebook("exercises", "05_dockerfiles")
    cell(learners, "hello-file")["source"] = "%%writefile hello/Dockerfile\nFROM busybox:1.37"
    cell(learners, "tells")["source"] = 'tells_how = "notes:written"'

    assert told("05_dockerfiles", learners) == [2, 3, 4, 5]


@pytest.mark.parametrize("data", [b"", b"[]", b'{"cells": 3}', b'{"cells": [1, {}]}'])
def test_what_is_no_notebook_is_left_to_grading(data: bytes) -> None:
    assert warning(data, data, done("04_volumes")) == ""


def test_submit_tells_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course_copy.copy(tmp_path, "04_volumes")
    monkeypatch.chdir(tmp_path)
    evidence = tmp_path / "exercises" / "04_volumes" / "04_volumes.evidence.json"
    shutil.copy(ROOT / "tests" / "evidence" / "04_volumes.json", evidence)

    result = CliRunner().invoke(main, ["submit", "4"])

    assert result.exit_code == 0
    assert (
        "Steps 1, 2, 3, 4, 5 and 6 earned points, and their cells are empty. Grading runs "
        "the cells: write into them what you typed elsewhere, save the notebook, then submit "
        "again.\n"
    ) in result.output


def test_a_check_of_no_step_is_left_to_grading() -> None:
    learners = notebook("exercises", "04_volumes")
    cell(learners, "check-1")["source"] = 'check("04_volumes", step=99)'

    assert told("04_volumes", learners) == [2, 3, 4, 5, 6]
