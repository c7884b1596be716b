"""Connect to something inside a seal and carry bytes; it looks at none of them.

    door.py engine              the seal's Docker engine
    door.py tcp ADDRESS PORT    a port, as the seal's own network has it

Whoever is inside may have put anything in the engine's place. So its socket is opened without
following a link, and the process that answers there must be the one that the seal started.
"""

from __future__ import annotations

import os
import selectors
import socket
import stat
import struct
import sys
import time
from pathlib import Path
from typing import Any

STATE = Path("/run/seal")
LINGER = 60.0
"""Seconds that an answer may keep silent after the asker has left."""

NEW_NETWORK = 0x40000000
TAMPERED = "The engine's socket no longer belongs to the engine that the seal started."


class Tampered(Exception):
    """Something else listens where the engine was."""


def noted(name: str) -> int:
    """A process number that the seal's first program wrote down."""
    return int((STATE / name).read_text())


def engine_socket(inside: int) -> int:
    """The engine's socket in the seal's file system, opened step by step, no link followed."""
    beside = os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC
    root = os.open(f"/proc/{inside}/root", os.O_PATH | os.O_DIRECTORY)
    run = os.open("run", beside | os.O_DIRECTORY, dir_fd=root)
    found = os.open("docker.sock", beside, dir_fd=run)
    if not stat.S_ISSOCK(os.fstat(found).st_mode):
        raise Tampered(TAMPERED)
    return found


def listener(line: socket.socket) -> int:
    """The process that listens at the other end, as the kernel noted it."""
    told = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", told)[0])


def to_engine(inside: int) -> socket.socket:
    """A line to whatever listens on the engine's socket."""
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(5)
    line.connect(f"/proc/self/fd/{engine_socket(inside)}")
    line.settimeout(None)
    return line


def to_our_engine() -> socket.socket:
    """A line to the engine that the seal started, and to no other."""
    try:
        line = to_engine(noted("inside"))
    except (FileNotFoundError, NotADirectoryError, ConnectionRefusedError):
        if Path(f"/proc/{noted('engine')}").exists():  # it lives, and nobody else closes its socket
            raise Tampered(TAMPERED) from None
        raise
    if listener(line) != noted("engine"):
        raise Tampered(TAMPERED)
    return line


def to_port(address: str, port: int) -> socket.socket:
    """A line to a port, made in the seal's own network."""
    enter: Any = vars(os)["setns"]  # Python 3.12, which the seal has and others need not
    enter(os.open(f"/proc/{noted('inside')}/ns/net", os.O_RDONLY), NEW_NETWORK)
    line = socket.create_connection((address, port), timeout=5)
    line.settimeout(None)
    return line


def carry(line: socket.socket) -> None:
    """Carry bytes both ways until the far end closes, or keeps silent with nobody listening."""
    ends = selectors.DefaultSelector()
    ends.register(line, selectors.EVENT_READ)
    ends.register(0, selectors.EVENT_READ)
    until: float | None = None
    while until is None or time.monotonic() < until:
        for key, _ in ends.select(None if until is None else max(0.0, until - time.monotonic())):
            if key.fileobj is line:
                if not (some := line.recv(65536)):
                    return
                whole(some)
                until = until and time.monotonic() + LINGER
            elif some := os.read(0, 65536):
                line.sendall(some)
            else:
                ends.unregister(0)
                line.shutdown(socket.SHUT_WR)
                until = time.monotonic() + LINGER


def whole(some: bytes) -> None:
    """Write all of it to the asker."""
    while some:
        some = some[os.write(1, some) :]


def main(words: list[str]) -> int:
    """Find the far end and carry; a note stays behind when somebody else answered there."""
    try:
        match words:
            case ["engine"]:
                line = to_our_engine()
            case ["tcp", address, port]:
                line = to_port(address, int(port))
            case _:
                return 2
        carry(line)
    except Tampered as fault:
        with (STATE / "noticed").open("a", encoding="utf-8") as note:
            note.write(f"{fault}\n")
        return 3
    except OSError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
