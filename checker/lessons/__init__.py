"""The lessons, found by listing this folder: one file each, no registry."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from checker import course
from checker.lesson import Lesson


class UnknownLesson(LookupError):
    """There is no such lesson; the message offers the nearest names."""


def names() -> tuple[str, ...]:
    """The lessons' folders in order; without a course folder, their short names."""
    there = {module.name for module in iter_modules([str(Path(__file__).parent)])}
    try:
        return tuple(folder for folder in course.folders() if course.short(folder) in there)
    except FileNotFoundError:
        return tuple(sorted(there))


def find(name: str) -> Lesson:
    """The lesson named `04_volumes`, `volumes` or `4`; raises `UnknownLesson` with near names."""
    folder = course.folder_of(name)
    known = {module.name for module in iter_modules([str(Path(__file__).parent)])}
    short = course.short(folder)
    if short not in known:
        near = get_close_matches(short, sorted(known), n=2, cutoff=0.5)
        all_ = names()
        offered = [folder for folder in all_ if course.short(folder) in near] or list(all_)
        raise UnknownLesson(f"No lesson is named {name}; there is {', '.join(offered)}.")
    found: Lesson = import_module(f"{__name__}.{short}").LESSON
    return replace(found, name=folder)


def every() -> tuple[Lesson, ...]:
    """All lessons, in order."""
    return tuple(find(name) for name in names())
