"""Writing notebooks keeps everybody's work: what is replaced, what is left alone and named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.authoring.write import RELEASED, State, plan, work_in, write
from tests import course_copy as course
from tests.course_copy import cell, solution_cell, text
from tools import notebooks

FOLDER = "02_containers"
EXERCISE = f"exercises/{FOLDER}/{FOLDER}.ipynb"


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A course whose lesson 2 was released, with a file beside it."""
    source = course.write_text(tmp_path, text(solution_cell())).parent
    (source / "data.csv").write_text("a\n")
    write(plan(FOLDER, tmp_path), tmp_path)
    return tmp_path


def test_after_writing_everything_is_current(released: Path) -> None:
    assert {one.state for one in plan(FOLDER, released)} == {State.CURRENT}


def test_what_was_released_last_is_replaced(released: Path) -> None:
    course.write_text(released, text(solution_cell(), cell("1")))
    write(plan(FOLDER, released), released)

    assert {one.state for one in plan(FOLDER, released)} == {State.CURRENT}


def test_a_learners_notebook_is_never_replaced(released: Path) -> None:
    mine = _worked_on(released / EXERCISE)
    course.write_text(released, text(solution_cell(), cell("1")))

    files = plan(FOLDER, released)
    write(files, released)

    assert (released / EXERCISE).read_bytes() == mine
    assert [one.sentence() for one in files if one.name == EXERCISE] == [
        "– exercises/02_containers/02_containers.ipynb holds work and is left alone; "
        "move it away to have it made anew"
    ]
    write(plan(FOLDER, released), released)
    assert (released / EXERCISE).read_bytes() == mine


def test_a_notebook_that_was_only_opened_and_saved_is_replaced(released: Path) -> None:
    notebook = json.loads((released / EXERCISE).read_text())
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.11.7"}
    (released / EXERCISE).write_text(json.dumps(notebook))

    write(plan(FOLDER, released), released)

    assert {one.state for one in plan(FOLDER, released)} == {State.CURRENT}


def test_a_learners_data_is_never_replaced(released: Path) -> None:
    mine = released / "exercises" / FOLDER / "data.csv"
    mine.write_text("mine\n")

    write(plan(FOLDER, released), released)

    assert mine.read_text() == "mine\n"


def test_a_stray_file_is_named_and_stays(released: Path) -> None:
    stray = released / "exercises" / FOLDER / "notes.txt"
    stray.write_text("mine\n")

    files = plan(FOLDER, released)
    write(files, released)

    assert stray.exists()
    assert [one.sentence() for one in files if one.state is State.STRAY] == [
        "– exercises/02_containers/notes.txt is not part of the lesson and is left alone"
    ]


def test_without_a_memory_of_the_last_release_nothing_is_replaced(released: Path) -> None:
    (released / RELEASED).unlink()
    old = (released / EXERCISE).read_bytes()
    course.write_text(released, text(solution_cell(), cell("1")))

    write(plan(FOLDER, released), released)

    assert (released / EXERCISE).read_bytes() == old


def test_work_in_an_exercise_counts_evidence_too(released: Path) -> None:
    assert work_in(FOLDER, released) == ()

    (released / "exercises" / FOLDER / f"{FOLDER}.evidence.json").write_text("{}")

    assert work_in(FOLDER, released) == (f"exercises/{FOLDER}/{FOLDER}.evidence.json",)


def test_the_command_tells_what_is_stale_and_writes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    course.write_text(tmp_path, text(solution_cell()))
    monkeypatch.chdir(tmp_path)

    monkeypatch.setattr("sys.argv", ["notebooks", "--check"])
    assert notebooks.main() == 1
    assert capsys.readouterr().out == (
        "✗ exercises/.released.json is not current; run make exercises\n"
        "✗ solutions/02_containers/02_containers.ipynb is not current; run make exercises\n"
        "✗ exercises/02_containers/02_containers.ipynb is not current; run make exercises\n"
    )
    monkeypatch.setattr("sys.argv", ["notebooks"])
    assert notebooks.main() == 0
    monkeypatch.setattr("sys.argv", ["notebooks", "--check"])
    capsys.readouterr()
    assert notebooks.main() == 0
    assert capsys.readouterr().out == ""


def test_the_command_names_a_bad_text_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    course.write_text(tmp_path, "# Two\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["notebooks"])

    assert notebooks.main() == 1
    assert capsys.readouterr().err == (
        "✗ 02_containers.md: the text must open with front matter that names the kernel\n"
    )


def _worked_on(path: Path) -> bytes:
    """Put a learner's answer into an exercise."""
    notebook = json.loads(path.read_text())
    notebook["cells"][2]["source"] = ["%%bash\n", "docker ps -a"]
    path.write_text(json.dumps(notebook))
    return path.read_bytes()
