"""Remove what a killed grading run left behind. It leaves alone what a living run uses."""

from __future__ import annotations

import re
import shutil
import socket
import tempfile
from pathlib import Path

import psutil

from checker.grading.seal.doorway import PREFIX
from checker.grading.seal.outside import OWNER, PART, Outside

SEALS = ("--filter", f"label={PART}=seal")


def reap(outside: Outside) -> list[str]:
    """Remove seals and folders whose owner on this machine is gone; their names.

    A seal ends by itself when its owner does: what is found here is what an engine that stopped
    in between has kept.
    """
    return [*_seals(outside), *_folders()]


def _seals(outside: Outside) -> list[str]:
    shape = f'{{{{.Names}}}} {{{{.Label "{OWNER}"}}}}'
    listed = outside.text("ps", "--all", *SEALS, "--format", shape)
    left = [name for name, _, owner in map(_parts, listed.splitlines()) if is_gone(owner)]
    return [one for one in left if outside.succeeds("rm", "--force", "--volumes", one)]


def _parts(line: str) -> tuple[str, str, str]:
    return line.partition(" ")


def is_gone(owner: str) -> bool:
    """Whether the process that a label names is no more; one of another machine counts as alive."""
    found = re.fullmatch(r"(.+):(\d+):(\d+)", owner)
    if not found or found[1] != socket.gethostname():
        return False
    try:
        return abs(psutil.Process(int(found[2])).create_time() - int(found[3])) > 1
    except psutil.NoSuchProcess:
        return True


def _folders() -> list[str]:
    """The folders of sockets whose process is gone."""
    places = {Path(tempfile.gettempdir()), Path("/tmp")}  # noqa: S108 (only to look)
    gone = []
    for folder in (one for place in places for one in place.glob(f"{PREFIX}*-*")):
        number = folder.name.removeprefix(PREFIX).partition("-")[0]
        if number.isdigit() and not psutil.pid_exists(int(number)) and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)
            gone.append(folder.name)
    return gone
