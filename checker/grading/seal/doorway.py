"""The ways from the trusted side to what listens inside a seal; each line is a command's pipe.

A line goes through `docker exec`, so that seal and host share no directory and no port.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

from checker.grading.seal.outside import Outside

PREFIX = "workbook-seal-"
DOOR = ("python3", "-I", "-B", "/seal/door.py")
HERE = "127.0.0.1"


class Doorway:
    """A socket of this user alone, behind which the seal's engine answers."""

    def __init__(self, outside: Outside, name: str) -> None:
        self._outside, self._name = outside, name
        self._folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=_short()))
        self._lines: list[subprocess.Popen[bytes]] = []
        self._turn = threading.Lock()
        self._open = True
        self._ear = socket.socket(socket.AF_UNIX)
        self._ear.bind(str(self.place))
        self._ear.listen(16)
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def place(self) -> Path:
        """Where the seal's engine is reached on this machine."""
        return self._folder / "engine"

    def dial(self, address: str, port: int, seconds: float) -> socket.socket:
        """A line to a port as the seal's network has it."""
        inside = HERE if address == os.environ.get("WORKBOOK_PORTS_AT") else address
        ours, theirs = socket.socketpair()
        with theirs:
            self._carry(theirs, "tcp", inside, str(port))
        ours.settimeout(seconds)
        return ours

    def close(self) -> None:
        """Close all lines, and remove the socket."""
        with self._turn:
            self._open = False
        with suppress(OSError):
            self._ear.shutdown(socket.SHUT_RDWR)
        self._ear.close()
        for line in self._lines:
            line.kill()
            line.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._ear.accept()
            except OSError:
                return
            with line:
                self._carry(line, "engine")

    def _carry(self, line: socket.socket, *where: str) -> None:
        """Have a command carry bytes between a line and a place inside."""
        with self._turn:
            if not self._open:
                return
            self._lines = [one for one in self._lines if one.poll() is None]
            self._lines.append(
                self._outside.start(
                    *("exec", "--interactive", self._name, *DOOR, *where),
                    stdin=line.fileno(),
                    stdout=line.fileno(),
                )
            )


def _short() -> str | None:
    """A folder with a short name: the path of a socket may have some hundred letters."""
    usual = tempfile.gettempdir()
    return None if len(usual) < 40 else "/tmp"  # noqa: S108 (the folder in it is ours alone)
