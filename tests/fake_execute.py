"""Grades without an engine what a submission's first line wants; copied into courses of tests."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade

from checker.grading import scores
from checker.grading.outcome import CouldNotGrade


class FakeExecute(NbGraderPreprocessor):
    """Scores what the submission asks for: `points 1`, `sleep 2`, `fail`, `die`."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Do what the first cell says, and give each check its points."""
        wish, _, much = nb.cells[0].source.partition(" ")
        if wish == "sleep":
            time.sleep(float(much))
        if wish == "fail":
            raise CouldNotGrade(much)
        if wish == "die" and "workbook-submission-" in os.getcwd():  # noqa: PTH109
            os.kill(os.getpid(), signal.SIGKILL)
        points = float(much) if wish == "points" else 1.0
        for cell in filter(is_grade, nb.cells):
            data = {"text/plain": f"{points:g}", scores.REPORT: {"points": points}}
            output = {"output_type": "execute_result", "execution_count": 1, "metadata": {}}
            cell.outputs = [type(nb)({**output, "data": data})]
        return nb, resources
