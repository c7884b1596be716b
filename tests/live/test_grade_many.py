"""`workbook grade` with seals: as nbgrader one by one, and nothing stays, however it ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.live.bench import Bench
from tests.live.nbgraded import Course, made
from tests.live.sealed import machine
from tests.live.submissions import LESSON, NAME, NONE, POINTS, half, notebook
from tests.test_grading_many import rows

pytestmark = pytest.mark.timeout(900)

BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def course(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course with three submissions: all done, half done, nothing done."""
    bench.images_ready(LESSON.images)
    course = made(tmp_path_factory.mktemp("course"), NAME, bench.things(), "sealed")
    course.nbgrader("generate_assignment", NAME, "--force")
    for student, submission in {
        "perfect": notebook("solutions"),
        "half": half(),
        "empty": notebook("exercises"),
    }.items():
        course.submit(student, submission)
    return course


def begun(course: Path, *options: str) -> subprocess.Popen[str]:
    """`workbook grade` at work."""
    return subprocess.Popen(
        (str(BIN / "workbook"), "grade", NAME, *options),
        cwd=course,
        env={**os.environ, "WORKBOOK_GRADING": "sealed"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def anew(course: Course, place: Path) -> Path:
    """The same course with nothing graded."""
    names = shutil.ignore_patterns("autograded", "feedback", ".workbook")
    return Path(shutil.copytree(course.folder, place / "course", ignore=names))


def comes(deed: Callable[[], object], seconds: float = 120) -> bool:
    """Whether something holds in time."""
    end = time.monotonic() + seconds
    while not deed():
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


def everything() -> dict[str, list[str]]:
    """What grading may leave on this machine and its engine."""
    runs = sorted(one.name for one in Path("/tmp").glob("workbook-grading-*"))
    return {**machine(), "runs": runs}


def beyond(before: dict[str, list[str]]) -> dict[str, list[str]]:
    """What came since; a run also removes what an earlier one left."""
    new = {kind: sorted(set(now) - set(before[kind])) for kind, now in everything().items()}
    return {kind: found for kind, found in new.items() if found}


def seals() -> list[str]:
    """The seals that are there now."""
    command = ("docker", "ps", "--quiet", "--filter", "label=org.container-workbook.part=seal")
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_two_at_once_are_graded_as_one_by_one(course: Course, tmp_path: Path) -> None:
    many = anew(course, tmp_path)
    course.nbgrader("autograde", NAME)
    before = everything()

    grading = begun(many, "--jobs", "2")
    said = grading.communicate()[0]

    assert grading.returncode == 0, said
    assert rows(many) == rows(course.folder), said
    assert course.scores("half") == POINTS[:3] + NONE[3:]
    assert beyond(before) == {}, said


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL], ids=["ctrl-c", "kill"])
def test_nothing_stays_after_a_run_that_was_ended(
    course: Course, tmp_path: Path, end: signal.Signals
) -> None:
    many, before = anew(course, tmp_path), everything()
    grading = begun(many, "--jobs", "2")
    assert comes(lambda: len(seals()) == 2)
    time.sleep(2)

    grading.send_signal(end)
    said = grading.communicate()[0]

    assert comes(lambda: not seals(), 60), said
    assert comes(lambda: not working(many), 60), said
    if end == signal.SIGKILL:
        again = begun(many, "--student", "empty")
        assert "1 scored, 0 could not be graded." in again.communicate()[0]
    assert beyond(before) == {}, said


def working(course: Path) -> list[str]:
    """The processes whose lines go to the log of this course's grading."""
    found = []
    for one in Path("/proc").glob("[0-9]*/fd/1"):
        try:
            target = str(one.readlink())
        except OSError:
            continue
        if target.startswith(str(course)):
            found.append(one.parts[2])
    return found
