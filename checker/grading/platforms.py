"""Marks in the shapes that other programs read; it knows no database and no file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable

from checker.grading.totals import Book, Learner, Lesson, Mark

NBGRADER = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)


def as_csv(book: Book) -> str:
    """The table that `nbgrader export` writes: a line for each learner and lesson."""
    pairs = ((lesson, learner) for lesson in book.lessons for learner in book.learners)
    return _table(
        NBGRADER, (_nbgrader(book.mark(lesson, one), lesson, one) for lesson, one in pairs)
    )


def as_canvas(book: Book) -> str:
    """A line for each learner under Canvas's own headings; empty where there is no score."""
    first = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
    possible = ("    Points Possible", "", "", "", "", *(f"{one.points:g}" for one in book.lessons))
    lines = (
        (one.name, one.platform_id or _number(one), "", _login(one), "", *_scores(book, one))
        for one in book.learners
    )
    return _table((*first, *_names(book)), (possible, *lines))


def as_moodle(book: Book) -> str:
    """A line for each learner under Moodle's own headings; empty where there is no score."""
    first = ("First name", "Last name", "ID number", "Email address")
    lines = (
        (one.first_name, one.last_name, one.platform_id or one.id, one.email, *_scores(book, one))
        for one in book.learners
    )
    return _table((*first, *_names(book)), lines)


def as_json(book: Book) -> str:
    """All that is known, for programs."""
    data = [
        {
            "student": one.id,
            "first_name": one.first_name,
            "last_name": one.last_name,
            "email": one.email,
            "lessons": {
                lesson.name: _data(book.mark(lesson, one), lesson) for lesson in book.lessons
            },
        }
        for one in book.learners
    ]
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, Callable[[Book], str]] = {
    "csv": as_csv,
    "canvas": as_canvas,
    "moodle": as_moodle,
    "json": as_json,
}


def _nbgrader(mark: Mark, lesson: Lesson, one: Learner) -> tuple[str, ...]:
    who = (one.id, one.last_name, one.first_name, one.email)
    raw, score = ("", "") if mark.waiting else (str(mark.raw), str(mark.score))
    counts = (raw, str(mark.penalty), score, str(lesson.points))
    return (lesson.name, str(lesson.due or ""), str(mark.at or ""), *who, *counts)


def _data(mark: Mark, lesson: Lesson) -> dict[str, object]:
    state = "waiting" if mark.waiting else "scored" if mark.handed_in else "not handed in"
    return {
        "state": state,
        "score": mark.score if mark.known else None,
        "raw_score": mark.raw if mark.known else None,
        "late_submission_penalty": mark.penalty,
        "max_score": lesson.points,
        "timestamp": mark.at.isoformat() if mark.at else None,
    }


def _scores(book: Book, one: Learner) -> tuple[str, ...]:
    marks = (book.mark(lesson, one) for lesson in book.lessons)
    return tuple(f"{mark.score:g}" if mark.known else "" for mark in marks)


def _names(book: Book) -> tuple[str, ...]:
    return tuple(lesson.name for lesson in book.lessons)


def _number(one: Learner) -> str:
    """Canvas's own id is a number; anything else is a name to log in with."""
    return one.id if one.id.isdigit() else ""


def _login(one: Learner) -> str:
    return "" if one.id.isdigit() else one.id


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
