"""What a killed run leaves on this computer, found by the number of a process that is gone."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp

import psutil

from checker.grading.seal import SealTrouble, Settings, outside, reaper

PREFIX = "workbook-grading-"
_NAME = re.compile(rf"{PREFIX}(\d+)-\w+")


def folder() -> Path:
    """A folder for one run, which tells by its name whose it is."""
    return Path(mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))


def clear(seals: Settings | None = None) -> list[str]:
    """Remove folders and seals whose process is gone; their names.

    Where no engine answers there is nothing on it to remove, and grading itself says the rest.
    """
    gone = [one for one in Path(gettempdir()).glob(f"{PREFIX}*") if is_left(one)]
    for one in gone:
        shutil.rmtree(one, ignore_errors=True)
    names = [one.name for one in gone]
    with suppress(SealTrouble):
        if seals:
            names += reaper.reap(outside.at(seals.host))
    return names


def is_left(path: Path) -> bool:
    """Whether a folder is that of a run which is no more."""
    found = _NAME.fullmatch(path.name)
    ours = found and not path.is_symlink() and (os.name != "posix" or _own(path))
    return bool(found and ours and not psutil.pid_exists(int(found[1])))


def _own(path: Path) -> bool:
    return path.stat().st_uid == os.getuid()
