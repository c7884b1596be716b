"""The files with which a replay begins: what a cell writes is as it was handed out.

A learner's folder is handed in as it is at the end. A cell that changes a file would meet its own
result, and cells before it a state that they never saw. What no cell writes stays as it was
handed in: the learner made it in an editor.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from checker import course
from checker.authoring.release import handed_out

_INTO = re.compile(
    r"(?:>|^%%(?:writefile|file)\s+(?:-a\s)?)\s*[\"']?([^\s\"'|&;<>()]+)", re.MULTILINE
)
_PYTHON = re.compile(
    r"open\(\s*[\"']([^\"']+)[\"']\s*,\s*[\"'][wax]|Path\(\s*[\"']([^\"']+)[\"']\s*\)\.write_"
)
_COMMAND = re.compile(
    r"\b(?:sed|perl)\b.*\s-\w*i|(?<![\w./-])(?:cp|dd|install|mv|patch|rm|tee|touch)\s"
)
_STUB = re.compile(r"\s*%%(?:writefile|file)\b.*(?:\n[^\S\n]*(?:#.*)?)*")
_MOVES = re.compile(r"\b(?:cd|chdir)\b")


def beginning(
    handed_in: Mapping[str, bytes], sources: Iterable[str], original: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The files, by name, at the start of a notebook with these cells."""
    is_written = writer(sources)
    kept = {name: data for name, data in handed_in.items() if not is_written(name)}
    return kept | {name: data for name, data in original.items() if is_written(name)}


def code(cells: Iterable[Any]) -> list[str]:
    """The sources of code cells, but of those that were left as they were handed out."""
    sources = (str(cell.source) for cell in cells if cell.cell_type == "code")
    return [source for source in sources if not is_stub(source)]


def is_stub(source: str) -> bool:
    """Whether a cell would write a file of comments alone: the learner made it in an editor."""
    return bool(_STUB.fullmatch(source))


def originals(lesson: str) -> dict[str, bytes]:
    """The files that learners get of a lesson, beside its notebook."""
    source = course.root() / "solutions" / lesson
    return {name: (source / name).read_bytes() for name in handed_out(source)}


def writer(sources: Iterable[str]) -> Callable[[str], bool]:
    """Tells whether one of the cells writes the file of a name; after `cd` its end is enough."""
    sources = tuple(sources)
    written = {PurePosixPath(word).as_posix() for source in sources for word in _words(source)}
    moves = any(map(_MOVES.search, sources))

    def is_written(name: str) -> bool:
        parts = PurePosixPath(name).parts
        ends = range(len(parts) if moves else 1)
        return any("/".join(parts[start:]) in written for start in ends)

    return is_written


def _words(source: str) -> Iterator[str]:
    """Words of a cell that may be files which it writes."""
    yield from _INTO.findall(source)
    yield from (first or second for first, second in _PYTHON.findall(source))
    for line in source.splitlines():
        if _COMMAND.search(line):
            yield from (word.strip("\"'();") for word in line.split())
