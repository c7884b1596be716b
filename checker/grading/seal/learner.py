"""The learner's kernel, asked from outside: what it tells is data, and is trusted with nothing."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import msgspec

from checker.grading.seal.lines import Lines, NoLine
from checker.grading.seal.outside import Outside, piped
from checker.grading.seal.shown import cell_run
from checker.grading.seal.values import CellRun
from checker.model import Json

START = 60.0
"""Seconds that a kernel may take to start."""

GRACE = 30.0
"""Seconds beyond its limit that a cell's run may take to be told."""

PATH = "/opt/workbook/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
ENVIRON = ("--env", f"PATH={PATH}", "--env", "LANG=C.UTF-8", "--env", "HOME=/root")
PROGRAM = ("/opt/workbook/bin/python", "-B", "/opt/seal/kernel.py")
STARTED = b'{"started"'
ROOM = 8
"""How many times the bytes that are kept a line may have: JSON writes some letters as six."""


class Learner:
    """One program inside that runs cells; a new one where the last has ended."""

    def __init__(self, outside: Outside, name: str, folder: str, most: int) -> None:
        self._outside, self._name = outside, name
        self._folder, self._most = folder, most
        self._child: subprocess.Popen[bytes] | None = None
        self._lines: Lines | None = None

    def warm(self) -> None:
        """Have a kernel start, and do not wait for it."""
        self._start()
        self._say({"warm": True})

    def run(self, source: str, seconds: float) -> CellRun:
        """Run one cell."""
        wanted = {"run": source, "seconds": seconds, "most": self._most}
        line = self._ask(wanted, seconds + START + GRACE)
        told = cell_run(line, self._most) if line else None
        if told is None:
            self.close()
            return CellRun(ok=False, stopped="died")
        return told

    def answers(self, names: list[str]) -> Mapping[str, Json]:
        """Variables that JSON can tell."""
        line = self._ask({"answers": names, "most": self._most}, START + GRACE) or b"{}"
        try:
            told: Any = msgspec.json.decode(line)
        except msgspec.DecodeError:
            return {}
        found = told.get("answers") if isinstance(told, dict) else None
        return {n: found[n] for n in names if n in found} if isinstance(found, dict) else {}

    def close(self) -> None:
        """End the program; its kernel goes with the seal."""
        if self._child:
            self._child.kill()
            self._child.wait()
            for pipe in (self._child.stdin, self._child.stdout):
                with suppress(OSError):
                    if pipe:
                        pipe.close()
        self._child = self._lines = None

    def _ask(self, wanted: Mapping[str, object], seconds: float) -> bytes | None:
        """The reply to one request; none where the program died, or says too much."""
        try:
            if self._lines is None:
                self._start()
            self._say(wanted)
            while self._lines and (reply := self._lines.next(seconds)).startswith(STARTED):
                continue
            return reply
        except (NoLine, OSError, ValueError):
            self.close()
            return None

    def _start(self) -> None:
        inside = ("exec", "--interactive", self._name, "runc", "exec", *ENVIRON, "inside")
        self._child = self._outside.start(
            *(*inside, *PROGRAM, self._folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._lines = Lines(piped(self._child.stdout).fileno(), ROOM * self._most + 1_000_000)

    def _say(self, wanted: Mapping[str, object]) -> None:
        pipe = piped(self._child.stdin if self._child else None)
        pipe.write(f"{json.dumps(wanted)}\n".encode())
        pipe.flush()
