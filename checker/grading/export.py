"""Grades as nbgrader exports them, with no zero for what could not be graded."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from nbgrader.plugins import CsvExportPlugin


class Grades(CsvExportPlugin):
    """nbgrader's CSV, in which a submission that has no score yet has none."""

    def export(self, gradebook: Any) -> None:
        """Write the grades; leave the score of what was not graded empty."""
        super().export(gradebook)
        path = Path(self.to or "grades.csv")
        with path.open(newline="") as file:
            header, *rows = csv.reader(file)
        waiting = set(ungraded(gradebook))
        with path.open("w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(_blank(dict(zip(header, row, strict=False)), waiting) for row in rows)


def ungraded(gradebook: Any) -> list[tuple[str, str]]:
    """Assignment and learner of each submission in which a check has no score."""
    return [
        (assignment.name, submission.student.id)
        for assignment in gradebook.assignments
        for submission in assignment.submissions
        for notebook in submission.notebooks
        if any(one.auto_score is None and one.manual_score is None for one in notebook.grades)
    ]


def _blank(row: dict[str, str], waiting: set[tuple[str, str]]) -> list[str]:
    if (row["assignment"], row["student_id"]) in waiting:
        row |= {"raw_score": "", "score": ""}
    return list(row.values())
