"""check() in a notebook: a report to see, and as plain text the bare number that nbgrader takes."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checker import engine, lessons, report
from checker.evidence import Memory, Store
from checker.judge import Report
from checker.lesson import Lesson
from checker.model import Evidence, Json
from checker.observe import Observer
from checker.session import Recorder, Session


class CouldNotCheck(Exception):
    """The check could not look; the cell fails loudly, and scores nothing for that reason."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows: the sentence alone."""
        return [f"Could not check: {self}"]


@dataclass(frozen=True, slots=True)
class Result:
    """What check() returns: HTML for people, the points as a bare number for nbgrader."""

    report: Report
    overview: bool = False

    def __repr__(self) -> str:
        """The points alone: nbgrader reads anything but a number as full marks."""
        return str(self.report.points)

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        shown = report.overview_html(self.report) if self.overview else report.html(self.report)
        return {
            "text/plain": repr(self),
            "text/html": shown,
            "application/vnd.workbook.check+json": report.json(self.report),
        }


_sessions: dict[str, Session] = {}
_recorders: dict[str, Recorder] = {}


def check(name: str, step: int | None = None) -> Result:
    """Check a step of a lesson, or the whole lesson; see `checker.check`."""
    with _quietly():
        try:
            lesson = lessons.find(str(name))  # a cell may say check(4)
            session = session_of(lesson)
            found = session.check(step, _answers(lesson))
        except (engine.EngineTrouble, LookupError) as fault:
            _forget_sessions()
            raise CouldNotCheck(str(fault)) from None
    if found.trouble and step is not None:
        raise CouldNotCheck(found.trouble)
    return Result(found, overview=step is None)


def session_of(lesson: Lesson) -> Session:
    """This kernel's session for the lesson, with evidence beside the notebook and a recorder."""
    if lesson.name not in _sessions:
        client = engine.connect(engine.find())
        _sessions[lesson.name] = session = Session(
            lesson, Observer(client, Path.cwd()), _keeper(lesson)
        )
        recorder = _recorders[lesson.name] = Recorder(
            engine.connect(client.engine), session.note_what_is_there
        )
        _keep_recorders_quiet()
        recorder.start()
    return _sessions[lesson.name]


def _keep_recorders_quiet() -> None:
    """Keep the recorder's lines out of whichever cell is running; the learner's own stay."""
    for name in ("urllib3.connectionpool", "urllib3.util.retry", "filelock"):
        logging.getLogger(name).addFilter(_is_not_a_recorders)


def _is_not_a_recorders(line: logging.LogRecord) -> bool:
    return not (line.threadName or "").startswith("workbook-")


def _forget_sessions() -> None:
    """Begin anew with the next check; the engine may be another one by then."""
    for recorder in _recorders.values():
        recorder.stop()
    _recorders.clear()
    _sessions.clear()


def _keeper(lesson: Lesson) -> Store | Memory:
    """Evidence beside the notebook; while nbgrader grades, submitted evidence does not count."""
    if os.environ.get("NBGRADER_EXECUTION") == "autograde":
        return Memory(Evidence(lesson=lesson.name))
    return Store(Path.cwd() / f"{lesson.name}.evidence.json", lesson.name)


def _answers(lesson: Lesson) -> dict[str, Json]:
    """The notebook's variables that the lesson asks for, as JSON data."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    space = shell.user_ns if shell is not None else {}
    return {name: _plain(space[name]) for name in lesson.wanted().answers if name in space}


def _plain(value: object) -> Json:
    """Text, numbers and lists of them as they are; anything else as its text."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case list() | tuple():
            return [_plain(one) for one in value[:100]]
        case _:
            return f"a value of type {type(value).__name__}"


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Keep warnings and stray lines off stderr: one line there costs all points of the cell."""
    before = logging.root.manager.disable
    logging.disable()  # a learner's logging.basicConfig() shows the lines of every library
    try:
        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
