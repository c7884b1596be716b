"""`workbook grade`: the rows of `nbgrader autograde`, whatever dies or is stopped on the way."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from nbgrader.api import Gradebook

from checker.grading.many.driver import drive
from checker.grading.many.values import Graded, Job
from tests import course_copy

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),
]

LESSON = "02_containers"
BIN = Path(sys.executable).parent
NB: Any = nbformat
TELLING = (
    """select s.student_id, s.timestamp, b.name, g.auto_score, g.manual_score, g.needs_manual_grade,
    n.late_submission_penalty from grade g join submitted_notebook n on n.id = g.notebook_id
    join submitted_assignment s on s.id = n.assignment_id join base_cell b on b.id = g.cell_id
    order by s.student_id, b.name""",
    """select s.student_id, b.name, c.auto_comment, c.manual_comment from comment c
    join submitted_notebook n on n.id = c.notebook_id
    join submitted_assignment s on s.id = n.assignment_id join base_cell b on b.id = c.cell_id
    order by s.student_id, b.name""",
    "select id, first_name, last_name, email from student order by id",
)
"""All that a gradebook tells of submissions, without ids that are made by chance."""

LATE = """
from nbgrader.plugins import LateSubmissionPlugin

class AnHour(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 0.5

c.AssignLatePenalties.plugin_class = AnHour
"""


def rows(course: Path) -> list[list[Any]]:
    """The rows of a gradebook."""
    base = sqlite3.connect(course / "gradebook.db")
    try:
        return [base.execute(question).fetchall() for question in TELLING]
    finally:
        base.close()


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The files below a folder, with their permissions."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mode)
        for path in folder.rglob("*")
        if path.is_file()
    }


def run(course: Path, *command: str, code: int = 0) -> str:
    """Type a command in a course; all that it said."""
    done = subprocess.run(
        (str(BIN / command[0]), *command[1:]),
        cwd=course,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout
    return done.stdout


def hand_in(course: Path, student: str, wish: str, timestamp: str = "") -> None:
    """Hand in a notebook whose first cell says how it is to be graded."""
    place = course / "submitted" / student / LESSON
    place.mkdir(parents=True, exist_ok=True)
    notebook = NB.read(course_copy.ROOT / "exercises" / LESSON / f"{LESSON}.ipynb", as_version=4)
    notebook.cells.insert(0, NB.v4.new_code_cell(wish, id="wish"))
    NB.write(notebook, place / f"{LESSON}.ipynb")
    (place / "notes.txt").write_text(f"notes of {student}\n")
    if timestamp:
        (place / "timestamp.txt").write_text(timestamp)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose lesson 2 is in the gradebook and graded without an engine."""
    root = tmp_path_factory.mktemp("empty")
    course_copy.copy(root, LESSON)
    shutil.copy(Path(__file__).with_name("fake_execute.py"), root)
    config = root / "nbgrader_config.py"
    config.write_text(
        config.read_text()
        + "\nfrom fake_execute import FakeExecute\n"
        + "c.Autograde.autograde_preprocessors[0] = FakeExecute\n"
        + LATE
    )
    run(root, "nbgrader", "generate_assignment", LESSON, "--force")
    with Gradebook(f"sqlite:///{root}/gradebook.db", "container-workbook") as book:
        book.update_or_create_assignment(LESSON, duedate="2026-11-20 12:00:00 UTC")
    return root


@pytest.fixture
def course(empty: Path, tmp_path: Path) -> Path:
    """Such a course in a folder of the test's own."""
    return Path(shutil.copytree(empty, tmp_path / "course"))


def left(course: Path) -> tuple[list[str], list[str]]:
    """Processes and temporary folders of grading in this course that are still there."""
    folders = [str(one) for one in (course / "tmp").glob("*")]
    running = []
    for process in psutil.process_iter():
        try:
            if process.cwd().startswith(str(course)) and process.pid != os.getpid():
                running.append(" ".join(process.cmdline()))
        except psutil.Error:
            continue
    return running, folders


def wait_for(deed: Any, seconds: float = 60) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not deed():
        assert time.monotonic() < end
        time.sleep(0.1)


def begun(course: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start grading with temporary folders below the course."""
    (course / "tmp").mkdir(exist_ok=True)
    return subprocess.Popen(
        (str(BIN / "workbook"), "grade", LESSON, *arguments),
        cwd=course,
        env={**os.environ, "TMPDIR": str(course / "tmp")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


CLASS = {
    "ada": ("points 1.5", ""),
    "bert": ("points 0", "2026-11-20 11:00:00 UTC"),
    "carl": ("points 2", "2026-11-20 13:00:00 UTC"),
    "dora": ("fail the mirror does not answer", ""),
    "emil": ("points 1", ""),
}


@pytest.fixture(scope="module")
def both(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """The same submissions graded by nbgrader one by one, and by the workbook two at once."""
    place = tmp_path_factory.mktemp("both")
    one, many = (Path(shutil.copytree(empty, place / name)) for name in ("one", "many"))
    for course in (one, many):
        for student, (wish, when) in CLASS.items():
            hand_in(course, student, wish, when)
        with Gradebook(f"sqlite:///{course}/gradebook.db", "container-workbook") as book:
            book.update_or_create_student("emil", first_name="Emil")
            book.add_submission(LESSON, "emil")
            grade = book.find_grade("check-1", LESSON, LESSON, "emil")
            grade.manual_score = 2.5
            book.db.commit()
    run(one, "nbgrader", "autograde", LESSON, code=1)
    return one, many, run(many, "workbook", "grade", LESSON, "--jobs", "2", code=1)


def test_the_gradebook_has_the_rows_that_nbgrader_writes(both: tuple[Path, Path, str]) -> None:
    one, many, said = both

    grades = rows(many)[0]
    assert rows(many) == rows(one), said
    assert ("carl", "2026-11-20 13:00:00.000000", "check-1", 2.0, None, 0, 0.5) in grades
    assert ("emil", None, "check-1", 1.0, 2.5, 1, None) in grades
    assert ("dora", None, "check-1", None, None, 1, None) in grades


def test_the_graded_folders_are_those_of_nbgrader(both: tuple[Path, Path, str]) -> None:
    one, many, said = both

    assert files(many / "autograded") == files(one / "autograded"), said
    assert len(files(many / "autograded")) == 10


def test_what_could_not_be_graded_is_counted_and_named(both: tuple[Path, Path, str]) -> None:
    said = both[2]

    assert "Grading 5 submissions, 2 at once.\n" in said
    assert "dora: the mirror does not answer\n" in said
    assert "4 scored, 1 could not be graded.\n" in said
    assert "carl  12 points" in said
    assert "Traceback" not in said


def test_the_next_run_tries_only_what_has_no_score(both: tuple[Path, Path, str]) -> None:
    many = both[1]
    hand_in(many, "dora", "points 1")
    before = (many / "autograded" / "ada" / LESSON).stat().st_ino

    said = run(many, "workbook", "grade", LESSON)

    assert "Grading 1 submissions, 1 at once.\n" in said
    assert (many / "autograded" / "ada" / LESSON).stat().st_ino == before
    assert run(many, "workbook", "grade", LESSON) == (
        "There is nothing to grade: 5 were handed in.\n"
    )
    again = run(many, "workbook", "grade", LESSON, "--force", "--student", "ada")
    assert "1 scored, 0 could not be graded.\n" in again


def test_a_process_that_dies_costs_its_own_submission_alone(course: Path) -> None:
    for student, wish in {"ada": "die", "bert": "points 1", "carl": "points 2"}.items():
        hand_in(course, student, wish)

    said = begun(course, "--jobs", "1").communicate(timeout=120)[0]

    assert left(course) == ([], [])
    assert "2 scored, 1 could not be graded.\n" in said
    assert "ada: the process that graded it ended (exit code -9)" in said
    comments = {row[2] for row in rows(course)[1] if row[0] == "ada"}
    assert any(one and one.startswith("Could not be graded: the process") for one in comments)


def test_ctrl_c_leaves_what_is_graded_and_nothing_else(course: Path) -> None:
    hand_in(course, "ada", "points 1")
    for student in ("bert", "carl", "dora"):
        hand_in(course, student, "sleep 100")
    grading = begun(course, "--jobs", "2")
    wait_for(lambda: (course / "autograded" / "ada" / LESSON).exists())
    time.sleep(1)

    grading.send_signal(signal.SIGINT)
    said = grading.communicate(timeout=60)[0]

    assert grading.returncode == 130, said
    assert "Stopped. 1 of 4 are done; workbook grade 02_containers goes on" in said
    assert "Traceback" not in said
    assert left(course) == ([], [])
    assert {row[0] for row in rows(course)[0]} == {"ada"}
    for student in ("bert", "carl", "dora"):
        hand_in(course, student, "points 2")
    assert "3 scored, 0 could not be graded." in run(course, "workbook", "grade", LESSON)


def test_after_a_kill_of_the_driver_nothing_works_on(course: Path) -> None:
    for student in ("ada", "bert"):
        hand_in(course, student, "sleep 100")
    grading = begun(course, "--jobs", "2")
    wait_for(lambda: len(list((course / "tmp").glob("workbook-grading-*/*"))) == 2)
    time.sleep(1)

    grading.kill()
    grading.communicate()

    wait_for(lambda: left(course)[0] == [], 30)
    (empty,) = left(course)[1]
    assert list(Path(empty).iterdir()) == []
    hand_in(course, "ada", "points 1")
    hand_in(course, "bert", "points 1")
    said = begun(course).communicate(timeout=120)[0]
    assert "2 scored, 0 could not be graded." in said
    assert left(course) == ([], [])


def test_two_graders_at_once_are_one_too_many(course: Path) -> None:
    hand_in(course, "ada", "sleep 100")
    grading = begun(course, "--jobs", "1")
    wait_for(lambda: list((course / "tmp").glob("workbook-grading-*/*")))
    try:
        assert run(course, "workbook", "grade", LESSON, code=4) == (
            "Another workbook grade is at work in this course; wait for it.\n"
        )
    finally:
        grading.send_signal(signal.SIGINT)
        grading.communicate(timeout=60)


def test_links_in_a_submission_never_come_further(course: Path) -> None:
    hand_in(course, "ada", "points 1")
    place = course / "submitted" / "ada" / LESSON
    (place / "g.db").symlink_to("../../../gradebook.db")
    (place / "all").symlink_to("/etc")

    run(course, "workbook", "grade", LESSON)
    by_us = set(files(course / "autograded"))
    run(course, "nbgrader", "autograde", LESSON, "--force")

    assert by_us == set(files(course / "autograded"))
    assert by_us == {f"ada/{LESSON}/{LESSON}.ipynb", f"ada/{LESSON}/notes.txt"}


def test_a_lesson_that_the_gradebook_does_not_know_is_told(course: Path) -> None:
    hand_in(course, "ada", "points 1")
    base = sqlite3.connect(course / "gradebook.db")
    base.execute("update assignment set name = 'other'")
    base.commit()
    base.close()

    assert run(course, "workbook", "grade", LESSON, code=4) == (
        "The gradebook does not know 02_containers; "
        "type nbgrader generate_assignment 02_containers --force.\n"
    )


class FakeWorkers:
    """Workers that answer at once, and remember how much they held."""

    slots = 2

    def __init__(self, broken: Iterable[str] = ()) -> None:
        self.broken = set(broken)
        self.submitted: list[str] = []
        self.closed = False

    def submit(self, job: Job) -> Future[Graded]:
        self.submitted.append(job.student)
        future: Future[Graded] = Future()
        if job.student in self.broken:
            future.set_exception(RuntimeError(job.student))
        else:
            future.set_result(Graded(lesson=job.lesson, student=job.student, scored=True))
        return future

    def close(self) -> None:
        self.closed = True


def jobs(count: int) -> list[Job]:
    return [
        Job(lesson=LESSON, student=f"s{n}", run="r", course={}, submission={}) for n in range(count)
    ]


def test_each_answer_is_recorded_once() -> None:
    found: list[str] = []
    workers = FakeWorkers()

    drive(jobs(10), workers, lambda one: found.append(one.student))

    assert sorted(found) == [f"s{n}" for n in range(10)]
    assert workers.closed


def test_jobs_are_read_as_they_are_needed() -> None:
    taken: list[int] = []
    recorded: list[str] = []

    def reading() -> Iterable[Job]:
        for number, job in enumerate(jobs(10)):
            taken.append(number)
            assert len(taken) - len(recorded) <= FakeWorkers.slots + 1
            yield job

    drive(reading(), FakeWorkers(), lambda one: recorded.append(one.student))

    assert len(recorded) == 10


def test_a_fault_of_ours_stops_all_work_and_is_seen() -> None:
    workers = FakeWorkers(broken=["s4"])

    with pytest.raises(RuntimeError, match="s4"):
        drive(jobs(10), workers, lambda one: None)

    assert workers.closed


def test_ctrl_c_records_what_is_finished() -> None:
    found: list[str] = []

    def record(one: Graded) -> None:
        found.append(one.student)
        if len(found) == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        drive(jobs(3), FakeWorkers(), record)
    assert len(found) == len(set(found))
