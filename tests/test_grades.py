"""`workbook grades` says what nbgrader says, in the shape that each platform reads."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from nbgrader.api import Gradebook

from checker.cli import main
from checker.grading.export import Grades

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")

LEARNERS: tuple[dict[str, str], ...] = (
    {"id": "ada", "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.org"},
    {"id": "4711", "first_name": "Grace", "last_name": "Hopper"},
    {"id": "edsger"},
    {"id": "barbara", "first_name": "Barbara", "last_name": "Liskov", "lms_user_id": "99"},
)


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook of four learners and two lessons, each of two checks."""
    path = tmp_path_factory.mktemp("book") / "gradebook.db"
    with pytest.MonkeyPatch.context() as patch:
        # nbgrader calls alembic by name when it makes a gradebook.
        patch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
        book = Gradebook(f"sqlite:///{path}", "container-workbook")
    with book:
        for name, due in (("01_images", None), ("02_containers", datetime(2026, 11, 20, 12))):
            book.add_assignment(name, duedate=due)
            book.add_notebook(name, name)
            for number in (1, 2):
                book.add_grade_cell(f"check-{number}", name, name, max_score=4, cell_type="code")
        for learner in LEARNERS:
            more = {key: value for key, value in learner.items() if key != "id"}
            book.add_student(learner["id"], **more)
        score(book, "01_images", "ada", 4, 3.5)
        score(book, "01_images", "4711", 2, None)
        score(book, "01_images", "barbara", 1, 0, manual=4, extra=0.5)
        score(book, "02_containers", "ada", 1, 0, penalty=3)
        score(book, "02_containers", "barbara", 4, 4, penalty=0.5)
    return path


@pytest.fixture
def course(gradebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course in a folder of its own, with that gradebook."""
    for kind in ("exercises", "solutions"):
        (tmp_path / kind).mkdir()
    shutil.copy(gradebook, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def score(
    book: Any,
    lesson: str,
    learner: str,
    first: float,
    second: float | None,
    **more: float,
) -> None:
    """Write what a learner has for a lesson."""
    book.add_submission(lesson, learner, timestamp=datetime(2026, 11, 20, 13, 5))
    notebook = book.find_submission_notebook(lesson, lesson, learner)
    notebook.late_submission_penalty = more.get("penalty", 0)
    one, two = sorted(notebook.grades, key=lambda grade: str(grade.name))
    one.auto_score, two.auto_score = first, second
    one.manual_score, one.extra_credit = more.get("manual"), more.get("extra")
    book.db.commit()


def grades(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["grades", *arguments])


def test_the_table_is_the_one_that_nbgrader_exports(course: Path) -> None:
    with Gradebook(f"sqlite:///{course}/gradebook.db", "container-workbook") as book:
        Grades(to=str(course / "nbgrader.csv")).export(book)

    result = grades("--to", "ours.csv")

    assert result.exit_code == 0, result.output
    assert (course / "ours.csv").read_text() == (course / "nbgrader.csv").read_text()
    assert "4711,Hopper,Grace,,,0.0,,8.0" in (course / "ours.csv").read_text()


def test_what_waits_is_said_on_stderr(course: Path) -> None:
    assert grades().stderr == "1 submissions have no score yet; Formgrader shows which.\n"


def test_canvas_gets_its_own_headings_and_the_points_possible(course: Path) -> None:
    header, possible, *rows = csv.reader(grades("--format", "canvas").stdout.splitlines())

    assert header == [
        *("Student", "ID", "SIS User ID", "SIS Login ID", "Section"),
        *("01_images", "02_containers"),
    ]
    assert possible == ["    Points Possible", "", "", "", "", "8", "8"]
    assert rows == [
        ["edsger", "", "", "edsger", "", "", ""],
        ["Hopper, Grace", "4711", "", "", "", "", ""],
        ["Liskov, Barbara", "99", "", "barbara", "", "4.5", "7.5"],
        ["Lovelace, Ada", "", "", "ada", "", "7.5", "0"],
    ]


def test_moodle_gets_its_own_headings(course: Path) -> None:
    header, *rows = csv.reader(grades("--format", "moodle").stdout.splitlines())

    names = ["First name", "Last name", "ID number", "Email address"]
    assert header == [*names, "01_images", "02_containers"]
    assert rows[-1] == ["Ada", "Lovelace", "ada", "ada@example.org", "7.5", "0"]
    assert rows[0] == ["", "", "edsger", "", "", ""]


def test_json_tells_what_waits_from_what_was_not_handed_in(course: Path) -> None:
    found = {one["student"]: one for one in json.loads(grades("--format", "json").stdout)}

    assert found["ada"]["lessons"]["01_images"] == {
        "state": "scored",
        "score": 7.5,
        "raw_score": 7.5,
        "late_submission_penalty": 0.0,
        "max_score": 8.0,
        "timestamp": "2026-11-20T13:05:00",
    }
    assert found["4711"]["lessons"]["01_images"]["state"] == "waiting"
    assert found["4711"]["lessons"]["01_images"]["score"] is None
    assert found["edsger"]["lessons"]["01_images"]["state"] == "not handed in"


def test_a_gradebook_that_is_not_there_is_not_made(course: Path) -> None:
    (course / "gradebook.db").unlink()

    result = grades()

    assert result.exit_code == 4
    assert result.output == (
        f"There is no gradebook at {course}/gradebook.db; "
        "nbgrader generate_assignment LESSON makes it.\n"
    )
    assert not (course / "gradebook.db").exists()
