"""Read lines from a program that may say too much or nothing; it understands none of them."""

from __future__ import annotations

import os
import select
import time


class NoLine(Exception):
    """No whole line came: the program has ended, is silent, or says too much."""


class Lines:
    """The lines of one pipe, each with a limit of bytes and of seconds."""

    def __init__(self, pipe: int, most: int) -> None:
        self._pipe, self._most = pipe, most
        self._rest = b""

    def next(self, seconds: float) -> bytes:
        """The next line, without its end."""
        end = time.monotonic() + seconds
        scanned = 0
        while (at := self._rest.find(b"\n", scanned)) < 0:
            scanned = len(self._rest)
            if scanned > self._most:
                raise NoLine("it says too much")
            self._rest += self._some(end)
        line, self._rest = self._rest[:at], self._rest[at + 1 :]
        return line

    def _some(self, end: float) -> bytes:
        watch = select.poll()
        watch.register(self._pipe, select.POLLIN)
        if not watch.poll(max(0.0, end - time.monotonic()) * 1000):
            raise NoLine("it is silent")
        some = os.read(self._pipe, 1 << 20)
        if not some:
            raise NoLine("it has ended")
        return some
