"""Which names a submission may hold, and how many; it knows no archives and no folders."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 200
"""Bytes that one part of a name may have; most file systems end at 255."""


class Refused(Exception):
    """A submission that is not taken in; the message is a sentence with the name and the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one submission may hold."""

    archive_bytes: int = 50_000_000
    bytes: int = 100_000_000
    notebook_bytes: int = 20_000_000
    cells: int = 2_000
    files: int = 500
    depth: int = 8


def check(names: Iterable[str], limits: Limits) -> None:
    """Refuse names that lead out, that differ only in case, that are too deep or too many."""
    whole: dict[str, str] = {}
    count = 0
    for name in names:
        if (count := count + 1) > limits.files:
            raise Refused(f"it holds more than {limits.files} files and folders")
        if fault := fault_of(name, limits.depth):
            raise Refused(f"{shown(name)} {fault}")
        key = same(name)
        if other := whole.get(key):
            raise Refused(f"{shown(other)} and {shown(name)} are one name on some computers")
        whole[key] = name
    _check_that_no_file_is_a_folder(whole)


def fault_of(name: str, depth: int) -> str:
    """What is wrong with a name, as the rest of a sentence; nothing if it may stay."""
    parts = name.rstrip("/").split("/")
    if name.startswith("/") or ":" in name:
        return "is an absolute name; names begin inside the submission"
    if "\\" in name:
        return "holds a backslash; folders are divided by /"
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in name):
        return "holds a letter that does not show"
    if ".." in parts:
        return "leads out of the submission"
    if any(part in ("", ".") for part in parts):
        return "has an empty part"
    if any(len(part.encode()) > LONGEST for part in parts):
        return f"is longer than {LONGEST} bytes"
    return f"lies deeper than {depth} folders" if len(parts) > depth + 1 else ""


def same(name: str) -> str:
    """A name as a file system sees it that tells no capital from a small letter."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name.rstrip("/")).casefold())


def shown(name: str) -> str:
    """A name fit for a line of a log: short, and with nothing in it that does not show."""
    safe = "".join(letter if letter.isprintable() else "?" for letter in name)
    return safe if len(safe) <= 120 else f"{safe[:117]}..."


def _check_that_no_file_is_a_folder(whole: dict[str, str]) -> None:
    files = {key for key, name in whole.items() if not name.endswith("/")}
    for key, name in whole.items():
        parts = key.split("/")
        above = ("/".join(parts[:end]) for end in range(1, len(parts)))
        if taken := next((one for one in above if one in files), ""):
            raise Refused(f"{shown(whole[taken])} is a file, and {shown(name)} lies in it")
