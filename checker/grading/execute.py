"""Run a submission for nbgrader on one engine, and leave that engine as it was before."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from subprocess import DEVNULL
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade
from traitlets import default

from checker import engine, lessons
from checker.authoring.source import FORMAT
from checker.grading import scores, stages, traces
from checker.grading.begin import is_stub, originals
from checker.grading.outcome import CouldNotGrade, refuse_old_points
from checker.grading.restore import LACKS, MISSING
from checker.lesson import Lesson
from checker.versions import Versions

PATIENCE = 300
"""Seconds a cell may take; pulling an image over a slow line takes minutes."""

MOST = 1_000_000
"""Characters of output that are kept of a cell; a log that is followed has no end."""

ENDED = "This cell did not run to its end: the notebook's kernel stopped before."
THERE = "On the engine already, so that their points come without pulling them: %s"


class GradeOnEngine(Execute):
    """nbgrader's Execute on the engine at hand; another engine is another `client`."""

    _done: int = -1
    _shown: tuple[int, int] = (-1, 0)
    _sockets: Path = Path()
    _folder: Path = Path()
    _changes: Mapping[int, stages.Change] = MappingProxyType({})

    @default("timeout")
    def _timeout_default(self) -> int:
        return PATIENCE

    @default("error_on_timeout")
    def _error_on_timeout_default(self) -> dict[str, Any]:
        said = f"This cell took more than {self.timeout} seconds and was stopped."
        return {"ename": "CellTimeoutError", "evalue": said, "traceback": [said]}

    def client(self) -> engine.Client:
        """The engine on which the submission runs; its kernel finds the same one."""
        return engine.connect(engine.find())

    def preprocess(self, nb: Any, resources: Any, km: Any = None) -> Any:
        """Run the notebook, clear the engine, and settle what the checks showed."""
        try:
            lesson = lessons.find(resources["nbgrader"]["assignment"])
            refuse_old_points(nb, lesson)
            self._lay_out(nb, Path(resources["metadata"]["path"]), lesson)
            with closing(self.client()) as client, self._left_as_found(client, lesson):
                nb, resources = self._run(nb, resources, km)
        except (engine.EngineTrouble, LookupError, CouldNotGrade) as fault:
            raise CouldNotGrade(str(fault)) from fault
        for cell in filter(is_grade, nb.cells):
            found = scores.settled(cell.outputs, cell.metadata["nbgrader"]["points"])
            cell.outputs = [FORMAT.from_dict(output) for output in found]
        return nb, resources

    def _lay_out(self, nb: Any, folder: Path, lesson: Lesson) -> None:
        """Have the folder as the learner's was before the first cell, and plan its changes."""
        there, original = stages.files_of(folder, lesson.name), originals(lesson.name)
        try:
            kept = stages.handed_in(folder, lesson.name, [*there, *original])
        except stages.Unreadable as fault:
            self.log.warning("%s", fault)
            kept = Versions()
        changes = stages.changes(nb, there, original, kept)
        stages.lay_out(folder, there, changes.pop(0))
        self._folder, self._changes = folder, changes

    @contextmanager
    def _left_as_found(self, client: engine.Client, lesson: Lesson) -> Iterator[None]:
        """Refuse an engine with the lesson's objects; afterwards remove what the run made."""
        before = traces.look(client, lesson)
        refuse_crowded(before, lesson)
        if there := sorted(traces.judged(lesson) & before.images):
            self.log.warning(THERE, ", ".join(there))
        try:
            yield
        finally:
            for sentence in traces.clear(client, lesson, before):
                self.log.warning("%s", sentence)

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> Any:
        """Run one cell; a check is our own, whatever the learner calls check."""
        self._done = index
        if change := self._changes.get(index):
            stages.write(self._folder, change)
        if cell.cell_type == "code" and is_stub(cell.source):
            return cell, resources
        if cell.cell_type != "code" or not is_grade(cell):
            return super().preprocess_cell(cell, resources, index)
        if cell.metadata.pop(MISSING, False):
            cell.outputs = [FORMAT.from_dict(scores.error("NoCheck", LACKS))]
            return cell, resources
        shown = cell.source
        cell.source = f"from checker import check\n{shown}"
        try:
            return super().preprocess_cell(cell, resources, index)
        finally:
            cell.source = shown

    def output(self, outs: Any, msg: Any, display_id: Any, cell_index: int) -> Any:
        """Keep an output, unless the cell has shown too much already."""
        if cell_index != self._shown[0]:
            self._shown = (cell_index, 0)
        size = self._shown[1] + len(str(msg["content"]))
        self._shown = (cell_index, size)
        is_report = scores.REPORT in msg["content"].get("data", {})
        if size > MOST and not is_report and msg["msg_type"] != "error":
            return None
        return super().output(outs, msg, display_id, cell_index)

    def create_kernel_manager(self) -> Any:
        """A kernel that listens on sockets of this user alone, where the system has them."""
        manager = super().create_kernel_manager()
        if os.name == "posix":
            manager.transport, manager.ip = "ipc", str(self._sockets / "kernel")
        return manager

    def start_new_kernel(self, **options: Any) -> None:
        """Start a kernel whose own lines, a dying thread's for one, stay out of the terminal."""
        super().start_new_kernel(stdout=DEVNULL, stderr=DEVNULL, **options)

    def _run(self, nb: Any, resources: Any, km: Any) -> Any:
        """Run all cells; when the kernel stops, the cell at hand and those after it fail."""
        self._done, self._shown = -1, (-1, 0)
        with TemporaryDirectory(prefix="workbook-") as sockets:
            self._sockets = Path(sockets)
            try:
                return super().preprocess(nb, resources, km)
            except (DeadKernelError, CellTimeoutError, RuntimeError) as fault:
                said = str(fault).partition("\n")[0]
        if self._done < 0:
            raise CouldNotGrade(f"the notebook's kernel did not start: {said}")
        self.log.warning("The kernel stopped: %s", said)
        for cell in nb.cells[self._done :]:
            if cell.cell_type == "code":
                ended = scores.error("KernelStopped", ENDED)
                cell.outputs = [*cell.get("outputs", []), FORMAT.from_dict(ended)]
        return nb, resources


def refuse_crowded(before: traces.There, lesson: Lesson) -> None:
    """Refuse an engine on which the lesson's objects are already there."""
    if found := traces.in_the_way(before, lesson):
        raise CouldNotGrade(
            f"{', '.join(found)} must not be there before the run; "
            f"see workbook reset {lesson.name}, then grade again."
        )
