"""Look, wait, remember, judge: the only loop and the only clock. The engine is its parameter."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from checker import versions
from checker.engine import Client
from checker.evidence import MOST, goes_on
from checker.judge import Report, StepReport, judge, judge_step
from checker.lesson import Lesson
from checker.model import Answer, Evidence, Json, Snapshot, Wanted
from checker.reading import TELLING

BETWEEN = 0.2
"""Seconds between two looks while something settles."""

SETTLE = 0.01
"""Seconds after an event before the engine is looked at: events come in bursts."""


class Eye(Protocol):
    """What looks at an engine."""

    def see(
        self, wanted: Wanted, since: str = "", answers: Mapping[str, Json] | None = None
    ) -> Snapshot:
        """One look."""


class Keeper(Protocol):
    """What keeps evidence."""

    notes: list[str]

    def load(self) -> Evidence:
        """All looks so far."""

    def add(self, snapshot: Snapshot, after: Evidence | None = None) -> Evidence:
        """Remember one more look, unless the evidence began anew `after` the look began."""


@dataclass(slots=True)
class Session:
    """One lesson, looked at through one eye, remembered by one keeper."""

    lesson: Lesson
    eye: Eye
    keeper: Keeper
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _turn: threading.RLock = field(default_factory=threading.RLock)
    _wanted: dict[int | None, Wanted] = field(default_factory=dict)

    def look(self, wanted: Wanted, answers: Mapping[str, Json] | None = None) -> Evidence:
        """One look, remembered; answers not given now are those given last."""
        with self._turn:
            while True:
                before = self.keeper.load()
                snapshot = self.eye.see(wanted, before.now.taken, answers)
                if answers is None:
                    snapshot = replace(snapshot, answers=_last_answers(before, wanted.answers))
                evidence = self.keeper.add(snapshot, before)
                if goes_on(evidence, after=before):
                    return evidence

    def note_what_is_there(self) -> Evidence:
        """One look at the lesson's objects alone, for the recorder."""
        return self.look(self.lesson.wanted().names_only())

    def check(self, step: int | None = None, answers: Mapping[str, Json] | None = None) -> Report:
        """Look and judge, again and again while a failure may still cure itself.

        Raises `EngineTrouble` when the engine cannot be asked, `LookupError` for an unknown step.
        """
        if step not in self._wanted:
            self._wanted[step] = self.lesson.wanted(step)
        wanted = self._wanted[step]
        start = self.clock()
        while True:
            report = judge(self.lesson, self.look(wanted, answers), step)
            # An overview tells how things are; only a step's check is worth waiting for.
            settling = [line.patience for line in report.lines if line.settling and step]
            patience = max(settling, default=0.0)
            if self.clock() - start >= patience:
                kept = versions.note(self.keeper, step, report.points) if step else ()
                return replace(report, notes=(*self.keeper.notes, *kept))
            self.sleep(BETWEEN)


def best(lesson: Lesson, evidence: Evidence) -> tuple[int, ...]:
    """The most points each step has earned at any moment of the evidence."""
    numbers = range(1, len(lesson.steps) + 1)
    return tuple(at_best(number, lesson, evidence).points for number in numbers)


def at_best(number: int, lesson: Lesson, evidence: Evidence, looks: int = MOST) -> StepReport:
    """The report on a step at that of its last looks at which it earned most; the latest of them.

    A look asks for what its moment needed: a later one may know nothing of a step's files.
    """
    step = lesson.step(number)
    found = judge_step(number, step, evidence)
    count = len(evidence.snapshots)
    for until in range(count - 1, max(0, count - looks), -1):
        if found.done:
            break
        then = judge_step(number, step, evidence.until(until))
        found = then if then.points > found.points else found
    return found


def _last_answers(evidence: Evidence, names: Iterable[str]) -> tuple[Answer, ...]:
    """The answers as they were last given, for looks from outside the notebook."""
    found: dict[str, Answer] = {}
    for snapshot in evidence.snapshots:
        found.update({one.name: one for one in snapshot.answers})
    return tuple(found[name] for name in names if name in found)


def wakes(events: Iterable[Mapping[str, object]]) -> Iterable[None]:
    """One wake for each event that may have changed something; our own looking wakes nobody."""
    for event in events:
        if str(event.get("Action", "")).split(":")[0] in WAKING:
            yield None


WAKING = TELLING | {
    "kill",
    "pause",
    "unpause",
    "update",
    "untag",
    "delete",
    "import",
    "connect",
    "disconnect",
    "health_status",
    "remove",
    "prune",
}


@dataclass(slots=True)
class Recorder:
    """Looks whenever the engine says that something happened, in a thread of its own."""

    client: Client
    react: Callable[[], object]
    _thread: threading.Thread | None = None
    _stop: threading.Event = field(default_factory=threading.Event)
    _wake: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Begin to listen; a second start does nothing."""
        if self._thread is None or not self._thread.is_alive():
            self._stop.clear()
            self._thread = threading.Thread(
                target=self._work, name="workbook-recorder", daemon=True
            )
            self._thread.start()
            threading.Thread(target=self._listen, name="workbook-listener", daemon=True).start()

    def stop(self) -> None:
        """End after the look at hand."""
        self._stop.set()
        self._wake.set()

    def _listen(self) -> None:
        while not self._stop.is_set():
            try:
                with self.client.listen() as events:
                    self._wake.set()
                    for _ in wakes(events):
                        self._wake.set()
                        if self._stop.is_set():
                            return
            except Exception:  # noqa: S110 - see _work; the next listen begins with a look
                pass
            self._stop.wait(1.0)

    def _work(self) -> None:
        while self._wake.wait():
            time.sleep(SETTLE)
            self._wake.clear()
            if self._stop.is_set():  # asked after the clear, or the wake of a stop is lost
                return
            try:
                self.react()
            except Exception:
                # A thread that ends with a traceback writes it into whichever cell is running,
                # and one line on stderr costs that cell all its points. The check itself tells
                # what is wrong; the recorder tries again.
                self._stop.wait(1.0)
