"""What the documents tell to type is typed here, on a real engine, in a copy of the course."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import runnable
from tests.live.bench import Bench
from tests.live.harness import everything_made
from tests.pages import ROOT
from tests.runnable import Block

pytestmark = pytest.mark.timeout(600)

IMAGES = ("busybox:1.37", "python:3.13-slim")
IN_THE_COURSE = ("tutorial.md", "change.md")
"""Pages whose commands change the course; those of the others need an empty folder."""


@pytest.fixture
def engine(bench: Bench) -> Iterator[None]:
    """The engine with the pages' images; what appears on it is removed.

    It is lent for the while, because the tutorial runs tests of its own on it.
    """
    bench.images_ready(IMAGES)
    bench.end()
    bench.kept.clear()
    before = bench.things()
    yield
    bench.remove(bench.things().beyond(before))
    bench.begin(everything_made())


def copy_of_the_course(folder: Path) -> Path:
    """All files of the project, with the environment that this test runs in."""
    listed = subprocess.run(
        ("git", "ls-files", "--cached", "--others", "--exclude-standard"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    for name in filter(lambda name: (ROOT / name).is_file(), listed):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def typed(block: Block, folder: Path, course: Path) -> str:
    """Type a block in a terminal there; all that it printed."""
    done = subprocess.run(
        ("bash", "-e", "-o", "pipefail", "-c", block.text),
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(course),
            "PYTHON": "true",  # make sets nothing up: the environment is there
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{block.text}\n--- printed ---\n{done.stdout}"
    return done.stdout


@pytest.mark.parametrize("page", runnable.pages(ROOT / "docs"), ids=lambda page: page.stem)
def test_what_a_page_tells_to_type_works(engine: None, tmp_path: Path, page: Path) -> None:
    course = folder = ROOT
    if page.name in IN_THE_COURSE:
        course = folder = copy_of_the_course(tmp_path)
    else:
        folder = tmp_path
    printed = ""
    for block in runnable.blocks(page):
        if block.kind == "run":
            printed = typed(block, folder, course)
        elif block.kind == "shows":
            assert block.text in printed, f"{block.text}\n--- is not in ---\n{printed}"
        elif block.caption:
            path = folder / block.caption
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
