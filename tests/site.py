"""The course site as tests see it: its pages, and how it is built and served."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from checker import lessons

ROOT = Path(__file__).resolve().parent.parent
MADE_BY_SPHINX = ("search", "genindex", "py-modindex")


def page_names() -> list[str]:
    """The pages of the site, by their addresses without an ending."""
    written = [page.stem for page in sorted((ROOT / "docs").glob("*.md"))]
    return [*written, *(f"lessons/{name}" for name in lessons.names()), *MADE_BY_SPHINX]


def build(folder: Path) -> None:
    """Build the site from nothing; a warning fails."""
    options = ("--fail-on-warning", "--keep-going", "--quiet", "--fresh-env")
    done = subprocess.run(
        (sys.executable, "-m", "sphinx", *options, "docs", str(folder)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and writes no log."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The site at an address of this computer, as `make docs-serve` shows it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
