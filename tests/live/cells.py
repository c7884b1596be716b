"""Run notebook cells in a shell and a process of their own; part of the tests' harness.

The process is forked from a server that has imported what cells import: that takes most of a
second, and there are many answers.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import docker  # noqa: F401 - imported once for all
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from checker.notebook import _plain

FORKS = multiprocessing.get_context("forkserver")
# Each process runs the main module anew, which is pytest: 50 ms less when it is there already.
FORKS.set_forkserver_preload([__name__, "pytest"])


@dataclass(frozen=True)
class Task:
    """Cells to run in order in a folder, and the answers to keep as JSON in the file `out`."""

    cells: Sequence[str]
    answers: Sequence[str]
    folder: Path
    out: Path
    said: Path
    environment: Mapping[str, str]


def begin(task: Task) -> BaseProcess:
    """Start on the task; the exit code is 1 when a cell fails."""
    process = FORKS.Process(target=_main, args=(task,))
    process.start()
    return process


def _main(task: Task) -> None:
    os.setsid()
    os.chdir(task.folder)
    os.environ.clear()
    os.environ.update(task.environment)
    said = os.open(task.said, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for stream in (1, 2):
        os.dup2(said, stream)
    sys.exit(_run(task))


def _run(task: Task) -> int:
    """Run the cells, also those after a failing one."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "NoColor"
    shell: Any = InteractiveShell.instance(config=config)
    failed = [cell for cell in task.cells if not shell.run_cell(cell).success]
    there = {name: _plain(shell.user_ns[name]) for name in task.answers if name in shell.user_ns}
    task.out.write_text(json.dumps(there))
    return 1 if failed else 0
