"""Put files into the learner's folder and take them out again, inside the seal, as the learner.

files.py put FOLDER             an archive comes in
files.py change FOLDER NAME...  the named files go, an archive comes in as far as it can
files.py take FOLDER BYTES      an archive goes out: regular files, the smallest first
"""

from __future__ import annotations

import os
import stat
import sys
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

MOST_FILES = 10_000
TRIED = 200_000


def found(folder: str) -> Iterator[tuple[int, str]]:
    """The regular files of a folder with their sizes; links are neither taken nor followed."""
    tried = 0
    for at, folders, names in os.walk(folder):
        folders.sort()
        for name in names:
            if (tried := tried + 1) > TRIED:
                return
            about = os.lstat(f"{at}/{name}")
            if stat.S_ISREG(about.st_mode):
                yield about.st_size, f"{at}/{name}"


def take(folder: str, most: int) -> None:
    """Write an archive until there are too many bytes or files."""
    with tarfile.open(fileobj=sys.stdout.buffer, mode="w|") as archive:
        for size, path in sorted(found(folder))[:MOST_FILES]:
            if (most := most - size) < 0:
                break
            try:
                archive.add(path, os.path.relpath(path, folder), recursive=False)
            except OSError:  # it may not be read, or it has gone
                most += size


def put(folder: str) -> None:
    """Unpack an archive that the trusted side has made."""
    Path(folder).mkdir(exist_ok=True)
    with tarfile.open(fileobj=sys.stdin.buffer, mode="r|") as archive:
        archive.extractall(folder, filter="data")


def change(folder: str, drops: list[str]) -> None:
    """Remove files and unpack an archive; what a container owns, nobody could have edited."""
    for name in drops:
        with suppress(OSError):
            os.remove(f"{folder}/{name}")  # noqa: PTH107
    with tarfile.open(fileobj=sys.stdin.buffer, mode="r|") as archive:
        for member in archive:
            with suppress(OSError, tarfile.FilterError):  # a folder may have become a link
                archive.extract(member, folder, filter="data")


if __name__ == "__main__":
    if sys.argv[1] == "put":
        put(sys.argv[2])
    elif sys.argv[1] == "change":
        change(sys.argv[2], sys.argv[3:])
    else:
        take(sys.argv[2], int(sys.argv[3]))
