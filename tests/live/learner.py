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
from pathlib import Path

from checker.authoring.release import handed_out
from checker.model import Json
from tests.live.cases import ROOT

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
        return self._run("bash", ["bash", "-c", script]) if script.strip() else 0

    def runs(self, *cells: str) -> int:
        """Run notebook cells, magics included."""
        if not "".join(cells).strip():
            return 0
        with tempfile.TemporaryDirectory() as place:
            task, out = Path(place, "task.json"), Path(place, "answers.json")
            task.write_text(json.dumps({"cells": cells, "answers": self.wanted}))
            program = str(ROOT / "tests" / "live" / "cells.py")
            code = self._run("cells", [sys.executable, "-P", program, str(task), str(out)])
            self.answers.update(json.loads(out.read_text()))
        return code

    def _run(self, what: str, command: list[str]) -> int:
        with tempfile.TemporaryFile("w+", errors="replace") as said:
            process = subprocess.Popen(
                command,
                cwd=self.folder,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                code = process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                code = -1
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            said.seek(0)
            print(f"--- {what}, exit code {code} ---\n{said.read()[-6000:]}")
        if code == -1:
            raise TimeoutError(f"the {what} of this case took more than {PATIENCE} seconds")
        return code


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
