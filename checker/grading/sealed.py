"""nbgrader's way into a seal: a submission runs in an engine of its own, its checks outside."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_locked
from traitlets import Enum, Float, Int, Unicode
from traitlets import List as ListOf

from checker import course, lessons
from checker.authoring.source import FORMAT
from checker.engine import EngineTrouble
from checker.grading import compare, record, scores, stages
from checker.grading.begin import is_stub, originals
from checker.grading.outcome import CouldNotGrade, refuse_old_points, step_of
from checker.grading.replay import GRACE, Replay, replaying
from checker.grading.restore import LACKS, MISSING, NOTES
from checker.grading.seal import Limits, SealTrouble, Settings, open_seal, prepare
from checker.grading.seal.packages import hosts
from checker.lesson import Lesson
from checker.model import Evidence
from checker.unwritten import given, unwritten
from checker.versions import Versions

HOW = (
    "**How this was graded.** {cells} cells were run anew, from the first to the last, in an "
    "engine that was empty before, in {seconds:.0f} seconds. The points are those of the checks."
)
_OVERVIEW = re.compile(r"^check\([^,)\n]*\)\s*\Z", re.MULTILINE)
_USUAL = Limits()


class SealedExecute(NbGraderPreprocessor):
    """Runs a submission in a seal, and its checks on the seal's engine from outside."""

    kind = Enum(["userns", "userns-privileged"], "userns", help="How tight a seal is.").tag(
        config=True
    )
    network = Enum(
        ["lesson", "mirror", "none", "packages"],
        "lesson",
        help="What a seal may reach; unless set, what the lesson needs.",
    ).tag(config=True)
    packages = ListOf(
        Unicode(),
        help='Hosts within reach of the network "packages"; else those that this computer uses.',
    ).tag(config=True)
    host = Unicode("", help="The engine that holds the seals; else the one at hand.").tag(
        config=True
    )
    mirror = Unicode("", help="The course mirror as containers reach it; else it is found.").tag(
        config=True
    )
    memory = Unicode(_USUAL.memory, help="Memory of a seal.").tag(config=True)
    cpus = Float(_USUAL.cpus, help="Processors of a seal.").tag(config=True)
    processes = Int(_USUAL.processes, help="Processes and threads of a seal.").tag(config=True)
    disk = Unicode(_USUAL.disk, help="Disk of a seal.").tag(config=True)
    output_bytes = Int(_USUAL.output_bytes, help="Bytes of output kept of a cell.").tag(config=True)
    cell_seconds = Float(_USUAL.cell_seconds, help="Seconds a cell may take.").tag(config=True)
    wall_seconds = Float(_USUAL.wall_seconds, help="Seconds all cells may take.").tag(config=True)
    run = Unicode(uuid4().hex[:12], help="The name of the grading run, on all its seals.").tag(
        config=True
    )

    def limits(self) -> Limits:
        """What this submission may use."""
        return Limits(**{name: getattr(self, name) for name in Limits.__dataclass_fields__})

    def settings(self, lesson: Lesson) -> Settings:
        """How this submission's seal is made; it lives a little longer than the cells may run."""
        kind: Any = self.kind
        needed = "packages" if lesson.packages else "mirror"
        network: Any = needed if self.network == "lesson" else self.network
        reach = tuple(self.packages) or hosts() if network == "packages" else ()
        return Settings(
            host=self.host,
            kind=kind,
            network=network,
            mirror=self.mirror,
            packages=reach,
            folder=lesson.name,
            limits=replace(self.limits(), wall_seconds=self.wall_seconds + GRACE),
        )

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Run the notebook in a seal, and say how it was graded; raises `CouldNotGrade`."""
        named, folder = resources["nbgrader"], Path(resources["metadata"]["path"])
        notes = [str(note) for note in nb.metadata.pop(NOTES, [])]
        try:
            lesson = lessons.find(named["assignment"])
            refuse_old_points(nb, lesson)
            evidence = self._evidence(folder, lesson, notes)
            replay = self._replayed(nb, lesson, folder, evidence, notes)
        except (SealTrouble, EngineTrouble, LookupError) as fault:
            raise CouldNotGrade(str(fault)) from fault
        said = HOW.format(cells=replay.cells, seconds=replay.took)
        nb.cells.append(FORMAT.v4.new_markdown_cell(said, id="how-graded"))
        self._keep(replay, named["student"], notes, folder)
        return nb, resources

    def _replayed(
        self, nb: Any, lesson: Lesson, folder: Path, evidence: Evidence | None, notes: list[str]
    ) -> Replay:
        settings = self.settings(lesson)
        files, original = stages.files_of(folder, lesson.name), originals(lesson.name)
        kept = self._kept(folder, lesson, [*files, *original], notes)
        changes = stages.changes(nb, files, original, kept)
        empty = frozenset(unwritten(nb.cells, given(course.solution(lesson.name).read_bytes())))
        prepare(settings)
        with open_seal(settings, run=self.run) as seal:
            start = time.monotonic()
            seal.put(changes.pop(0).puts)
            with replaying(seal, lesson, self.limits(), evidence, empty) as replay:
                for number, cell in enumerate(nb.cells):
                    with told_at(number + 1):
                        if change := changes.get(number):
                            seal.change(change.puts, change.drops)
                        if cell.cell_type == "code":
                            show(cell, replay)
            replay.took = time.monotonic() - start
            notes += seal.noticed()
        return replay

    def _evidence(self, folder: Path, lesson: Lesson, notes: list[str]) -> Evidence | None:
        try:
            return compare.handed_in(folder, lesson.name)
        except compare.Unreadable as fault:
            notes.append(str(fault))
            return None

    def _kept(self, folder: Path, lesson: Lesson, others: list[str], notes: list[str]) -> Versions:
        try:
            return stages.handed_in(folder, lesson.name, others)
        except stages.Unreadable as fault:
            notes.append(str(fault))
            return Versions()

    def _keep(self, replay: Replay, student: str, notes: list[str], folder: Path) -> None:
        """Keep for the instructor what the learner is not told."""
        lesson, seen = replay.lesson, replay.reports
        handed_in, replayed = replay.evidence, replay.replayed
        differ = compare.disagreements(lesson, handed_in, replayed) if handed_in else ()
        kept = record.Record(
            lesson=lesson.name,
            student=student,
            points=sum(one.points for one in seen.values()),
            out_of=lesson.points,
            seconds=round(replay.took, 1),
            cells=replay.cells,
            notes=tuple(notes),
            on_evidence=tuple(sorted(replay.on_evidence)),
            disagreements=tuple(differ),
        )
        record.write(kept, replay.session.keeper.load(), folder)
        for note in notes:
            self.log.warning("%s of %s, look at it: %s", lesson.name, student, note)


@contextmanager
def told_at(number: int) -> Iterator[None]:
    """Say at which cell a seal or its engine failed: that cell may have done it."""
    try:
        yield
    except (SealTrouble, EngineTrouble) as fault:
        raise CouldNotGrade(f"its replay stopped at cell {number}: {fault}") from fault


def show(cell: Any, replay: Replay) -> None:
    """Run one cell where it belongs, and give it its outputs."""
    if is_grade(cell):
        found = [_scored(cell, replay)]
    elif is_locked(cell) and (overview := _OVERVIEW.search(cell.source)):
        failed = replay.run(cell.source[: overview.start()])
        found = [*failed, replay.overview()]
    else:
        found = [] if is_stub(cell.source) or not cell.source.strip() else replay.run(cell.source)
    cell.outputs = [FORMAT.from_dict(output) for output in found]


def _scored(cell: Any, replay: Replay) -> scores.Output:
    """What a check shows; without it, and with trouble that is ours, no points and no zero."""
    if cell.metadata.pop(MISSING, False):
        return scores.error("NoCheck", LACKS)
    number = step_of(cell)
    found = replay.check(number)
    if why := found["data"][scores.REPORT]["trouble"]:
        raise CouldNotGrade(f"step {number} cannot be judged: {why}")
    (settled,) = scores.settled([found], cell.metadata["nbgrader"]["points"])
    return settled
