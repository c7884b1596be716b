"""nbgrader preprocessors that turn a solution into an exercise; they know nothing about files."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

from nbgrader import preprocessors as ng

from checker.authoring.source import METADATA

STUBS = {
    ".html": "<!-- Your turn -->",
    ".md": "<!-- Your turn -->",
    ".sql": "-- Your turn",
    ".js": "// Your turn",
    ".json": "// Your turn",
    ".css": "/* Your turn */",
}
"""The stub for a file written by a cell, where # begins no comment."""

STUB = "# Your turn"
"""The stub in bash, Dockerfile, YAML and Python."""

_WRITES = re.compile(r"%%(?:writefile|file)\s+(?:-a\s+)?(\S+)")


def stub_for(source: str) -> str:
    """The stub that fits the language of a cell, told from its magic line."""
    written = _WRITES.match(source)
    return STUBS.get(PurePosixPath(written[1]).suffix, STUB) if written else STUB


class Stubs(ng.ClearSolutions):
    """nbgrader's ClearSolutions, with the stub of each cell's own language."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> Any:
        """Put the stub in the place of the solution."""
        self.code_stub = {resources["language"]: stub_for(cell.source)}
        return super().preprocess_cell(cell, resources, cell_index)


class Normalise(ng.NbGraderPreprocessor):
    """Forget what an editor left in the solution: who opened it last must not show."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Keep of the metadata only what the builder writes."""
        nb.metadata = type(nb)(METADATA)
        for cell in nb.cells:
            kept = {k: v for k, v in cell.metadata.items() if k in ("nbgrader", "tags")}
            cell.metadata = type(nb)(kept)
        nb.nbformat, nb.nbformat_minor = 4, 5
        return nb, resources


def with_gradebook() -> list[Any]:
    """What turns a solution into an exercise, and saves its cells in the gradebook."""
    cleared = [ng.ClearHiddenTests, ng.ClearMarkScheme]
    checked = [ng.ComputeChecksums, ng.CheckCellMetadata]
    first = [Normalise, ng.LockCells, Stubs, ng.ClearOutput, ng.CheckCellMetadata]
    return [*first, ng.ComputeChecksums, ng.SaveCells, *cleared, *checked]


def without_gradebook() -> list[Any]:
    """The same, with no gradebook in reach."""
    return [one for one in with_gradebook() if one is not ng.SaveCells]
