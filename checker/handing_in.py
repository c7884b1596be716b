"""What of a lesson's folder is handed in, as one zip; it knows no engine and no gradebook."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

FILE_BYTES = 5_000_000
"""Bytes that one file may have, beside the notebook and its evidence."""

ALL_BYTES = 40_000_000
"""Bytes that all files may have together."""

MOST_FILES = 400

CLUTTER = (
    *(".ipynb_checkpoints", "__pycache__", "*.pyc", ".pytest_cache", ".DS_Store", "__MACOSX"),
    *(".git", ".venv", "venv", "node_modules", ".idea", ".vscode", "*.part", "*.lock"),
    *("*.backup-*", "*.kept.json", "timestamp.txt"),
)
"""What computers and the workbook leave in a folder, and what grading writes by itself."""

SECRETS = (
    *(".env", ".env.*", "*.pem", "*.key", "*.p12", "*.pfx", "*.jks", "*.keystore", "id_rsa*"),
    *("id_ed25519*", "id_ecdsa*", ".netrc", ".pgpass", ".pypirc", ".npmrc", ".git-credentials"),
    *(".dockercfg", ".docker", "kubeconfig", ".aws", ".ssh", "*credentials*", "*secret*"),
)
"""Names of files that hold secrets more often than not."""

_SECRET_TEXT = re.compile(
    rb"-----BEGIN [A-Z ]*PRIVATE KEY|\bgh[pousr]_[A-Za-z0-9]{30}|\bAKIA[0-9A-Z]{16}\b"
    rb"|\bdckr_(?:pat|oat)_[\w-]{20}|\bglpat-[\w-]{20}|\bxox[abp]-[\w-]{20}|\bhf_[A-Za-z0-9]{30}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What is handed in, with the bytes of each; what is left out, with the reason."""

    takes: tuple[tuple[str, int], ...]
    leaves: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(size for _, size in self.takes)


class NothingToHandIn(Exception):
    """The folder cannot be handed in; the message says why and what to do."""


def gather(folder: Path, lesson: str, wanted: frozenset[str] = frozenset()) -> Bundle:
    """Look through a lesson's folder; files in `wanted` belong to it whatever they are called."""
    notebook = folder / f"{lesson}.ipynb"
    if not notebook.is_file() or notebook.is_symlink():
        raise NothingToHandIn(f"exercises/{lesson} holds no {notebook.name}, so there is no answer")
    first = (notebook.name, f"{lesson}.evidence.json", f"{lesson}.evidence.files.json")
    takes, leaves = [], []
    for path, name in sorted(walk(folder, wanted), key=lambda one: (one[1] not in first, one[1])):
        reason = "" if name in first else why_not(path, name, wanted)
        if reason or path.is_symlink():
            leaves.append((shown(name), reason or "a link"))
        else:
            takes.append((name, path.stat().st_size))
    found = Bundle(takes=tuple(takes), leaves=tuple(leaves), warnings=_warnings(folder, first))
    _refuse_too_much(found)
    return found


def why_not(path: Path, name: str, wanted: frozenset[str] = frozenset()) -> str:
    """Why something stays at home; nothing if it is handed in."""
    state = path.lstat()
    if stat.S_ISLNK(state.st_mode):
        return "a link"
    if name != shown(name):
        return "its name is no text"
    own = path.name
    if any(fnmatch(own, pattern) for pattern in CLUTTER):
        return "no part of an answer"
    if name not in wanted and any(fnmatch(own.lower(), pattern) for pattern in SECRETS):
        return "its name is that of a secret"
    if not stat.S_ISREG(state.st_mode):
        return "no file"
    if state.st_size > FILE_BYTES:
        return f"more than {megabytes(FILE_BYTES)}"
    if name not in wanted and _SECRET_TEXT.search(path.read_bytes()):
        return "it holds a key or a token"
    return ""


def shown(name: str) -> str:
    """A name that can be written: a system may have names of bytes that are no text."""
    return name.encode(errors="replace").decode()


def write(folder: Path, bundle: Bundle, target: Path) -> None:
    """Write the zip beside its place and rename it, so that no half of one is handed in."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with ZipFile(part, "w", ZIP_DEFLATED, strict_timestamps=False) as zip_:
            for name, _ in bundle.takes:
                zip_.write(folder / name, name)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def megabytes(size: int) -> str:
    """A size for people."""
    if size >= 1_000_000:
        return f"{size / 1_000_000:.1f} MB".replace(".0 ", " ")
    return f"{size / 1_000:.1f} kB".replace(".0 ", " ") if size >= 1_000 else f"{size} B"


def walk(folder: Path, wanted: frozenset[str] = frozenset()) -> Iterator[tuple[Path, str]]:
    """Files by their names in the submission; a folder left out is one thing, not all its files."""
    for here, below, files in os.walk(folder):
        place = Path(here)
        for own in list(below):
            path = place / own
            name = path.relative_to(folder).as_posix() + "/"
            if any(one.startswith(name) for one in wanted) and not path.is_symlink():
                continue
            if path.is_symlink() or any(fnmatch(own.lower(), one) for one in (*CLUTTER, *SECRETS)):
                below.remove(own)
                yield path, name
        yield from ((place / own, (place / own).relative_to(folder).as_posix()) for own in files)


def _warnings(folder: Path, names: tuple[str, ...]) -> tuple[str, ...]:
    """What is handed in although somebody should look first."""
    there = (folder / name for name in names if (folder / name).is_file())
    return tuple(
        f"{path.name} holds what looks like a key or a token; take it out before you hand it in."
        for path in there
        if _SECRET_TEXT.search(path.read_bytes())
    )


def _refuse_too_much(found: Bundle) -> None:
    if found.size > ALL_BYTES:
        name, size = max(found.takes, key=lambda one: one[1])
        raise NothingToHandIn(
            f"the files have {megabytes(found.size)} together, and {megabytes(ALL_BYTES)} are "
            f"allowed; the largest is {name} with {megabytes(size)}"
        )
    if len(found.takes) > MOST_FILES:
        raise NothingToHandIn(
            f"the folder holds {len(found.takes)} files, and {MOST_FILES} are allowed; "
            "move those that are no part of your answer"
        )
