"""Follow one lesson live: events wake, looking judges. It knows nothing of terminals."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from typing import TypeAlias, TypeVar

from checker import peek, versions
from checker.engine import Client, EngineTrouble
from checker.judge import Report, StepReport, judge
from checker.lesson import Lesson
from checker.model import Evidence
from checker.session import SETTLE, Session, best, wakes

POLL = 1.0
"""Seconds between two looks at the active step: files and replies send no events."""

BURST = 20
"""Words that one look may answer: a busy engine does not put it off for ever."""

RETRY = 0.3
"""Seconds between two attempts to hear an engine that is gone."""


@dataclass(frozen=True, slots=True)
class State:
    """A lesson as last seen; `ever` are the steps that were done at some moment.

    A step stays done when a later one removes what it made, as many lessons ask for.
    """

    steps: tuple[StepReport, ...]
    ever: frozenset[int]

    @property
    def active(self) -> int | None:
        """The first step that was never done."""
        return next((s.number for s in self.steps if s.number not in self.ever), None)

    def after(self, report: Report) -> State:
        """The state with the steps of a report in it."""
        new = {step.number: step for step in report.steps}
        done = {step.number for step in report.steps if step.done}
        return State(tuple(new.get(s.number, s) for s in self.steps), self.ever | done)


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that has come to hold, or that no longer does."""

    step: int
    sentence: str
    held: bool


def changes(old: State, new: State) -> tuple[Change, ...]:
    """What differs between two states of a lesson, in the order of the claims."""
    return tuple(
        Change(after.number, now.sentence, now.held)
        for before, after in zip(old.steps, new.steps, strict=True)
        for was, now in zip(before.lines, after.lines, strict=True)
        if was.held != now.held
    )


@dataclass(frozen=True, slots=True)
class Moment:
    """What there is to show: the state, what changed, and why the engine cannot be asked."""

    state: State
    changes: tuple[Change, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Down:
    """The engine can no longer be heard."""

    why: str


@dataclass(frozen=True, slots=True)
class Wake:
    """Something happened: an event, or the engine is heard (again)."""


@dataclass(frozen=True, slots=True)
class Redraw:
    """The terminal has another size."""


Word: TypeAlias = Down | Wake | Redraw


@dataclass(slots=True)
class Ear:
    """Listens to one engine in a thread of its own; it says words and judges nothing.

    A SimpleQueue may be fed from a signal handler; other queues could lock up there.
    """

    client: Client
    words: SimpleQueue[Word] = field(default_factory=SimpleQueue)
    _stop: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Begin to listen."""
        threading.Thread(target=self._listen, name="workbook-ear", daemon=True).start()

    def stop(self) -> None:
        """Say no more."""
        self._stop.set()

    def _say(self, word: Word) -> None:
        if not self._stop.is_set():
            self.words.put(word)

    def _listen(self) -> None:
        while not self._stop.is_set():
            try:
                self._hear_events()
                self._say(Down(""))
            except EngineTrouble as trouble:
                self._say(Down(str(trouble)))
            self._stop.wait(RETRY)

    def _hear_events(self) -> None:
        with self.client.listen() as events:
            self._say(Wake())
            for _ in wakes(events):
                if self._stop.is_set():
                    return
                self._say(Wake())


@dataclass(slots=True)
class Watch:
    """One lesson, looked at whenever the ear hears something.

    What sends no event is looked at every second, in the active step alone.
    """

    session: Session
    ear: Ear
    moment: Moment = field(init=False)

    def __post_init__(self) -> None:
        """Know how things stand before anything happens."""
        evidence = self.session.look(self.session.lesson.wanted())
        self.moment = Moment(begin(self.session.lesson, evidence))

    def moments(self) -> Iterator[Moment]:
        """Every moment at which there is something to show, without end."""
        self.ear.start()
        yield self.moment
        try:
            while True:
                before = self.moment
                if self.hear(gather(self.ear.words)) is not before:
                    yield self.moment
        finally:
            self.ear.stop()

    @property
    def complete(self) -> bool:
        """Whether every step was done at some moment."""
        return self.moment.state.active is None

    def hear(self, words: tuple[Word, ...]) -> Moment:
        """The moment after these words, or after a second of silence; an old one if none is new."""
        self.moment = self._next(words)
        return self.moment

    def _next(self, words: tuple[Word, ...]) -> Moment:
        here = self.moment
        told = [word for word in words if not isinstance(word, Redraw)]
        then = here if words and not told else self._heard(told[-1] if told else None)
        resized = len(told) < len(words)
        return replace(here, changes=()) if resized and then is here else then

    def _heard(self, word: Word | None) -> Moment:
        """The moment after the last word said, or after a second of silence."""
        here = self.moment
        match word:
            case Down(why):
                why = why or f"The Docker engine at {self.ear.client.engine.host} has stopped."
                return here if here.trouble else Moment(here.state, trouble=why)
            case Wake():
                return self._looked(None)
        active = here.state.active
        try:
            changed = active is not None and self._changed_silently(active)
        except EngineTrouble as trouble:
            return here if here.trouble else Moment(here.state, trouble=str(trouble))
        return self._looked(active) if changed else here

    def _changed_silently(self, step: int) -> bool:
        """Whether a peek at what of a step sends no event shows something new."""
        now = self.session.keeper.load().now
        wanted = peek.silent(self.session.lesson.step(step).wants, now)
        if peek.is_nothing(wanted):
            return False
        return peek.differs(wanted, self.session.eye.see(wanted), now)

    def _looked(self, step: int | None) -> Moment:
        """The moment after a look at all steps, or at one; the same moment when nothing is new."""
        here, lesson = self.moment, self.session.lesson
        try:
            report = judge(lesson, self.session.look(lesson.wanted(step)), step)
        except EngineTrouble as trouble:
            return here if here.trouble else Moment(here.state, trouble=str(trouble))
        new = here.state.after(report)
        if new == here.state and not here.trouble:
            return here
        self._keep_files(here.state, new)
        return Moment(new, changes(here.state, new))

    def _keep_files(self, old: State, new: State) -> None:
        """Have grading know the files with which a step earned more; a check tells of trouble."""
        for was, now in zip(old.steps, new.steps, strict=True):
            if now.points > was.points:
                versions.note(self.session.keeper, now.number, now.points)


T = TypeVar("T")


def gather(words: SimpleQueue[T], patience: float | None = POLL) -> tuple[T, ...]:
    """What is said; after the first word, what follows within a blink belongs to it."""
    said: list[T] = []
    with contextlib.suppress(Empty):
        said.append(words.get(timeout=patience))
        while len(said) < BURST:
            said.append(words.get(timeout=SETTLE))
    return tuple(said)


def begin(lesson: Lesson, evidence: Evidence) -> State:
    """How a lesson stands, and which steps were done before."""
    most = zip(best(lesson, evidence), lesson.steps, strict=True)
    done = {number for number, (got, step) in enumerate(most, start=1) if got == step.points}
    return State(judge(lesson, evidence).steps, frozenset(done))
