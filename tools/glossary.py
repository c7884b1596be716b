"""The glossary's page, from docs/glossary.yaml; it knows which lessons exist and no engine."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec
import yaml

from checker import course
from checker.lesson import Lesson
from checker.lessons import names

SOURCE = Path(__file__).resolve().parent.parent / "docs" / "glossary.yaml"


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word in two sentences, where Docker tells more, and the lesson that teaches it."""

    says: str
    link: str
    lesson: str = ""


@cache
def entries() -> dict[str, Entry]:
    """Every word, in the order of the alphabet."""
    found = msgspec.convert(yaml.safe_load(SOURCE.read_text("utf-8")), dict[str, Entry])
    return dict(sorted(found.items(), key=lambda pair: pair[0].lower().lstrip(".")))


def anchor(word: str) -> str:
    """Where a word stands on the page."""
    return f"word-{re.sub('[^a-z]+', '-', word.lower()).strip('-')}"


def of(lesson: Lesson) -> tuple[str, ...]:
    """The words that a lesson teaches."""
    short = course.short(lesson.name)
    return tuple(word for word, entry in entries().items() if entry.lesson == short)


def page() -> str:
    """All words; a lesson that does not exist yet is not named."""
    folders = {course.short(folder): folder for folder in names()}
    return "\n".join(_entry(word, one, folders) for word, one in entries().items())


def _entry(word: str, entry: Entry, folders: dict[str, str]) -> str:
    folder = folders.get(entry.lesson)
    number = int(folder.partition("_")[0]) if folder else 0
    taught = f"[Lesson {number}](lessons/{folder}.md), " if folder else ""
    return (
        f"({anchor(word)})=\n## {word}\n\n{entry.says.strip()}\n"
        f"{taught}[Docker's page]({entry.link})\n"
    )
