"""What is to be graded, and what each job needs of the course; it grades nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nbgrader import api
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc
from sqlalchemy import create_engine, func, insert, select

from checker import lessons
from checker.grading.execute import GradeOnEngine
from checker.grading.many.values import Job
from checker.grading.many.worker import BOOK, settings
from checker.grading.seal import Settings
from checker.grading.sealed import SealedExecute

_TABLES: tuple[Any, ...] = (
    *(api.Course, api.Assignment, api.Notebook, api.BaseCell),
    *(api.GradeCell, api.SolutionCell, api.TaskCell, api.SourceCell),
)


MANY = 1000
"""As many as anybody wants."""


class NotRegistered(LookupError):
    """The gradebook does not know the lesson."""


class Course:
    """A course as nbgrader's settings have it, and one of its lessons."""

    def __init__(self, root: Path, lesson: str) -> None:
        self.root, self.lesson = root, lesson
        self.settings = settings(root)
        untyped: Any = CourseDirectory
        self.folders = untyped(config=self.settings)
        self.url = str(self.folders.db_url)
        self.id = str(self.folders.course_id)

    def submissions(self) -> dict[str, Path]:
        """The folders with a notebook of the lesson, by learner."""
        place = Path(self._at("submitted_directory", "*"))
        found = Path(self._root()).glob(f"{place}/{self.lesson}.ipynb")
        return {path.parent.parent.name: path.parent for path in sorted(found)}

    def autograded(self) -> Path:
        """The folder for what is graded."""
        return Path(self._root()) / str(self.folders.autograded_directory)

    def missing(self, force: bool = False) -> dict[str, Path]:  # noqa: FBT001, FBT002
        """The submissions that have no score yet, or are newer than their score."""
        scored = self._scored()
        return {
            student: folder
            for student, folder in self.submissions().items()
            if force or student not in scored or self._is_newer(student, folder)
        }

    def seals(self) -> Settings | None:
        """How seals are made for this course; nothing where it is graded without them."""
        run = self.settings.Autograde.autograde_preprocessors
        if not any(issubclass(one, SealedExecute) for one in run):
            return None
        return SealedExecute(config=self.settings).settings(lessons.find(self.lesson))

    def at_once(self) -> int:
        """How many may run at once: one on the engine at hand, which they would share."""
        run = self.settings.Autograde.autograde_preprocessors
        return 1 if any(one is GradeOnEngine for one in run) else MANY

    def jobs(self, students: Mapping[str, Path], run: str) -> Iterator[Job]:
        """A job for each submission, which is read when its turn comes; raises `NotRegistered`."""
        shared = {
            BOOK: template(self.url, self.lesson),
            **{path.name: path.read_bytes() for path in sorted(self.root.glob("*.py"))},
            **prefixed(f"solutions/{self.lesson}", files_of(self.root / "solutions" / self.lesson)),
        }
        return (
            Job(
                lesson=self.lesson,
                student=student,
                run=run,
                course=shared,
                submission=files_of(folder),
            )
            for student, folder in students.items()
        )

    def _scored(self) -> set[str]:
        """The learners whose graded folder is there, and who have a score."""
        with api.Gradebook(self.url, self.id) as book:
            rows = book.db.execute(
                select(api.SubmittedAssignment.student_id)
                .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
                .join(
                    api.SubmittedNotebook,
                    api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id,
                )
                .join(api.Grade, api.Grade.notebook_id == api.SubmittedNotebook.id)
                .where(api.Assignment.name == self.lesson)
                .group_by(api.SubmittedAssignment.student_id)
                .having(func.count(func.coalesce(api.Grade.auto_score, api.Grade.manual_score)) > 0)
            )
            known = {str(row[0]) for row in rows}
        return {one for one in known if (self.autograded() / one / self.lesson).is_dir()}

    def _is_newer(self, student: str, folder: Path) -> bool:
        new, old = handed_in(folder), handed_in(self.autograded() / student / self.lesson)
        return new is not None and old is not None and new > old

    def _at(self, step: str, student: str) -> str:
        name = getattr(self.folders, step)
        found: str = self.folders.format_path(name, student, self.lesson)
        return str(Path(found).relative_to(self._root())) if Path(found).is_absolute() else found

    def _root(self) -> str:
        return str(self.folders.root)


def template(url: str, lesson: str) -> bytes:
    """A gradebook that knows the lesson's cells and no learner."""
    source = create_engine(url)
    with TemporaryDirectory() as folder, source.connect() as read:
        target = create_engine(f"sqlite:///{folder}/{BOOK}")
        api.Base.metadata.create_all(target)
        with target.begin() as write:
            for table, rows in _of_lesson(read, lesson):
                if rows:
                    write.execute(insert(table), rows)
            version = read.exec_driver_sql("select version_num from alembic_version").scalar()
            write.exec_driver_sql("create table alembic_version (version_num varchar(32) not null)")
            write.exec_driver_sql(f"insert into alembic_version values ('{version}')")  # noqa: S608
        target.dispose()
        source.dispose()
        return (Path(folder) / BOOK).read_bytes()


def _of_lesson(read: Any, lesson: str) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    """The rows of each table that belong to the lesson."""
    ids = {api.Assignment: _ids(read, api.Assignment.name == lesson, api.Assignment)}
    if not ids[api.Assignment]:
        raise NotRegistered(
            f"the gradebook does not know {lesson}; "
            f"type nbgrader generate_assignment {lesson} --force"
        )
    ids[api.Notebook] = _ids(
        read, api.Notebook.assignment_id.in_(ids[api.Assignment]), api.Notebook
    )
    base = api.BaseCell.__table__.c
    cells = [
        row[0]
        for row in read.execute(select(base.id).where(base.notebook_id.in_(ids[api.Notebook])))
    ]
    for kind in _TABLES:
        columns = kind.__table__.c
        match kind:
            case api.Course:
                where = columns.id.is_not(None)
            case api.Assignment | api.Notebook:
                where = columns.id.in_(ids[kind])
            case api.BaseCell | api.SourceCell:
                where = columns.notebook_id.in_(ids[api.Notebook])
            case _:
                where = columns.id.in_(cells)
        yield (
            kind.__table__,
            [dict(row._mapping) for row in read.execute(select(*columns).where(where))],
        )


def _ids(read: Any, where: Any, kind: Any) -> list[str]:
    return [row[0] for row in read.execute(select(kind.__table__.c.id).where(where))]


def files_of(folder: Path) -> dict[str, bytes]:
    """The regular files of a folder; no link is followed."""
    found = (path for path in sorted(folder.rglob("*")) if not linked(path, folder))
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in found if path.is_file()
    }


def linked(path: Path, folder: Path) -> bool:
    """Whether a path leads through a link below a folder, or the folder itself is one."""
    inside = path.relative_to(folder).parents
    return any((folder / one).is_symlink() for one in (path.relative_to(folder), *inside))


def prefixed(folder: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files as they are called one folder above."""
    return {f"{folder}/{name}": data for name, data in files.items()}


def handed_in(folder: Path) -> datetime | None:
    """The time in a submission's `timestamp.txt`."""
    with suppress(OSError, ValueError):
        found: datetime = parse_utc((folder / "timestamp.txt").read_text().strip())
        return found
    return None
