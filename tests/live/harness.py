"""Run learners' answers on a real engine, as a notebook would, and judge them.

For authors of lessons. Answers stand in `tests/answers/NN_short/step_K.yaml`. Try them with

    python -m tests.live.run 02_containers          the lesson: solution, nothing done, answers
    python -m tests.live.run 02_containers 3        its step 3 alone
    python -m tests.live.run 02_containers 3 "old container"     the cases with that in their name
    pytest tests/live -k "02_containers and step_3 and wrong"    the same, through pytest

on the engine that DOCKER_HOST names. While tests run, that engine is theirs: whatever appears on
it during a case is removed after it. They stop before touching anything when it holds things with
the lessons' names.

A case goes so: the images of the lesson are there, but those of `without`; the reference solutions
of the steps in `before` run, recorded as in the notebook; `setup` runs, while nobody looks (the
notebook is closed: what is gone again before it opens is only known by the engine's events, and
with no `before` not at all); the recorder starts; the case's bash and python run in a fresh copy
of the exercise folder; the step is checked. A wrong answer must lose exactly the lines it names.
When it does not, the failure shows the lines as they would stand in the file.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import yaml

from checker import engine, lessons
from checker.claim import Failed, Unknown
from checker.engine import Client
from checker.evidence import Memory
from checker.judge import Line, StepReport, judge
from checker.lesson import Lesson
from checker.model import Evidence, Wanted
from checker.observe import Observer
from checker.session import Recorder, Session
from tests.live.bench import Bench
from tests.live.cases import Case, Lost, StepAnswers, fits
from tests.live.learner import Learner, folder_for
from tests.live.notebooks import cells_of

BETWEEN_LOOKS = 0.05
CALM = 0.5
"""Seconds: an answer that loses for so long what it is to lose will not change any more."""


def everything_made() -> Wanted:
    """What learners make in all lessons."""
    return Wanted().and_(*(lesson.makes() for lesson in lessons.every()))


@dataclass
class Harness:
    """One engine, and the means to look at it and to work on it."""

    bench: Bench
    client: Client

    @contextmanager
    def lesson_ready(self, lesson: Lesson, without: tuple[str, ...] = ()) -> Iterator[None]:
        """The lesson's images there, but those in `without`; all that appears is removed after."""
        if strangers := sorted(set(without) - set(lesson.images)):
            raise ValueError(f"{strangers[0]} is not among the images of lesson {lesson.name}")
        self.bench.images_ready(lesson.images, without)
        before = self.bench.things()
        try:
            yield
        finally:
            self.bench.remove(self.bench.things().beyond(before))
            self.bench.images_ready(lesson.images)

    def outcome(self, lesson: Lesson, step: int, answers: StepAnswers, case: Case) -> StepReport:
        """The report on the step after a learner gave this answer."""
        with self.lesson_ready(lesson, answers.without), folder_for(lesson.name) as folder:
            learner = Learner(folder, lesson.wanted().answers)
            keeper = Memory(Evidence(lesson=lesson.name))
            calm = Calm(lambda: same(case.loses, losses(_judged(lesson, step, keeper))))
            session = Session(lesson, Observer(self.client, folder), keeper, calm.sleep, calm)
            self._prepare(session, learner, answers)
            with self.recorded(session):
                learner.types(case.bash)
                learner.runs(case.python)
                return session.check(step, learner.answers).steps[0]

    def _prepare(self, session: Session, learner: Learner, answers: StepAnswers) -> None:
        name = session.lesson.name
        if answers.before:
            with self.recorded(session):
                for number in answers.before:
                    assert learner.runs(*cells_of(name, number)) == 0, "a reference cell fails"
                    session.check(number, learner.answers)
        assert learner.types(answers.setup) == 0, "the setup fails"

    @contextmanager
    def recorded(self, session: Session) -> Iterator[None]:
        """A first look, and then looks whenever something happens, as while a notebook is open."""
        session.note_what_is_there()
        client = engine.connect(self.client.engine)
        recorder = Recorder(client, session.note_what_is_there)
        recorder.start()
        try:
            yield
        finally:
            recorder.stop()
            for thread in threading.enumerate():
                if thread.name == "workbook-recorder":
                    thread.join(10)


@dataclass
class Calm:
    """A clock on which patience ends once an answer has lost, for a while, what it is to lose.

    Most wrong answers stay wrong, and a check waits up to 40 seconds for each of them.
    """

    lost: Callable[[], bool]
    looks: int = 0

    def sleep(self, _: float) -> None:
        """Wait, after a look that was not good enough."""
        self.looks = self.looks + 1 if self.lost() else 0
        time.sleep(BETWEEN_LOOKS)

    def __call__(self) -> float:
        """The time; without end once nothing is waited for."""
        return math.inf if self.looks * BETWEEN_LOOKS >= CALM else time.monotonic()


def _judged(lesson: Lesson, step: int, keeper: Memory) -> StepReport:
    return judge(lesson, keeper.load(), step).steps[0]


def losses(report: StepReport) -> tuple[Lost, ...]:
    """The lines that do not hold, as an answers file states them."""
    return tuple(_lost(line) for line in report.lines if not line.held)


def _lost(line: Line) -> Lost:
    match line.verdict:
        case Failed(found=found):
            return Lost(claim=line.sentence, found=found)
        case Unknown(why=why):
            return Lost(claim=line.sentence, later=why)
    raise AssertionError(f"{line.sentence} holds")


def same(expected: tuple[Lost, ...], seen: tuple[Lost, ...]) -> bool:
    """Whether exactly these lines are lost, in this order, with these sentences."""
    return len(expected) == len(seen) and all(map(_same, expected, seen))


def _same(expected: Lost, seen: Lost) -> bool:
    pairs = (
        (expected.claim, seen.claim),
        (expected.found, seen.found),
        (expected.later, seen.later),
    )
    return all(p == s or (p is not None and s is not None and fits(p, s)) for p, s in pairs)


def as_yaml(lost: tuple[Lost, ...]) -> str:
    """The lines as they would stand in an answers file."""
    rows = [
        {
            key: said
            for key in ("claim", "found", "later")
            if (said := getattr(one, key)) is not None
        }
        for one in lost
    ]
    return yaml.safe_dump({"loses": rows}, sort_keys=False, allow_unicode=True, width=1000)
