"""What learners get of a lesson, as bytes: exercise and the files beside it. It writes no file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from checker import course
from checker.authoring.source import FORMAT, BadSource, build

IGNORED = (
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    ".pytest_cache",
    ".DS_Store",
    "[0-9][0-9]_*.md",
    "*.evidence.json",
    "*.evidence.*.json",
    "*.evidence.json.lock",
    "*.backup-*",
)
"""Names that nbgrader never hands out nor grades; lesson texts and evidence among them."""

_WRITES = re.compile(r"^%%(?:writefile|file)\s+(?:-a\s+)?(\S+)", re.MULTILINE)


def release(folder: str, root: Path | None = None) -> dict[str, bytes]:
    """What a lesson's exercise folder holds: each file's name and bytes; raises `BadSource`."""
    source = (root or course.root()) / "solutions" / folder
    solution = build(source / f"{folder}.md")
    files = {name: (source / name).read_bytes() for name in handed_out(source)}
    if written := sorted(set(_WRITES.findall(_code(solution))) & set(files)):
        raise BadSource(
            f"solutions/{folder}/{written[0]} is written by a cell of the notebook, "
            "so it must not be handed out; remove it"
        )
    return {f"{folder}.ipynb": exercise(solution), **files}


def exercise(solution: str) -> bytes:
    """A solution notebook without its solutions, as nbgrader makes it."""
    from nbconvert.exporters import NotebookExporter
    from traitlets.config import Config

    from checker.grading.stubs import without_gradebook

    exporter: Any = NotebookExporter  # nbconvert's functions carry no types
    exporter = exporter(config=Config({"Exporter": {"default_preprocessors": []}}))
    for step in without_gradebook():
        exporter.register_preprocessor(step, enabled=True)
    text, _ = exporter.from_notebook_node(FORMAT.reads(solution, as_version=4))
    return str(text).encode()


def handed_out(source: Path) -> Iterator[str]:
    """The files that learners get beside the notebook, in order; notebooks only of subfolders."""
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source)
        generated = name.match("*.ipynb") and len(name.parts) == 1
        if path.is_file() and not generated and not any(map(ignored, name.parts)):
            yield name.as_posix()


def ignored(name: str) -> bool:
    """Whether a file or folder of this name is never handed out."""
    return any(fnmatch(name, pattern) for pattern in IGNORED)


def _code(solution: str) -> str:
    """The source of all code cells."""
    cells = FORMAT.reads(solution, as_version=4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "code")
