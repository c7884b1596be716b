"""What could not be graded: said in the log, kept in the gradebook, counted at the end."""

from __future__ import annotations

import atexit
import logging
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps import AutogradeApp
from nbgrader.utils import is_grade
from sqlalchemy.exc import OperationalError

from checker.grading.intake.door import fault_of
from checker.grading.intake.names import Limits
from checker.lesson import Lesson

UNGRADED = "Could not be graded: "
"""How the comment begins that says why a submission has no score."""

_STEP = re.compile(r"step=(\d+)")
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\u00a0-\ud7ff]+")


class CouldNotGrade(Exception):
    """The submission could not be graded, which is not the learner's doing; no score is written."""


class Careful(NotebookExporter):
    """Reads and writes notebooks for `nbgrader autograde`; whatever stops it is told as a reason.

    Without it a notebook that is none fills the machine, and nbgrader keeps the reason in its
    log alone, as a traceback.
    """

    def from_filename(self, filename: str, resources: Any = None, **options: Any) -> Any:
        """Convert one notebook, or say why it could not be graded."""
        self.log.addFilter(_no_traceback_of_ours)
        try:
            if fault := fault_of(Path(filename), Limits()):
                raise CouldNotGrade(fault)
            return super().from_filename(filename, resources=resources, **options)
        except OperationalError:  # the gradebook itself; nbgrader stops all grading then
            raise
        except Exception as stop:
            named = resources["nbgrader"]
            reason = reason_of(stop)
            keep_reason(named, reason)
            sentence = f"The submission of {named['student']} could not be graded: {reason}"
            self.log.error("%s", sentence)
            _count(named, getattr(self.parent, "parent", None))
            raise CouldNotGrade(sentence) from None


def reason_of(fault: Exception) -> str:
    """Why grading stopped, in one line; our own sentences as they are."""
    said = str(fault)
    if isinstance(fault, CouldNotGrade):
        return said
    line = _UNPRINTABLE.sub(" ", said.strip().partition("\n")[0])[:200]
    kind = type(fault).__name__
    return f"its notebook cannot be read or run ({kind}: {line}); open it, and grade it by hand."


def keep_reason(named: Mapping[str, str], reason: str) -> None:
    """Tell the gradebook that a human must look, and why; scores of an earlier run are taken out.

    The reason stands in the comment on the first answer, which only an instructor sees: there is
    no feedback on what was not graded. A later run that succeeds writes its own comments.
    """
    with Gradebook(named["db_url"]) as book:
        try:
            found = book.find_submission_notebook(
                named["notebook"], named["assignment"], named["student"]
            )
        except MissingEntry:
            return
        for grade in found.grades:
            grade.auto_score, grade.needs_manual_grade = None, True
        for comment in sorted(found.comments, key=lambda one: str(one.name))[:1]:
            comment.auto_comment = f"{UNGRADED}{reason}"
        book.db.commit()


def refuse_old_points(nb: Any, lesson: Lesson) -> None:
    """Refuse a gradebook whose points are not the lesson's."""
    for cell in filter(is_grade, nb.cells):
        points = cell.metadata["nbgrader"]["points"]
        if lesson.step(step_of(cell)).points != points:
            name = cell.metadata["nbgrader"]["grade_id"]
            raise CouldNotGrade(
                f"{name} gives {points:g} points in the gradebook and not in the lesson; "
                f"type nbgrader generate_assignment {lesson.name} --force, then grade again."
            )


def step_of(cell: Any) -> int:
    """The step that a check cell is about; raises `CouldNotGrade`."""
    found = _STEP.search(cell.source)
    if found is None:
        name = cell.metadata["nbgrader"]["grade_id"]
        raise CouldNotGrade(
            f"{name} checks no step; a graded cell holds one line, check(LESSON, step=N)."
        )
    return int(found[1])


def ending(failed: Mapping[str, int]) -> str:
    """The last lines of a command: how many could not be graded, and what to do."""
    return "\n".join(
        f"{count} of lesson {lesson} could not be graded and {'has' if count == 1 else 'have'} "
        f"no score. The reasons: workbook grading outcomes {lesson}"
        for lesson, count in failed.items()
    )


_failed: dict[str, set[str]] = {}


def _count(named: Mapping[str, str], app: object) -> None:
    """Remember a failure for the end of the command; a server has no end to tell it at."""
    if not _failed and isinstance(app, AutogradeApp):
        atexit.register(_tell)
    _failed.setdefault(named["assignment"], set()).add(named["student"])


def _tell() -> None:
    sys.stderr.write(ending({lesson: len(who) for lesson, who in _failed.items()}) + "\n")


def _no_traceback_of_ours(line: logging.LogRecord) -> bool:
    """Keep nbgrader from showing a traceback of what has been said in a sentence."""
    return not (str(line.msg).startswith("Traceback") and CouldNotGrade.__name__ in str(line.msg))
