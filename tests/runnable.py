"""The code in the documents that tests run: files, commands, and what commands show.

In `docs/*.md`, a block `{code-block}` with

    :class: run      is run by bash, in the order of the page, and must not fail
    :class: shows    stands, word for word, in what the block before it printed
    :caption: PATH   in a page about the course is a file that is written there
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(
    r"^(?P<fence>`{3,})\{code-block\} (?P<language>\w+)\n"
    r"(?P<options>(?::\w+:[^\n]*\n)*)\n?(?P<text>.*?)^(?P=fence)\s*$",
    re.DOTALL | re.MULTILINE,
)
OPTION = re.compile(r"^:(\w+): *(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """One block of code, and what a test does with it."""

    language: str
    text: str
    kind: str = ""
    caption: str = ""


def blocks(page: Path) -> Iterator[Block]:
    """The blocks of a page, in order."""
    for found in BLOCK.finditer(page.read_text(encoding="utf-8")):
        options = dict(OPTION.findall(found["options"]))
        yield Block(
            found["language"], found["text"], options.get("class", ""), options.get("caption", "")
        )


def pages(docs: Path) -> tuple[Path, ...]:
    """The pages that have something to run."""
    return tuple(
        page
        for page in sorted(docs.glob("*.md"))
        if any(block.kind == "run" for block in blocks(page))
    )
