"""Keep people's work and the course's secrets when nbgrader generates an assignment."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.converters import NbGraderException

from checker import course
from checker.authoring import BadSource, build, release
from checker.authoring.write import work_in

KEPT = ".workbook/kept"
"""Where work goes before nbgrader removes an exercise folder."""


class Guarded(NotebookExporter):
    """Writes notebooks for `nbgrader generate_assignment`, which first removes the exercise folder.

    nbgrader makes its exporter before it removes anything: the moment to refuse, or to keep.
    """

    def __init__(self, parent: Any = None, **kwargs: Any) -> None:
        super().__init__(parent=parent, **kwargs)  # type: ignore[no-untyped-call]
        root = Path(parent.coursedir.root)
        try:
            for place in parent.assignments:
                folder = Path(place).name
                refuse_stale(folder, root)
                into = root / parent.coursedir.release_directory
                if parent.force and into == root / "exercises":
                    keep(folder, root, parent.log)
        except (BadSource, OSError) as fault:
            parent.log.error("%s", fault)
            raise NbGraderException(str(fault)) from fault


def refuse_stale(folder: str, root: Path) -> None:
    """Refuse a solution that is not what its text says, or a folder with files too many."""
    source = root / "solutions" / folder
    release(folder, root)
    notebook = source / f"{folder}.ipynb"
    if notebook.read_text(encoding="utf-8") != build(source / f"{folder}.md"):
        raise BadSource(
            f"solutions/{folder}/{notebook.name} is not what {folder}.md says; type make exercises"
        )


def keep(folder: str, root: Path, log: Any) -> None:
    """Copy an exercise folder that holds somebody's work to where nothing removes it."""
    if work_in(folder, root):
        place = root / KEPT / f"{folder}-{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}"
        shutil.copytree(root / "exercises" / folder, place)
        log.warning("exercises/%s held work; a copy is kept in %s", folder, place)


def forget_evidence(*, notebooks: list[str], **_: object) -> None:
    """Remove evidence of the author's own runs from a fresh release; nbgrader copied it along."""
    for folder in {Path(notebook).parent.name for notebook in notebooks}:
        for path in course.exercise(folder).glob("*.evidence*.json*"):
            path.unlink()
