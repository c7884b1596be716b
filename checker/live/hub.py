"""Follow the lessons that somebody has open, and tell all who look. It knows no web server.

One thread does it all. It sleeps until the engine, a client or the evidence says something.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import TypeAlias

from checker import engine, hints, lessons, work
from checker.engine import Client, EngineTrouble
from checker.evidence import Store, goes_on
from checker.lesson import Lesson
from checker.live import seen as sight
from checker.live.seen import Seen
from checker.model import Evidence, Json
from checker.watch import POLL, RETRY, Down, Ear, Moment, Redraw, State, Wake, Watch, begin, gather

log = logging.getLogger("checker.live")


@dataclass(frozen=True, slots=True)
class Again:
    """Somebody opened or closed a lesson, or did something that shows without an event."""


@dataclass(frozen=True, slots=True)
class End:
    """Follow nothing more."""


Heard: TypeAlias = Down | Wake | Redraw | Again | End


@dataclass(slots=True)
class Followed:
    """A lesson that is open: its watch while an engine answers, and what was seen last."""

    lesson: Lesson
    seen: Seen
    watch: Watch | None = None
    known: Evidence | None = None

    def take(self, moment: Moment) -> None:
        """Take in a moment; where the evidence began anew, so does what is seen."""
        self.seen = self.seen.then(moment)
        evidence = _evidence(self.lesson, self.watch)
        if self.watch and self.known and not goes_on(evidence, after=self.known):
            state = State(moment.state.steps, begin(self.lesson, evidence).ever)
            fresh = Moment(state, trouble=moment.trouble)
            self.watch.moment = fresh
            self.seen = sight.first(self.lesson, fresh, evidence)
        self.known = evidence

    @property
    def written(self) -> bool:
        """Whether somebody else wrote evidence: a check in the notebook, or a reset."""
        return _evidence(self.lesson, self.watch) is not self.known


def _evidence(lesson: Lesson, watch: Watch | None) -> Evidence:
    keeper = watch.session.keeper if watch else Store(work.evidence_of(lesson), lesson.name)
    return keeper.load()


def from_evidence(lesson: Lesson, trouble: str) -> Followed:
    """A lesson as its evidence tells it, while no engine answers."""
    evidence = _evidence(lesson, None)
    moment = Moment(begin(lesson, evidence), trouble=trouble)
    return Followed(lesson, sight.first(lesson, moment, evidence), known=evidence)


@dataclass(slots=True)
class Hub:
    """One for a server: `tell` is called, in the hub's thread, with all that is new.

    `overview` gives the list of lessons.
    """

    tell: Callable[[Json], None]
    overview: Callable[[], Json]
    words: SimpleQueue[Heard] = field(default_factory=SimpleQueue)
    _viewers: Counter[str] = field(default_factory=Counter)
    _following: dict[str, Followed] = field(default_factory=dict)
    _client: Client | None = None
    _ear: Ear | None = None
    _why: str = ""
    _thread: threading.Thread | None = None

    def show(self, name: str) -> None:
        """Somebody opens a lesson."""
        self._viewers[name] += 1
        self._begin()
        self.words.put(Again())

    def hide(self, name: str) -> None:
        """Somebody closes a lesson."""
        self._viewers[name] -= 1
        self.words.put(Again())

    def again(self) -> None:
        """Tell everything once more: something was done that sends no event."""
        self.words.put(Again())

    def stop(self) -> None:
        """Follow nothing more."""
        self.words.put(End())
        if self._thread:
            self._thread.join(10)

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="workbook-hub", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        heard: tuple[Heard, ...] = ()
        while not any(isinstance(word, End) for word in heard):
            self._turn(heard)
            heard = gather(self.words, self._patience())
        self._lose("")

    def _patience(self) -> float | None:
        """How long silence may last: nobody looking needs nothing, nobody answering a retry."""
        if not self._following:
            return None
        return POLL if self._client else RETRY

    def _turn(self, heard: tuple[Heard, ...]) -> None:
        """Take in what was heard, and tell what is new."""
        if any(isinstance(word, Down) for word in heard):
            self._lose("")
        self._open_and_close()
        if self._following and self._client is None:
            self._seek()
        again = any(isinstance(word, Again) for word in heard)
        woken = tuple(word for word in heard if isinstance(word, Wake))
        for one in tuple(self._following.values()):
            self._look(one, woken, again=again, silent=not heard)

    def _open_and_close(self) -> None:
        viewers = dict(self._viewers)  # a copy: clients come and go in another thread
        wanted = {name for name, count in viewers.items() if count > 0}
        for name in set(self._following) - wanted:
            del self._following[name]
        for name in wanted - set(self._following):
            self._following[name] = from_evidence(lessons.find(name), self._why)

    def _seek(self) -> None:
        """Find an engine that answers, and listen to it."""
        try:
            self._client = engine.connect(engine.find())
            self._ear = Ear(engine.connect(self._client.engine), words=self.words)  # type: ignore[arg-type]
            self._ear.start()
            self._why = ""
        except EngineTrouble as trouble:
            self._lose(str(trouble))

    def _lose(self, why: str) -> None:
        """Ask this engine no more, and say why."""
        self._why = why
        if self._ear:
            self._ear.stop()
            self._ear.client.close()
        if self._client:
            self._client.close()
        self._client = self._ear = None
        for one in self._following.values():
            one.watch = None

    def _look(self, one: Followed, woken: tuple[Wake, ...], *, again: bool, silent: bool) -> None:
        """Look at a lesson where there is reason to, and tell what it looks like."""
        before = one.seen
        try:
            self._see(one, woken, silent=silent)
        except EngineTrouble as trouble:
            self._lose(str(trouble))
        except Exception as fault:  # a thread that ends would leave all panels as they are
            why = f"This lesson could not be looked at: {fault}"
            if why != before.moment.trouble:
                log.exception("A lesson could not be looked at")
            one.watch = None
            one.seen = one.seen.then(Moment(before.moment.state, trouble=why))
        if self._client is None and one.seen.moment.trouble != self._why:
            one.take(Moment(one.seen.moment.state, trouble=self._why))
        if again or one.seen != before:
            self.tell(sight.as_json(one.seen, hints.recall(work.hints_file())))
            self.tell(self.overview())

    def _see(self, one: Followed, woken: tuple[Wake, ...], *, silent: bool) -> None:
        if self._client is None or self._ear is None:
            return
        if one.watch is None:
            one.watch = Watch(work.session_on(self._client, one.lesson), self._ear)
            one.take(one.watch.moment)
        elif woken or one.written:
            one.take(one.watch.hear((Wake(),)))
        elif silent:
            one.take(one.watch.hear(()))
        if one.watch.moment.trouble:
            self._lose(one.watch.moment.trouble)
