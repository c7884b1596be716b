"""Grading on the engine at hand, seen from the kernel that it starts; no engine is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat

from checker.grading.execute import GradeOnEngine

NB: Any = nbformat
OPEN = """
import os
def leads(number):
    try:
        return os.readlink(f"/proc/self/fd/{number}")
    except OSError:
        return ""
print("\\n".join(leads(number) for number in os.listdir("/proc/self/fd")))
"""


def test_a_kernels_own_lines_have_no_way_to_the_terminal(tmp_path: Path) -> None:
    """What a thread says after the kernel has closed its streams comes to its first ones."""
    notebook = NB.v4.new_notebook(cells=[NB.v4.new_code_cell(OPEN)])

    GradeOnEngine()._run(notebook, {"metadata": {"path": str(tmp_path)}}, None)

    opened = notebook.cells[0].outputs[0]["text"].splitlines()
    assert opened.count("/dev/null") == 2, opened
