"""A lesson's files as they were at each step's check, for a replay; it knows no engine.

What a learner writes in an editor changes from step to step, and only its last state lies in the
folder that is handed in. So a check keeps the texts beside the evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from itertools import islice
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from checker import evidence, handing_in

VERSION = 1
"""The version of the file."""

FILE_BYTES = 100_000
"""Bytes of the longest text that is kept; what people type is shorter."""

ALL_BYTES = 1_000_000
"""Bytes of all texts of one check."""

PATIENCE = 5.0
"""Seconds to wait for another program that writes the evidence."""

UNKEPT = (
    "The files of this step could not be kept for grading: {why}. "
    "Have them written by a cell of the notebook, or check again."
)


class At(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step's check: the points it gave, and for each file the digest of its text."""

    points: int
    files: dict[str, str]


class Versions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Each step's files at the first check that gave most, each text once."""

    version: int = VERSION
    steps: dict[int, At] = {}
    texts: dict[str, str] = {}

    def plus(self, step: int, points: int, files: Mapping[str, str]) -> Versions:
        """These with a check's files, unless an earlier check of the step gave as much.

        A check of an old step, made once more at the end, would keep later steps' files for it.
        """
        if not self.lacks(step, points):
            return self
        named = {name: _digest(text) for name, text in files.items()}
        steps = self.steps | {step: At(points, named)}
        texts = self.texts | {_digest(text): text for text in files.values()}
        used = Versions(steps=steps).used()
        return Versions(steps=steps, texts={key: texts[key] for key in sorted(used)})

    def lacks(self, step: int, points: int) -> bool:
        """Whether no check of the step gave as many points before."""
        return step not in self.steps or points > self.steps[step].points

    def at(self, step: int) -> dict[str, bytes] | None:
        """The files of a step, or of the next that was checked and gave points; else none."""
        known = [number for number, one in self.steps.items() if number >= step and one.points]
        if not known:
            return None
        files = self.steps[min(known)].files
        return {name: self.texts[digest].encode() for name, digest in files.items()}

    def used(self) -> set[str]:
        """The digests of all texts that any step has."""
        return {digest for one in self.steps.values() for digest in one.files.values()}

    def names(self) -> frozenset[str]:
        """Every file of any step."""
        return frozenset(name for one in self.steps.values() for name in one.files)


def place_of(folder: Path, lesson: str) -> Path:
    """The file with a lesson's versions, beside its evidence."""
    return folder / f"{lesson}.evidence.files.json"


def from_json(data: bytes) -> Versions:
    """The versions in a file's bytes; raises `ValueError` for a broken file or a newer one."""
    found = msgspec.json.decode(data, type=Versions)
    if found.version != VERSION:
        raise ValueError(f"its version is {found.version}, and this program reads {VERSION}")
    if lost := found.used() - found.texts.keys():
        raise ValueError(f"it lacks the text {min(lost)[:12]!r}")
    return found


def note(keeper: object, step: int, points: int) -> tuple[str, ...]:
    """Keep the files beside stored evidence as a step's check found them; what went wrong."""
    if not isinstance(keeper, evidence.Store):
        return ()
    folder = keeper.path.parent
    place = place_of(folder, keeper.lesson)
    try:
        with FileLock(f"{keeper.path}.lock", timeout=PATIENCE):
            known = Versions()
            with suppress(FileNotFoundError, ValueError):
                known = from_json(place.read_bytes())
            if known.lacks(step, points):
                now = known.plus(step, points, dict(texts(folder, keeper.lesson)))
                evidence.write(place, msgspec.json.format(msgspec.json.encode(now), indent=1))
    except (OSError, Timeout) as fault:
        why = getattr(fault, "strerror", None) or "another program holds them"
        return (UNKEPT.format(why=why),)
    return ()


def texts(folder: Path, lesson: str) -> Iterator[tuple[str, str]]:
    """The short texts of a lesson's folder that would be handed in, beside its notebook."""
    own = (f"{lesson}.ipynb", f"{lesson}.evidence.")
    left = ALL_BYTES
    for path, name in islice(handing_in.walk(folder), handing_in.MOST_FILES):
        text = None if name.startswith(own) else _text(path, name)
        if text is not None and (left := left - len(text)) >= 0:
            yield name, text


def _text(path: Path, name: str) -> str | None:
    try:
        if path.lstat().st_size > FILE_BYTES or handing_in.why_not(path, name):
            return None
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
