"""Where the course lies: its root, its lessons' folders and their numbers. It knows no engine."""

from __future__ import annotations

import re
from pathlib import Path

_INSTRUCTORS = frozenset(("solutions", "release", "submitted", "autograded", "feedback"))
"""Folders of a course, in the words of nbgrader, in which nobody works on a lesson."""

_FOLDER = re.compile(r"\d\d_[a-z0-9_]+")


def root(start: Path | None = None) -> Path:
    """The folder that holds `exercises`: above `start`, or above this package."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, Path(__file__).resolve().parent.parent):
        if (folder / "exercises").is_dir() and (folder / "solutions").is_dir():
            return folder
    raise FileNotFoundError(
        f"the workbook was not found above {here}; change to its folder and try again"
    )


def folders(start: Path | None = None) -> tuple[str, ...]:
    """The lessons' folders, in order: `01_images`, `02_containers` and so on."""
    there = (root(start) / "solutions").iterdir()
    return tuple(sorted(p.name for p in there if p.is_dir() and _FOLDER.fullmatch(p.name)))


def short(name: str) -> str:
    """A lesson's name without its number."""
    return re.sub(r"^\d+_", "", name)


def folder_of(name: str, start: Path | None = None) -> str:
    """The folder of a lesson named `04_volumes`, `volumes`, `04` or `4`; else the name itself."""
    try:
        known = folders(start)
    except FileNotFoundError:
        return name
    wanted = name.strip().strip("/").rpartition("/")[2]
    for folder in known:
        number, _, rest = folder.partition("_")
        if wanted in (folder, rest, number) or (wanted.isdigit() and int(wanted) == int(number)):
            return folder
    return name


def solution(folder: str) -> Path:
    """The notebook with a lesson's solution."""
    return root() / "solutions" / folder / f"{folder}.ipynb"


def exercise(folder: str, start: Path | None = None) -> Path:
    """The folder in which a learner works on a lesson: the one around `start`, or the course's.

    A learner may have a copy of the lesson elsewhere, as from `nbgrader fetch`.
    """
    here = (start or Path.cwd()).resolve()
    for place in (here, *here.parents):
        own = place.name == folder and (place / f"{folder}.ipynb").is_file()
        if own and _INSTRUCTORS.isdisjoint(place.parts):
            return place
    return root(start) / "exercises" / folder
