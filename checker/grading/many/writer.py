"""The one who writes to the gradebook and to `autograded/`; it grades nothing.

The same answer may be recorded twice and changes nothing then.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from sqlalchemy import text

from checker.grading.many.values import Graded, Rows
from checker.grading.outcome import UNGRADED


class Writer:
    """Keeps what workers return, one submission at a time, each whole or not at all."""

    def __init__(self, url: str, course: str, autograded: Path) -> None:
        self.book: Any = Gradebook(url, course)
        self.autograded = autograded
        self.count = 0
        self._analyse()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self.book.close()

    def record(self, graded: Graded) -> None:
        """Write the rows, then the files: what has no files yet is graded again after a crash."""
        place = self.autograded / graded.student / graded.lesson
        ready = place.with_name(f".{graded.lesson}.new")
        remove(ready)
        if graded.scored:
            write_files(graded, ready)
        self._write_rows(graded)
        remove(place)
        if graded.scored:
            ready.rename(place)
        self.count += 1
        if self.count in (100, 1000) or self.count % 5000 == 0:
            self._analyse()

    def _write_rows(self, graded: Graded) -> None:
        book = self.book
        book.update_or_create_student(graded.student)
        when = {"timestamp": graded.timestamp} if graded.timestamp else {}
        book.update_or_create_submission(graded.lesson, graded.student, **when)
        found = {one.notebook: one for one in graded.rows}
        for notebook in book.find_submission(graded.lesson, graded.student).notebooks:
            if rows := found.get(notebook.name):
                fill(notebook, rows)
            else:
                tell(notebook, graded.reason)
        book.db.commit()
        book.db.expunge_all()

    def _analyse(self) -> None:
        """Let the database count its rows: without that it reads all of them for each look-up."""
        self.book.db.execute(text("analyze"))
        self.book.db.commit()


def fill(notebook: Any, rows: Rows) -> None:
    """Take over what a worker found; a score given by hand stays, and asks to be looked at."""
    notebook.late_submission_penalty = rows.penalty
    for grade in notebook.grades:
        grade.auto_score, needs = rows.grades[grade.name]
        grade.needs_manual_grade = needs or grade.manual_score is not None
    for comment in notebook.comments:
        comment.auto_comment = rows.comments[comment.name]


def tell(notebook: Any, reason: str) -> None:
    """Say in the gradebook that a human must look, and why."""
    for grade in notebook.grades:
        grade.auto_score, grade.needs_manual_grade = None, True
    for comment in sorted(notebook.comments, key=lambda one: str(one.name))[:1]:
        comment.auto_comment = f"{UNGRADED}{reason}"


def write_files(graded: Graded, folder: Path) -> None:
    """Write what grading made."""
    for file in graded.files:
        path = folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
        path.chmod(file.mode)


def remove(folder: Path) -> None:
    """Remove a folder, if it is there."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
