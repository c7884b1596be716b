"""A submission replayed: the learner's cells in a seal, checks outside. It knows no nbgrader."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from checker import report
from checker.engine import Client, connect
from checker.evidence import Memory
from checker.grading import compare, outputs, scores
from checker.grading.scores import Output
from checker.grading.seal import CellRun, Limits
from checker.judge import Report, StepReport
from checker.lesson import Lesson
from checker.model import Evidence, Json
from checker.observe import Observer
from checker.observe.files import FILE_BYTES, Read, Stored
from checker.session import Recorder, Session, at_best

FILES_BYTES = 64_000_000
"""Bytes of the learner's folder that are taken out of a seal for a check."""

GRACE = 120.0
"""Seconds that a seal lives for its checks, beside those that the learner's cells have."""

ON_EVIDENCE = "This step is judged on the evidence that was handed in: {why}."
EMPTY = "The cells of this step are empty; what was typed in a terminal is not run here."
NO_EVIDENCE = "No evidence was handed in, and a replay may not repeat this step: {why}."


class Seal(Protocol):
    """What a replay needs of a seal."""

    folder: str

    def client(self) -> Client:
        """A client of the seal's engine."""

    def take(self, most_bytes: int) -> Mapping[str, Stored]:
        """The files of the learner's folder."""

    def run(self, source: str, seconds: float | None = None) -> CellRun:
        """Run a cell in the learner's kernel."""

    def answers(self, names: Iterable[str]) -> Mapping[str, Json]:
        """Variables of the learner's kernel."""


@dataclass(slots=True)
class Replay:
    """One submission at work: what it showed, what its checks said, how long it took.

    `reports` are those that count; `replayed` those of the replay, also where evidence counts.
    `empty` are the steps whose cells hold no answer.
    """

    lesson: Lesson
    seal: Seal
    session: Session
    limits: Limits
    evidence: Evidence | None = None
    empty: frozenset[int] = frozenset()
    clock: Callable[[], float] = time.monotonic
    spent: float = 0.0
    cells: int = 0
    took: float = 0.0
    reports: dict[int, StepReport] = field(default_factory=dict)
    replayed: dict[int, StepReport] = field(default_factory=dict)
    on_evidence: set[int] = field(default_factory=set)

    def run(self, source: str) -> list[Output]:
        """Run a learner's cell, for as long as the notebook still has."""
        whole = self.limits.wall_seconds
        seconds = min(self.limits.cell_seconds, whole - self.spent)
        if seconds <= 0:
            return [scores.error("NoTimeLeft", outputs.NO_TIME.format(seconds=whole))]
        start = self.clock()
        done = self.seal.run(source, seconds)
        self.spent += self.clock() - start
        self.cells += 1
        return outputs.shown(done, seconds=seconds, most=self.limits.output_bytes)

    def check(self, number: int) -> Output:
        """The report on a step, as a check shows it."""
        found = self._judged(number)
        self.reports[number] = found.steps[0]
        return as_output(found, report.html(found))

    def overview(self) -> Output:
        """The whole lesson at a glance, as the first cell shows it."""
        found = self.session.check(None, self._answers())
        return as_output(found, report.overview_html(found))

    def _judged(self, number: int) -> Report:
        """What the replay shows; the evidence, where that shows more and the lesson says why."""
        why = self.lesson.step(number).on_evidence
        seen = self.session.check(number, self._answers())
        self.replayed[number] = seen.steps[0]
        if number in self.empty and not seen.done:
            seen = replace(seen, notes=(*seen.notes, EMPTY))
        if not why or seen.done:
            return seen
        if self.evidence is None:
            return replace(seen, notes=(*seen.notes, NO_EVIDENCE.format(why=why)))
        best = at_best(number, self.lesson, self.evidence, compare.MOST_LOOKS)
        if best.points <= seen.points:
            return seen
        self.on_evidence.add(number)
        return replace(seen, steps=(best,), notes=(*seen.notes, ON_EVIDENCE.format(why=why)))

    def _answers(self) -> Mapping[str, Json]:
        names = self.lesson.wanted().answers
        return {name: plain(one) for name, one in self.seal.answers(names).items()} if names else {}


@contextmanager
def replaying(
    seal: Seal,
    lesson: Lesson,
    limits: Limits,
    evidence: Evidence | None,
    empty: frozenset[int] = frozenset(),
) -> Iterator[Replay]:
    """A replay in this seal, with a recorder, so that what was there once is seen."""
    client = seal.client()
    eye = Observer(client, Path(seal.folder), reader(seal))
    session = Session(lesson, eye, Memory(Evidence(lesson=lesson.name)))
    session.note_what_is_there()
    with closing(connect(client.engine)) as listening:
        recorder = Recorder(listening, session.note_what_is_there)
        recorder.start()
        try:
            yield Replay(lesson, seal, session, limits, evidence, empty)
        finally:
            recorder.stop()


def reader(seal: Seal) -> Read:
    """How a file of the learner's folder is read: as a copy, with links left where they are."""

    def read(path: Path) -> Stored | None:
        name = path.relative_to(seal.folder).as_posix()
        found = seal.take(FILES_BYTES).get(name)
        return found and found._replace(content=found.content[:FILE_BYTES])

    return read


def as_output(found: Report, html: str) -> Output:
    """A report as the output of a cell: the points as text, which is what nbgrader reads."""
    data = {"text/plain": str(found.points), "text/html": html, scores.REPORT: report.json(found)}
    return {"output_type": "execute_result", "execution_count": None, "metadata": {}, "data": data}


def plain(value: Json, depth: int = 4) -> Json:
    """An answer as a check takes it: text, numbers and lists; of anything else its kind."""
    match value:
        case list() if depth:
            return [plain(one, depth - 1) for one in value[:100]]
        case list() | dict():
            return f"a value of type {type(value).__name__}"
        case _:
            return value
