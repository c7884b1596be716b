"""A learner at work: types bash and notebook cells in a folder. It knows nothing of checks."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from checker.authoring.release import handed_out
from checker.model import Json
from tests.live.cases import ROOT
from tests.live.cells import Task, begin

PATIENCE = 60
"""Seconds an answer may take."""


@dataclass
class Learner:
    """Works in a copy of a lesson's folder; `answers` are the variables left behind."""

    folder: Path
    wanted: tuple[str, ...] = ()
    answers: dict[str, Json] = field(default_factory=dict)

    def types(self, script: str) -> int:
        """Run a bash script; its output goes to pytest's report."""
        return self._bash(script) if script.strip() else 0

    def runs(self, *cells: str) -> int:
        """Run notebook cells, magics included."""
        if not "".join(cells).strip():
            return 0
        with tempfile.TemporaryDirectory() as place:
            out, said = Path(place, "answers.json"), Path(place, "said.txt")
            task = Task(cells, self.wanted, self.folder, out, said, _environment())
            code = _ended("cells", begin(task), said)
            self.answers.update(json.loads(out.read_text()))
        return code

    def _bash(self, script: str) -> int:
        with tempfile.NamedTemporaryFile(prefix="said-") as said:
            process = subprocess.Popen(
                ["bash", "-c", script],
                cwd=self.folder,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            return _ended("bash", process, Path(said.name))


def _ended(what: str, process: subprocess.Popen[bytes] | BaseProcess, said: Path) -> int:
    """The exit code, once the process is over; its output goes to pytest's report."""
    in_time = _waited(process)
    assert process.pid
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    code = _code(process)
    text = said.read_text(errors="replace") if said.exists() else ""
    print(f"--- {what}, exit code {code} ---\n{text[-6000:]}")
    if not in_time:
        raise TimeoutError(f"the {what} of this case took more than {PATIENCE} seconds")
    return code


def _waited(process: subprocess.Popen[bytes] | BaseProcess) -> bool:
    """Whether it ended in time; told at once, where `Popen.wait` would look every 50 ms."""
    if isinstance(process, BaseProcess):
        return bool(wait([process.sentinel], PATIENCE))
    door = os.pidfd_open(process.pid)
    try:
        return bool(wait([door], PATIENCE))
    finally:
        os.close(door)


def _code(process: subprocess.Popen[bytes] | BaseProcess) -> int:
    if isinstance(process, subprocess.Popen):
        return process.wait()
    process.join()
    return process.exitcode or 0


def _environment() -> dict[str, str]:
    here = str(Path(sys.executable).parent)
    return {
        **os.environ,
        "PATH": f"{here}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "DOCKER_CLI_HINTS": "false",
    }


@contextlib.contextmanager
def folder_for(lesson: str) -> Iterator[Path]:
    """A fresh copy of what a learner gets for the lesson."""
    source = ROOT / "solutions" / lesson
    with tempfile.TemporaryDirectory(prefix="workbook-", ignore_cleanup_errors=True) as place:
        target = Path(place, lesson)
        target.mkdir()
        for name in handed_out(source):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, target / name)
        yield target
