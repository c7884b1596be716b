"""`workbook live` as a program that a test starts; it knows nothing about browsers."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from tests.browser.place import Place

ADDRESS = re.compile(r"(http://[^/]+/)workbook\?token=([0-9a-f]+)")


@dataclass(frozen=True)
class LivePage:
    """A plain page that is served, and the process that does it."""

    server: str
    token: str
    process: subprocess.Popen[str]

    def address(self, lesson: str) -> str:
        """The page with a lesson open."""
        return f"{self.server}workbook?token={self.token}#{lesson}"


@contextmanager
def live_page(place: Place) -> Iterator[LivePage]:
    """Have `workbook live` run in a workbook; Ctrl-C must end it, and quietly."""
    with subprocess.Popen(
        (sys.executable, "-m", "checker", "live", "--no-browser"),
        cwd=place.folder,
        env={**os.environ, **place.environ, "COLUMNS": "200"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        found = ADDRESS.search(first_line(process.stdout))
        assert found, "no address was printed"
        yield LivePage(found[1], found[2], process)
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
        assert (process.wait(20), rest) == (0, "")


def first_line(output: IO[str]) -> str:
    """The line that tells the address."""
    return output.readline()
