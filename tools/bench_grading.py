"""Measure grades of a large course, and many submissions at 1, 2 and 4 at once. It asserts nothing.

`python -m tools.bench_grading grades` needs no engine. `... submissions` grades 20 copies of a
lesson's solution, in a course of its own, as `nbgrader_config.py` says: sealed, on the engine at
hand.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import create_engine, insert

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
LEARNERS, LESSONS, CHECKS = 1000, 10, 6
SUBMISSIONS = 20


def main(arguments: Sequence[str]) -> None:
    """Measure what is asked for, or both."""
    os.environ["PATH"] = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    with TemporaryDirectory(prefix="workbook-bench-") as folder:
        if not arguments or "grades" in arguments:
            grades(Path(folder) / "large")
        if not arguments or "submissions" in arguments:
            lesson = next((one for one in arguments if one[:1].isdigit()), "02_containers")
            submissions(Path(folder) / "course", lesson)


def grades(course: Path) -> None:
    """1,000 learners by 10 lessons: what reading costs, and what the whole command takes."""
    from checker.grading import platforms, totals

    for kind in ("exercises", "solutions"):
        (course / kind).mkdir(parents=True)
    url = f"sqlite:///{course}/gradebook.db"
    fill(url)
    start = time.perf_counter()
    book = totals.read(url)
    read = time.perf_counter() - start
    for name, shape in platforms.FORMATS.items():
        start = time.perf_counter()
        size = len(shape(book))
        told(f"{name}: {read + time.perf_counter() - start:.2f} s, {size:,} letters")
    start = time.perf_counter()
    command = (str(BIN / "workbook"), "grades", "--format", "moodle", "--to", "moodle.csv")
    subprocess.run(command, cwd=course, check=True, capture_output=True)
    told(f"workbook grades, all in all: {time.perf_counter() - start:.2f} s")


def fill(url: str) -> None:
    """A gradebook with a score for each learner, lesson and check."""
    from nbgrader import api

    engine = create_engine(url)
    untyped: Any = api
    untyped.Base.metadata.create_all(engine)
    tables = {name: table.__table__ for name, table in vars(untyped).items() if is_table(table)}
    lessons = [f"{number:02}_lesson" for number in range(1, LESSONS + 1)]
    cells = [(lesson, f"{lesson}-{check}") for lesson in lessons for check in range(CHECKS)]
    handed_in = [(f"s{who:04}", lesson) for who in range(LEARNERS) for lesson in lessons]
    rows: dict[str, list[dict[str, Any]]] = {
        "Course": [{"id": "bench"}],
        "Assignment": [{"id": one, "name": one, "course_id": "bench"} for one in lessons],
        "Notebook": [{"id": one, "name": one, "assignment_id": one} for one in lessons],
        "BaseCell": [
            {"id": cell, "name": cell, "notebook_id": lesson, "type": "GradeCell"}
            for lesson, cell in cells
        ],
        "GradeCell": [{"id": cell, "max_score": 3, "cell_type": "code"} for _, cell in cells],
        "Student": [{"id": f"s{who:04}"} for who in range(LEARNERS)],
        "SubmittedAssignment": [
            {"id": f"{who}-{lesson}", "assignment_id": lesson, "student_id": who}
            for who, lesson in handed_in
        ],
        "SubmittedNotebook": [
            {"id": f"{who}-{lesson}", "assignment_id": f"{who}-{lesson}", "notebook_id": lesson}
            for who, lesson in handed_in
        ],
        "Grade": [
            {"id": f"{who}-{cell}", "notebook_id": f"{who}-{lesson}", "cell_id": cell,
             "auto_score": 2.0, "needs_manual_grade": False}
            for who in (f"s{number:04}" for number in range(LEARNERS))
            for lesson, cell in cells
        ],
    }  # fmt: skip
    with engine.begin() as base:
        for name, values in rows.items():
            base.execute(insert(tables[name]), values)
    engine.dispose()


def is_table(found: object) -> bool:
    """Whether something is a class of nbgrader's that stands for a table."""
    return isinstance(found, type) and hasattr(found, "__table__")


def submissions(course: Path, lesson: str) -> None:
    """20 copies of a solution at 1, 2 and 4 at once, after one that has all images ready."""
    shutil.copytree(ROOT / "solutions" / lesson, course / "solutions" / lesson)
    shutil.copytree(ROOT / "exercises" / lesson, course / "exercises" / lesson)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    type_in(course, "nbgrader", "generate_assignment", lesson, "--force")
    for number in range(SUBMISSIONS):
        place = course / "submitted" / f"s{number:02}" / lesson
        shutil.copytree(course / "solutions" / lesson, place)
    type_in(course, "workbook", "grade", lesson, "--student", "s00")
    for jobs in (1, 2, 4):
        start = time.perf_counter()
        said = type_in(course, "workbook", "grade", lesson, "--jobs", str(jobs), "--force")
        took = time.perf_counter() - start
        (scored,) = re.findall(r"^\d+ scored, .*$", said, re.MULTILINE)
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
        told(
            f"{lesson}, {jobs} at once: {took:.1f} s for {SUBMISSIONS} ({scored}; load {load:.1f})"
        )


def type_in(course: Path, program: str, *arguments: str) -> str:
    """Type a command in a course; what it said."""
    command = (str(BIN / program), *arguments)
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def told(line: str) -> None:
    """Say a figure as soon as it is known."""
    print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
