"""A package index on loopback with one package that is nowhere else. It knows no Docker."""

from __future__ import annotations

import ssl
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

MARK = "tidy-rows, from the index of this test"
INFO = "tidy_rows-1.0.dist-info"


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and writes no log."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def fill(root: Path) -> None:
    """Write the package `tidy-rows` and the page that lists it."""
    folder = root / "simple" / "tidy-rows"
    folder.mkdir(parents=True)
    wheel = folder / "tidy_rows-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        packed.writestr("tidy_rows.py", f"print({MARK!r})\n")
        packed.writestr(
            f"{INFO}/METADATA", "Metadata-Version: 2.1\nName: tidy-rows\nVersion: 1.0\n"
        )
        packed.writestr(
            f"{INFO}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        packed.writestr(f"{INFO}/RECORD", "")
    (folder / "index.html").write_text(f'<!DOCTYPE html><a href="{wheel.name}">{wheel.name}</a>')


def certificate(folder: Path) -> Path:
    """Make `company.crt` for localhost, which nobody knows, with its key beside it."""
    subprocess.run(
        (
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=A company", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", "company.key", "-out", "company.crt"),
        ),
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder / "company.crt"


@contextmanager
def served(root: Path, signed: Path | None = None) -> Iterator[str]:
    """The index at an address of this machine; over HTTPS when there is a certificate."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    if signed:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(signed, signed.with_suffix(".key"))
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http{'s' if signed else ''}://localhost:{server.server_port}/simple"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
