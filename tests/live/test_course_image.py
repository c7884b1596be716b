"""A learner with Docker and no Python: `make start IN=container`, and the lessons inside it.

The image is built once; that takes 90 s on two free cores, most of it for packages.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest

from checker import engine, lessons
from checker.authoring import build, release
from checker.lesson import Lesson
from tests.live.bench import Bench
from tests.live.cases import ROOT
from tests.live.harness import Harness
from tests.live.notebooks import CELL_SECONDS, checks

pytestmark = pytest.mark.timeout(900)

LESSONS = lessons.every()
NAME, IMAGE = "workbook-tests-course", "workbook-tests/course"
TOOLS = (
    *("awk", "cat", "cksum", "dirname", "docker", "env", "grep", "ls", "make"),
    *("mktemp", "rm", "sed", "sh", "tail", "tr", "uname", "xargs"),
)
"""All that a computer needs to have; there is no Python among it."""

COPIED = (
    *(".dockerignore", "Dockerfile.course", "LICENSE", "Makefile", "README.md"),
    *("checker", "mirror", "nbgrader_config.py", "pyproject.toml", "requirements.lock", "tools"),
)
LEARNER = 4321


@dataclass(frozen=True)
class Course:
    """A workbook's folder, and the computer without Python that it lies on."""

    folder: Path
    tools: Path

    def make(self, *words: str) -> str:
        """What `make` prints, with nothing but the needed tools on the PATH."""
        kept = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
        done = subprocess.run(
            ["make", "--no-print-directory", *words, "IN=container"],
            cwd=self.folder,
            env={
                **kept,
                "PATH": str(self.tools),
                "HOME": os.environ["HOME"],
                "DOCKER_HOST": engine.find().host,
                "WORKBOOK_CONTAINER": NAME,
                "WORKBOOK_IMAGE": IMAGE,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def inside(self, *command: str) -> str:
        """What a command prints in the container."""
        done = subprocess.run(
            ["docker", "exec", NAME, *command],
            env={**os.environ, "DOCKER_HOST": engine.find().host},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def put(self, name: str, content: bytes) -> None:
        """Write a file as the learner."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.own()

    def own(self) -> None:
        """Give the folder to a user who is not root, where that can be done."""
        if os.geteuid() == 0:
            for path in (self.folder, *self.folder.rglob("*")):
                os.lchown(path, LEARNER, LEARNER)


@pytest.fixture(scope="module")
def course(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """A workbook that was started in its container."""
    course = Course(tmp_path_factory.mktemp("workbook"), tmp_path_factory.mktemp("tools"))
    for name in TOOLS:
        (course.tools / name).symlink_to(str(shutil.which(name)))
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, course.folder / name)
    for lesson in LESSONS:
        (course.folder / "solutions" / lesson.name).mkdir(parents=True)
        for name, content in release(lesson.name).items():
            course.put(f"exercises/{lesson.name}/{name}", content)
    began = time.monotonic()
    try:
        course.make("start")
        print(f"The container runs after {time.monotonic() - began:.0f} s.")
        yield course
    finally:
        course.make("stop")
        bench.remove_image(IMAGE)


def address(said: str) -> str:
    """Where JupyterLab is."""
    (found,) = re.findall(r"http://127\.0\.0\.1:\d+/lab/tree/\S+\?token=\w+", said)
    return str(found)


def test_a_second_start_prints_the_same_address(course: Course) -> None:
    assert address(course.make("start")) == address(course.make("start"))


def test_nobody_is_root_inside(course: Course) -> None:
    """The folder's owner works inside, as far as the engine's socket lets them."""
    owner = course.folder.stat().st_uid
    assert course.inside("id", "-u").strip() == str(owner)


def test_the_doctor_finds_nothing_that_stops_a_lesson(harness: Harness, course: Course) -> None:
    assert "✗" not in course.inside("workbook", "doctor")


@pytest.mark.parametrize("lesson", LESSONS, ids=[one.name for one in LESSONS])
def test_the_solution_earns_every_point_inside(
    harness: Harness, course: Course, lesson: Lesson
) -> None:
    notebook = f"exercises/{lesson.name}/{lesson.name}.ipynb"
    text = build(ROOT / "solutions" / lesson.name / f"{lesson.name}.md")
    course.put(notebook, text.encode())

    with harness.lesson_ready(lesson, without=lesson.images):
        course.inside("jupyter", "execute", "--inplace", f"--timeout={CELL_SECONDS}", notebook)

    reads: Any = nbformat.reads
    done = checks(reads((course.folder / notebook).read_text(), as_version=4))
    told = "\n\n".join(f"step {one.step}: {one.points}\n{one.said}" for one in done)
    wanted = {number: str(step.points) for number, step in enumerate(lesson.steps, 1)}
    assert {one.step: one.points for one in done} == wanted, told


def test_stop_leaves_no_container(bench: Bench, course: Course) -> None:
    assert "is gone" in course.make("stop")
    assert NAME not in {name for _, name in bench.things().containers}
