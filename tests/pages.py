"""The documents as tests read them: prose, code, and the commands that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("*.md")),
)
LESSONS = tuple(sorted((ROOT / "solutions").glob("*/*.md")))
FENCE = re.compile(r"^(`{3,})[^\n]*\n(.*?)^\1\s*$", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")


def prose(page: Path) -> str:
    """A page without its code."""
    return SPAN.sub("", FENCE.sub("", page.read_text(encoding="utf-8")))


def codes(page: Path) -> Iterator[str]:
    """The pieces of code in a page, line by line."""
    text = page.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        yield from found[2].splitlines()
    yield from SPAN.findall(FENCE.sub("", text))


@cache
def named(program: str) -> tuple[str, ...]:
    """The commands of a program that the pages and lessons name, with all that follows."""
    pages = (*PAGES, *LESSONS)
    lines = (line.strip().removeprefix(".venv/bin/") for page in pages for line in codes(page))
    return tuple(dict.fromkeys(line for line in lines if line.startswith(f"{program} ")))
