"""All scores of a gradebook in six questions to its database; it knows no files and no formats.

nbgrader asks twice for each submission, which takes minutes for a large course.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, DateTime, Float, Integer, create_engine, text

SCORES = """
select sn.assignment_id as id,
  sum(coalesce(g.manual_score, g.auto_score, 0.0) + case
    when g.manual_score is null and g.auto_score is null then 0.0
    else coalesce(g.extra_credit, 0.0) end) as score,
  sum(case when g.manual_score is null and g.auto_score is null then 1 else 0 end) as waiting
from grade g join submitted_notebook sn on sn.id = g.notebook_id group by sn.assignment_id
"""
PENALTIES = """
select assignment_id as id, sum(late_submission_penalty) as penalty
from submitted_notebook group by assignment_id
"""
SUBMISSIONS = "select id, assignment_id, student_id, timestamp from submitted_assignment"
STUDENTS = """
select id, first_name, last_name, email, lms_user_id from student order by last_name, first_name
"""
LESSONS = "select id, name, duedate from assignment order by duedate, name"
MOST = """
select n.assignment_id as id, sum(coalesce(gc.max_score, tc.max_score)) as most
from base_cell b join notebook n on n.id = b.notebook_id
left join grade_cells gc on gc.id = b.id left join task_cells tc on tc.id = b.id
group by n.assignment_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """Who handed something in."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    platform_id: str = ""

    @property
    def name(self) -> str:
        """The name as lists have it; the id where there is none."""
        return ", ".join(part for part in (self.last_name, self.first_name) if part) or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A lesson as the gradebook has it."""

    name: str
    points: float
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one learner has for one lesson; `waiting` says that a check has no score yet."""

    raw: float = 0.0
    penalty: float = 0.0
    waiting: bool = False
    handed_in: bool = True
    at: datetime | None = None

    @property
    def score(self) -> float:
        """The points that count: never below zero."""
        return max(0.0, self.raw - self.penalty)

    @property
    def known(self) -> bool:
        """Whether there is a score that may be told."""
        return self.handed_in and not self.waiting


NOTHING = Mark(handed_in=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The marks of a course, by lesson's name and learner's id."""

    learners: tuple[Learner, ...]
    lessons: tuple[Lesson, ...]
    marks: dict[tuple[str, str], Mark]

    def mark(self, lesson: Lesson, learner: Learner) -> Mark:
        """The mark, also of what was not handed in."""
        return self.marks.get((lesson.name, learner.id), NOTHING)


def read(url: str) -> Book:
    """All marks of a gradebook; the database must be there."""
    engine = create_engine(url)
    try:
        with engine.connect() as base:
            return _book(base)
    finally:
        engine.dispose()


def _book(base: Connection) -> Book:
    scores = {row.id: row for row in _all(base, SCORES, score=Float, waiting=Integer)}
    penalties = {row.id: row.penalty for row in _all(base, PENALTIES, penalty=Float)}
    most = {row.id: row.most for row in _all(base, MOST, most=Float)}
    rows = _all(base, LESSONS, duedate=DateTime)
    names = {row.id: row.name for row in rows}
    return Book(
        learners=tuple(_learner(row) for row in _all(base, STUDENTS)),
        lessons=tuple(
            Lesson(name=row.name, points=most.get(row.id) or 0.0, due=row.duedate) for row in rows
        ),
        marks={
            (names[row.assignment_id], row.student_id): _mark(row, scores, penalties)
            for row in _all(base, SUBMISSIONS, timestamp=DateTime)
        },
    )


def _all(base: Connection, question: str, **types: Any) -> Sequence[Any]:
    return base.execute(text(question).columns(**types)).all()


def _learner(row: Any) -> Learner:
    return Learner(
        id=row.id,
        first_name=row.first_name or "",
        last_name=row.last_name or "",
        email=row.email or "",
        platform_id=row.lms_user_id or "",
    )


def _mark(row: Any, scores: dict[str, Any], penalties: dict[str, float]) -> Mark:
    found = scores.get(row.id)
    return Mark(
        raw=found.score if found else 0.0,
        penalty=penalties.get(row.id) or 0.0,
        waiting=bool(found and found.waiting),
        at=row.timestamp,
    )
