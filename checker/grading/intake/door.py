"""The last look at a submission before nbgrader reads it: no links, no file that is too large."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path

from checker.grading.intake.names import Limits, shown


def without_links(*, notebooks: list[str], **_: object) -> None:
    """Take links out of a submission: nbgrader would copy what they lead to.

    nbgrader calls this before it copies anything, and goes on whatever happens here.
    """
    for folder in {Path(notebook).parent for notebook in notebooks}:
        for link in links_in(folder):
            link.unlink()


def links_in(folder: Path) -> Iterator[Path]:
    """What is neither a file nor a folder, below a folder or on the way to it."""
    if folder.is_symlink() or folder.parent.is_symlink():
        yield folder if folder.is_symlink() else folder.parent
        return
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
            yield path


def fault_of(path: Path, limits: Limits) -> str:
    """Why a notebook cannot be graded, as a sentence; nothing if it can."""
    try:
        state = path.lstat()
    except OSError:
        return f"{shown(path.name)} was a link, which is not followed"
    if not stat.S_ISREG(state.st_mode):
        return f"{shown(path.name)} is a link or no file"
    if state.st_size > limits.notebook_bytes:
        return (
            f"{path.name} has {state.st_size:,} bytes, and {limits.notebook_bytes:,} are allowed; "
            "without its outputs it is smaller"
        )
    try:
        return fault_in(json.loads(path.read_bytes()), limits)
    except (ValueError, RecursionError):
        return f"{path.name} is no notebook that can be read"


def fault_in(notebook: object, limits: Limits) -> str:
    """Why a notebook's data cannot be graded; nothing if it can."""
    match notebook:
        case {"nbformat": 4, "nbformat_minor": int(), "cells": list(cells), "metadata": dict()}:
            pass
        case _:
            return "it is no notebook of format 4"
    if len(cells) > limits.cells:
        return f"it has {len(cells):,} cells, and {limits.cells:,} are allowed"
    bad = next((number for number, cell in enumerate(cells, 1) if not _is_cell(cell)), 0)
    return f"its cell {bad} is not as notebooks have them" if bad else ""


def _is_cell(cell: object) -> bool:
    match cell:
        case {"cell_type": "code" | "markdown" | "raw", "source": source, "metadata": dict(meta)}:
            named = meta.get("nbgrader")
            return _is_text(source) and (named is None or isinstance(named, dict))
        case _:
            return False


def _is_text(source: object) -> bool:
    if isinstance(source, list):
        return all(isinstance(line, str) for line in source)
    return isinstance(source, str)
