"""What goes to a worker and what comes back, by value: a worker may be on another computer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One submission to grade: the course's own files, a gradebook of nobody, and the answer."""

    lesson: str
    student: str
    run: str
    course: Mapping[str, bytes]
    submission: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that grading made."""

    name: str
    data: bytes
    mode: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What a graded notebook adds to the gradebook; cells are told by their names."""

    notebook: str
    penalty: float | None
    grades: Mapping[str, tuple[float | None, bool]]
    comments: Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """How a job ended: scored, or not, and then why."""

    lesson: str
    student: str
    scored: bool
    reason: str = ""
    seconds: float = 0.0
    log: str = ""
    timestamp: str = ""
    files: tuple[File, ...] = ()
    rows: tuple[Rows, ...] = ()

    @property
    def points(self) -> float:
        """The points of all checks."""
        return sum(auto or 0.0 for one in self.rows for auto, _ in one.grades.values())
