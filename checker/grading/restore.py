"""Put a submission's checks back as they were handed out; it knows nothing about engines."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from checker import course
from checker.authoring.source import FORMAT

NOTES = "workbook_put_back"
"""Where a notebook keeps what was put back, from one stage of nbgrader to the next."""

MISSING = "workbook_missing"
"""Marks a cell that the submission did not have."""


LACKS = "The check of this step was not in the notebook that was handed in; it earns no points."


class Restore(NbGraderPreprocessor):
    """Undo what a learner changed in locked cells: edited, removed, doubled, or told otherwise."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Give the submission with the original's locked cells."""
        named = resources["nbgrader"]
        place = course.root() / "solutions" / named["assignment"] / f"{named['notebook']}.ipynb"
        original = FORMAT.read(place, as_version=4)
        nb.nbformat, nb.nbformat_minor = 4, 5
        nb.cells, notes = restored(nb.cells, original.cells)
        nb.metadata[NOTES] = notes
        for note in notes:
            self.log.warning("%s of %s: %s", named["assignment"], named["student"], note)
        return nb, resources


def restored(cells: list[Any], originals: list[Any]) -> tuple[list[Any], list[str]]:
    """The cells with each locked one as in the originals, and what had to be changed."""
    known = {name: cell for cell in originals if (name := _name(cell))}
    kept, notes, seen = [], [], set()
    for index, cell in reversed(list(enumerate(cells))):
        if original := known.get(_name(cell)) if _name(cell) not in seen else None:
            seen.add(_name(cell))
            cell, note = _as_original(cell, original)
            notes.append(note)
        else:
            if _name(cell) in seen and _locked(known[_name(cell)]):
                notes.append(f"cell {_name(cell)} is there twice, and the last one counts")
            cell = _as_own(cell, index)
        kept.append(cell)
    return _with_missing(kept[::-1], known, [note for note in notes[::-1] if note])


def _with_missing(
    cells: list[Any], known: dict[str, Any], notes: list[str]
) -> tuple[list[Any], list[str]]:
    """The cells with the locked ones that were removed, each before the next that is there."""
    there = {_name(cell) for cell in cells}
    missing = [name for name in known if name not in there and _locked(known[name])]
    for name in reversed(missing):
        back = deepcopy(known[name])
        back.metadata[MISSING] = True
        cells.insert(_place(name, cells, list(known)), back)
    return cells, [*notes, *(f"cell {name} was removed and is put back" for name in missing)]


def _as_own(cell: Any, index: int) -> Any:
    """A cell that nbgrader knows nothing about; its id clashes with no other."""
    cell.metadata.pop("nbgrader", None)
    cell.metadata.pop(MISSING, None)
    cell["id"] = f"own-{index}"
    return cell


def _as_original(cell: Any, original: Any) -> tuple[Any, str]:
    """A submitted cell with its original's name and lock; its text stays when it is not locked."""
    if not _locked(original):
        answer = deepcopy(original)
        answer["source"] = cell.source
        return answer, ""
    changed = cell.source != original.source or cell.cell_type != original.cell_type
    note = f"cell {_name(original)} was edited and is put back" if changed else ""
    return deepcopy(original), note


def _place(name: str, cells: list[Any], order: list[str]) -> int:
    """Where a missing cell goes: before the next that is there, the very first at the top."""
    after = order[order.index(name) + 1 :]
    if order[0] == name:
        return 0
    return next((i for i, cell in enumerate(cells) if _name(cell) in after), len(cells))


def _name(cell: Any) -> str:
    return str((cell.metadata.get("nbgrader") or {}).get("grade_id", ""))


def _locked(cell: Any) -> bool:
    return bool(cell.metadata["nbgrader"]["locked"])
