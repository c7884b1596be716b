"""Files that cross into a seal and out of it, as archives; no link ever crosses."""

from __future__ import annotations

import io
import tarfile
import time
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import IO

from checker.grading.seal.values import SealTrouble
from checker.observe.files import Stored

MOST_FILES = 10_000


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files by their relative names, as an archive, changed now.

    BuildKit takes a file of the same size and time for the one that it has read before.
    """
    now = time.time()
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for name, content in files.items():
            need_plain(name)
            member = tarfile.TarInfo(name)
            member.size, member.mode, member.mtime = len(content), 0o644, now
            tar.addfile(member, io.BytesIO(content))
    return archive.getvalue()


def need_plain(name: str) -> None:
    """Refuse a name that leaves the folder that it is put into."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\0" in name:
        raise SealTrouble(
            "refused",
            f"The submission has a file named {name!r}, which is outside its folder; "
            "ask for it to be handed in again.",
        )


def unpacked(stream: IO[bytes], most: int) -> Iterator[tuple[str, Stored]]:
    """The regular files of an archive from inside, until there are too many bytes or files."""
    try:
        with tarfile.open(fileobj=stream, mode="r|") as tar:
            for count, member in enumerate(tar):
                if count >= MOST_FILES or member.size > most:
                    return
                inner = tar.extractfile(member) if member.isreg() and _is_plain(member) else None
                if inner:
                    content = inner.read(member.size)
                    most -= len(content)
                    yield member.name, Stored(content, member.uid)
    except (tarfile.TarError, EOFError, OSError, ValueError):
        return


def _is_plain(member: tarfile.TarInfo) -> bool:
    try:
        need_plain(member.name)
    except SealTrouble:
        return False
    return True
