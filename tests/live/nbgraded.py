"""A course in a folder of its own, as an instructor has it: nbgrader, submissions, scores."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook

from checker.grading import record
from tests import course_copy
from tests.live.bench import Things

NB: Any = nbformat


@dataclass(frozen=True)
class Course:
    """A course of one lesson, graded in one of the ways that nbgrader_config.py knows."""

    folder: Path
    lesson: str
    before: Things
    how: str = "on-engine"

    def nbgrader(self, *arguments: str, fails: bool = False, **environ: str) -> str:
        """Type an nbgrader command in the course's folder; all that it said."""
        done = subprocess.run(
            (str(Path(sys.executable).with_name("nbgrader")), *arguments),
            cwd=self.folder,
            env={
                **os.environ,
                "PATH": "/usr/local/bin:/usr/bin:/bin",
                "WORKBOOK_GRADING": self.how,
                **environ,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert bool(done.returncode) == fails, done.stdout
        return done.stdout

    def submit(self, student: str, notebook: Any, files: Mapping[str, bytes] | None = None) -> Path:
        """Hand in a notebook, with the evidence that a learner's checks leave beside it."""
        place = self.folder / "submitted" / student / self.lesson
        place.mkdir(parents=True)
        NB.write(notebook, place / f"{self.lesson}.ipynb")
        usual = {f"{self.lesson}.evidence.json": b"no evidence at all"}
        for name, data in (usual if files is None else files).items():
            (place / name).write_bytes(data)
        return place

    def scores(self, student: str) -> list[float | None]:
        """What the gradebook holds for each check."""
        with Gradebook(f"sqlite:///{self.folder}/gradebook.db") as book:
            notebook = book.find_submission_notebook(self.lesson, self.lesson, student)
            grades = {grade.name: grade.auto_score for grade in notebook.grades}
        return [grades[f"check-{number}"] for number in range(1, len(grades) + 1)]

    def graded(self, student: str) -> Any:
        """The notebook as it was graded."""
        place = self.folder / "autograded" / student / self.lesson / f"{self.lesson}.ipynb"
        return NB.read(place, as_version=4)

    def record(self, student: str) -> record.Record:
        """What is kept of a graded submission."""
        found = {one.student: one for one in record.every(self.lesson, self.folder)}
        return found[student]

    def feedback(self, student: str) -> str:
        """The page that a learner gets."""
        return (
            self.folder / "feedback" / student / self.lesson / f"{self.lesson}.html"
        ).read_text()


def made(folder: Path, lesson: str, before: Things, how: str) -> Course:
    """A course with a copy of one lesson, not yet in the gradebook."""
    course_copy.copy(folder, lesson)
    return Course(folder, lesson, before, how)
