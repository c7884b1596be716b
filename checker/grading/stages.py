"""The learner's files at each step of a replay, from what their checks kept; it runs no cell.

Where nothing was kept, a replay has from its first cell on what `begin` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from nbgrader.utils import is_grade

from checker.grading.begin import beginning, code, writer
from checker.grading.intake import names
from checker.grading.outcome import CouldNotGrade, step_of
from checker.versions import Versions, from_json, place_of

MOST_BYTES = 8_000_000
"""Bytes of kept files that are read; a lesson's have some ten thousand."""

MOST_NAMES = 2_000

ALL_BYTES = 200_000_000
"""Bytes of all files of a submission."""

Files = Mapping[str, bytes]
IsWritten = Callable[[str], bool]


class Unreadable(Exception):
    """What was handed in as the files of each check cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to the learner's files before a cell."""

    puts: Files
    drops: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """The cells up to a step's check, and that check; `start` is the index of the first."""

    start: int
    step: int
    sources: list[str]


def handed_in(folder: Path, lesson: str, others: Iterable[str] = ()) -> Versions:
    """What the checks kept, nothing where nothing was handed in; raises `Unreadable`.

    The names must go with those of the `others` that the folder holds or that were handed out.
    """
    path = place_of(folder, lesson)
    if path.is_symlink() or not path.is_file():
        return Versions()
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(f"{path.name} has more than {MOST_BYTES:,} bytes")
    try:
        found = from_json(path.read_bytes())
        _need_files(found.names(), others)
    except (ValueError, RecursionError) as fault:
        raise Unreadable(f"{path.name} is not what checks keep: {fault}") from fault
    return found


def _need_files(kept: frozenset[str], others: Iterable[str]) -> None:
    """Refuse names that lead out, and a file that is a folder of another's."""
    if len(kept) > MOST_NAMES:
        raise ValueError(f"it names more than {MOST_NAMES} files")
    every = kept.union(others)
    for name in sorted(kept):
        if fault := names.fault_of(name, names.Limits().depth):
            raise ValueError(f"{names.shown(name)} {fault}")
    for name in sorted(every):
        above = map(str, PurePosixPath(name).parents)
        if file := next((one for one in above if one in every), ""):
            raise ValueError(f"{names.shown(file)} is a file, and {names.shown(name)} lies in it")


def changes(nb: Any, files: Files, original: Files, kept: Versions) -> dict[int, Change]:
    """What happens before which cell of a notebook; the first change lays out all files.

    A file changes where the step's check found another text than the check before, unless a cell
    of the step writes it.
    """
    sources = code(nb.cells)
    begins = beginning(files, sources, original)
    is_written = writer(sources)
    found: dict[int, Change] = {}
    before: Files = original
    for section in sections(nb):
        texts = kept.at(section.step)
        if texts is None:
            after = _as_handed_in(before, begins, is_written)
        else:
            after = _as_kept(texts, before, begins, files, kept.names())
        found[section.start] = _change(before, after, writer(section.sources))
        before = after
    first = found.get(0, Change(begins))
    unchanged = {name: data for name, data in original.items() if name not in first.drops}
    needed = {start: one for start, one in found.items() if one.puts or one.drops}
    return needed | {0: Change(unchanged | dict(first.puts))}


def sections(nb: Any) -> Iterator[Section]:
    """A notebook's cells, by the check that they lead to."""
    start = 0
    for index, cell in enumerate(nb.cells):
        if is_grade(cell):
            yield Section(start, step_of(cell), code(nb.cells[start:index]))
            start = index + 1


def _as_handed_in(before: Files, begins: Files, is_written: IsWritten) -> Files:
    """The files after the last check that kept any: what no cell writes is in its last state."""
    cells = {name: data for name, data in before.items() if is_written(name)}
    return cells | {name: data for name, data in begins.items() if not is_written(name)}


def _as_kept(
    texts: Files, before: Files, begins: Files, files: Files, named: frozenset[str]
) -> Files:
    """The files at a check; one that is missing there and handed in was too long to be kept."""
    others = {name: data for name, data in begins.items() if name not in named}
    stays = {name: data for name, data in before.items() if name in files}
    return {**stays, **others, **texts}


def _change(before: Files, after: Files, is_written: IsWritten) -> Change:
    differ = (name for name in {**before, **after} if before.get(name) != after.get(name))
    free = [name for name in differ if not is_written(name)]
    puts = {name: after[name] for name in free if name in after}
    return Change(puts, frozenset(free) - puts.keys())


def files_of(folder: Path, lesson: str) -> dict[str, bytes]:
    """The regular files of a submission, but its evidence; no link is followed."""
    paths = (path for path in sorted(folder.rglob("*")) if _regular(path, folder))
    found = [path for path in paths if not path.name.startswith(f"{lesson}.evidence")]
    if (size := sum(path.stat().st_size for path in found)) > ALL_BYTES:
        raise CouldNotGrade(
            f"its files have {size:,} bytes together, and at most {ALL_BYTES:,} are graded."
        )
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _regular(path: Path, folder: Path) -> bool:
    inside = [path, *path.parents][: len(path.relative_to(folder).parts)]
    return path.is_file() and not any(one.is_symlink() for one in inside)


def lay_out(folder: Path, there: Files, change: Change) -> None:
    """Bring a folder that holds these files into the state in which its notebook begins."""
    write(folder, Change(change.puts, frozenset(there.keys() - change.puts.keys())))


def write(folder: Path, change: Change) -> None:
    """Change the files of a folder; what cannot be written belongs to a container."""
    for name in change.drops:
        with suppress(OSError):
            (folder / name).unlink()
    for name, data in change.puts.items():
        path = folder / name
        with suppress(OSError):
            if not (path.is_file() and path.read_bytes() == data):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
