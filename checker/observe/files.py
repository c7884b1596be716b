"""Files, looked at in the lesson's folder and inside containers."""

from __future__ import annotations

import io
import tarfile
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from checker.engine import Client
from checker.model import File
from checker.redact import without_secrets

FILE_BYTES = 4_000_000
TEXT_BYTES = 16_000


class Stored(NamedTuple):
    """A file as a folder has it, and the number of the user to whom it belongs."""

    content: bytes
    owner: int


Read = Callable[[Path], Stored | None]
"""How a file in the lesson's folder is had; none where there is no such file."""


def look(
    client: Client, folder: Path, place: str, secrets: Iterable[str], read: Read
) -> File | None:
    """The file at this place, `./name` or `container:/path`."""
    holder, _, path = place.partition(":")
    if path:
        found = inside(client, holder, path, place, secrets)
        return found if found.kind == "file" else None
    stored = read(folder / place)
    return None if stored is None else _read(place, stored.content, secrets, stored.owner)


def inside(client: Client, holder: str, path: str, place: str, secrets: Iterable[str]) -> File:
    """What a container has at a path, through the archive that also `docker cp` reads."""
    packed = client.fetch(
        f"/containers/{holder}/archive", {"path": path}, limit=FILE_BYTES + 10_240
    )
    try:
        with tarfile.open(fileobj=io.BytesIO(packed or b"")) as archive:
            member = archive.next()
            inner = archive.extractfile(member) if member and member.isreg() else None
            if member is None:
                return File(place=place, kind="absent")
            if inner is None:
                kind = "folder" if member.isdir() else "link"
                return File(place=place, owner=member.uid, kind=kind)
            return _read(place, inner.read(FILE_BYTES), secrets, member.uid)
    except (tarfile.TarError, EOFError):
        return File(place=place, kind="absent")


def _read(place: str, data: bytes, secrets: Iterable[str], owner: int | None) -> File:
    return File(
        place=place,
        sha256=sha256(data).hexdigest(),
        size=len(data),
        text=_text(data, secrets),
        owner=owner,
    )


def _text(data: bytes, secrets: Iterable[str]) -> str | None:
    try:
        # A letter that is cut in two at the end is no reason to take a text for bytes.
        text = getincrementaldecoder("utf-8")().decode(data[:TEXT_BYTES], len(data) <= TEXT_BYTES)
        return without_secrets(text, secrets)
    except UnicodeDecodeError:
        return None


def at_most(path: Path) -> Stored | None:
    """The file's first bytes; a link is not followed out of the lesson's folder."""
    if path.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as source:
        return Stored(source.read(FILE_BYTES), path.stat().st_uid)
