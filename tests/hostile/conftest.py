"""Attacks need a real engine, which they share with the live tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker import engine
from checker.grading.seal import Settings, outside, reach
from tests.hostile.attacks import CANARY
from tests.hostile.handing import EVERY, HONEST, LIMITS, handed_in, short
from tests.hostile.world import World, holds, world
from tests.live.bench import LABEL, Bench
from tests.live.conftest import bench
from tests.live.nbgraded import Course, made
from tests.live.sealed import outer
from tests.live.submissions import LESSON, NAME

__all__ = ["bench"]

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test below this folder is live."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.live)


@pytest.fixture(scope="package")
def around(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The servers that no submission may reach."""
    with world(tmp_path_factory.mktemp("world")) as around:
        yield around


@pytest.fixture(scope="package")
def volume(bench: Bench) -> Iterator[str]:
    """A volume on the outer engine, to be seen by who can list them."""
    name = f"workbook-{CANARY}"
    outer("volume", "create", "--label", f"{LABEL}={os.getpid()}", name)
    yield name
    outer("volume", "rm", name)


@pytest.fixture(scope="package")
def mirror() -> str:
    """The mirror's address among containers."""
    return reach.mirror(outside.at(""), Settings())


@pytest.fixture(scope="package")
def held(bench: Bench, mirror: str) -> tuple[str, str]:
    """What the mirror holds before anything is graded."""
    bench.images_ready(("busybox:1.37",))
    return holds(mirror)


@pytest.fixture(scope="package")
def course(
    bench: Bench,
    around: World,
    volume: str,
    mirror: str,
    held: tuple[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Course:
    """A course full of secrets, with every attack handed in between honest neighbours."""
    del volume, held
    bench.images_ready(LESSON.images)
    course = made(tmp_path_factory.mktemp("course"), NAME, bench.things(), "sealed")
    (course.folder / "solutions" / "secret.txt").write_text(CANARY)
    course.nbgrader("generate_assignment", NAME, "--force")
    (course.folder / "home").mkdir()
    (course.folder / "home" / "diary.txt").write_text(CANARY)
    (course.folder / "roster.txt").write_text("everybody")
    known = {
        "@SERVED@": " ".join(around.addresses()),
        "@SOCKET@": engine.find().host.removeprefix("unix://"),
        "@MIRROR@": mirror,
        "@COURSE@": str(course.folder),
    }
    for student in HONEST:
        course.submit(student, short(f"secret = '{CANARY}'"), {})
    for attack in EVERY:
        handed_in(course, attack, known)
    return course


@pytest.fixture(scope="package")
def told(course: Course) -> str:
    """What autograde said of all of them; some could not be graded."""
    environ = {"INSTRUCTORS_SECRET": CANARY, "HOME": str(course.folder / "home")}
    said = course.nbgrader("autograde", NAME, *LIMITS, fails=True, **environ)
    course.nbgrader("generate_feedback", NAME)
    (course.folder / "said.txt").write_text(said)
    return said
