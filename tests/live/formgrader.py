"""A Jupyter server with nbgrader's formgrader in a course's folder, and its buttons."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.machine.lab import free_port

PATIENCE = 60


@dataclass(frozen=True)
class Formgrader:
    """A formgrader that answers."""

    port: int
    token: str

    def autograde(self, lesson: str, student: str) -> dict[str, Any]:
        """Press the button that grades one submission; what the page is told."""
        said = self.ask(f"formgrader/api/submission/{lesson}/{student}/autograde", "POST")
        told: dict[str, Any] = json.loads(said)
        return told

    def ask(self, path: str, method: str = "GET") -> bytes:
        """What the server answers."""
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/{path}",
            method=method,
            headers={"Authorization": f"token {self.token}"},
        )
        with urllib.request.urlopen(asked, timeout=120) as answer:
            said: bytes = answer.read()
        return said


def configured(folder: Path, port: int, token: str) -> None:
    """Write the server's configuration into a folder of its own."""
    settings = {
        "IdentityProvider": {"token": token},
        "ServerApp": {
            "ip": "127.0.0.1",
            "port": port,
            "port_retries": 0,
            "allow_root": True,
            "open_browser": False,
            "jpserver_extensions": {"nbgrader.server_extensions.formgrader": True},
        },
    }
    folder.mkdir()
    (folder / "jupyter_server_config.json").write_text(json.dumps(settings))


@contextmanager
def formgrader(course: Path, place: Path) -> Iterator[Formgrader]:
    """A formgrader for a course, with settings and log in another place, until the block ends."""
    page = Formgrader(free_port(), secrets.token_hex(16))
    configured(place / "config", page.port, page.token)
    ours = {f"JUPYTER_{name.upper()}_DIR": str(place / name) for name in ("config", "runtime")}
    log = place / "server.log"
    with (
        log.open("wb") as out,
        subprocess.Popen(
            (sys.executable, "-m", "jupyter", "server"),
            cwd=course,
            env={**os.environ, **ours, "WORKBOOK_GRADING": "sealed"},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        ) as server,
    ):
        try:
            wait(page, server, log)
            yield page
        finally:
            server.terminate()
            server.wait(20)


def wait(page: Formgrader, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        with suppress(OSError):
            page.ask("api")
            return
        time.sleep(0.2)
    raise RuntimeError(f"the server gave no answer: {log.read_text()[-2000:]}")
