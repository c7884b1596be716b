"""Tables as CSV text, compared cell by cell. It knows no files and no claims."""

from __future__ import annotations

import csv
import io
from decimal import Decimal, InvalidOperation

from checker.words.text import listed, quoted, shown

Rows = list[list[str]]


def rows(text: str) -> Rows:
    """The table's rows, the header first; empty lines, quotes and outer blanks do not count."""
    read = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    return [[cell.strip() for cell in row] for row in read if any(cell.strip() for cell in row)]


def difference(one: Rows, other: Rows) -> str:
    """The first difference, as the second half of a sentence about `one`; empty without any."""
    if not one:
        return "it is empty"
    if one[0] != other[0]:
        return f"its columns are {listed(quoted(name) for name in one[0][:8])}"
    if len(one) != len(other):
        return f"it has {_count(len(one) - 1)}, not {len(other) - 1}"
    pairs = zip(one[1:], other[1:], strict=True)
    return next((said for a, b in pairs if (said := _in_row(one[0], a, b))), "")


def _in_row(header: list[str], one: list[str], other: list[str]) -> str:
    if len(one) != len(header):
        return f"cells in the row that begins with {quoted(one[0])}: {len(one)}, not {len(header)}"
    for name, a, b in zip(header, one, other, strict=False):
        if not _alike(a, b):
            where = f"in the row that begins with {quoted(one[0])}, {shown(name, limit=40)}"
            return f"{where} is {quoted(a)}, not {quoted(b)}"
    return ""


def _alike(one: str, other: str) -> bool:
    """The same text, or the same number: 5 is 5.00, and 5.004 is not."""
    if one == other:
        return True
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False


def _count(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"
