"""Grade one submission as `nbgrader autograde` does, in a course folder made for it alone.

It sees no gradebook but an empty one, and no other submission.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from checker.grading.many.values import File, Graded, Job, Rows

CONFIG = "nbgrader_config.py"
BOOK = "gradebook.db"
PREFIX = "workbook-submission-"
_REASON = re.compile(r"could not be graded: (.+)")


def grade(job: Job, within: Path | None = None) -> Graded:
    """Grade one submission, in a folder `within` another; Ctrl-C raises `KeyboardInterrupt`."""
    start = time.monotonic()
    with TemporaryDirectory(prefix=PREFIX, dir=within) as folder, _as_it_was():
        root = Path(folder).resolve()
        put(root, job.course)
        put(root / "submitted" / job.student / job.lesson, job.submission)
        (root / "exercises").mkdir(exist_ok=True)
        os.chdir(root)
        said = autograde(root, job)
        if "KeyboardInterrupt" in said.get("error", ""):
            raise KeyboardInterrupt
        timestamp, rows = rows_of(f"sqlite:///{root / BOOK}", job)
        return Graded(
            lesson=job.lesson,
            student=job.student,
            scored=bool(said["success"]),
            reason="" if said["success"] else reason_of(said),
            seconds=time.monotonic() - start,
            log=said.get("log", ""),
            timestamp=timestamp,
            files=tuple(files_below(root / "autograded" / job.student / job.lesson)),
            rows=rows,
        )


def autograde(root: Path, job: Job) -> Mapping[str, Any]:
    """What nbgrader says when it grades this one submission."""
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory

    log = logging.getLogger("workbook.grading")
    log.propagate = False
    log.handlers[:] = [logging.NullHandler()]
    config = settings(root)
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.db_url = f"sqlite:///{root / BOOK}"
    config.SealedExecute.run = job.run
    untyped: Any = NbGraderAPI
    api = untyped(coursedir=CourseDirectory(config=config, log=log), config=config, log=log)
    log.setLevel(logging.INFO)
    found: dict[str, Any] = api.autograde(job.lesson, job.student)
    return found


def settings(root: Path) -> Any:
    """What `nbgrader_config.py` sets."""
    from traitlets.config.loader import PyFileConfigLoader

    untyped: Any = PyFileConfigLoader
    return untyped(CONFIG, path=str(root)).load_config()


def reason_of(said: Mapping[str, Any]) -> str:
    """Why a submission could not be graded, from what nbgrader said."""
    if found := _REASON.findall(said.get("log", "")):
        return str(found[-1])
    lines = (said.get("error") or said.get("log") or "nbgrader says nothing").strip().splitlines()
    return str(lines[-1])[:300]


def rows_of(url: str, job: Job) -> tuple[str, tuple[Rows, ...]]:
    """When it was handed in, and what the submission adds to the gradebook."""
    from nbgrader.api import Gradebook, MissingEntry

    with Gradebook(url) as book:
        try:
            found = book.find_submission(job.lesson, job.student)
        except MissingEntry:
            return "", ()
        handed_in = f"{found.timestamp.isoformat()} UTC" if found.timestamp else ""
        return handed_in, tuple(_rows(notebook) for notebook in found.notebooks)


def _rows(notebook: Any) -> Rows:
    return Rows(
        notebook=notebook.name,
        penalty=notebook.late_submission_penalty,
        grades={one.name: (one.auto_score, one.needs_manual_grade) for one in notebook.grades},
        comments={one.name: one.auto_comment for one in notebook.comments},
    )


def put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def files_below(folder: Path) -> Iterator[File]:
    """The regular files of a folder; links are left where they are."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            name = path.relative_to(folder).as_posix()
            yield File(name=name, data=path.read_bytes(), mode=path.stat().st_mode & 0o777)


@contextmanager
def _as_it_was() -> Iterator[None]:
    """Let settings change the process for one submission only."""
    here, environ, path = Path.cwd(), dict(os.environ), list(sys.path)
    try:
        yield
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(environ)
        sys.path[:] = path
