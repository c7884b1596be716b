"""An engine that says what a test tells it to say, on a socket of its own."""

from __future__ import annotations

import json
import shutil
import socketserver
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from checker.engine import Engine

Say = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class FakeEngine:
    """Says `said[path]`, path without version; `asked` remembers what it was asked."""

    place: Path
    said: dict[str, Say] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def engine(self) -> Engine:
        return Engine(f"unix://{self.place}", "a test")


def answer(data: object, status: int = 200) -> Say:
    """JSON data, whole."""

    def say(line: BaseHTTPRequestHandler) -> None:
        body = json.dumps(data).encode()
        line.send_response(status)
        line.send_header("Content-Length", str(len(body)))
        line.end_headers()
        line.wfile.write(body)

    return say


def ping(version: str = "1.45", date: str | None = None) -> Say:
    """What `/_ping` says; `date` is the engine's clock."""

    def say(line: BaseHTTPRequestHandler) -> None:
        line.send_response_only(200)
        line.send_header("Api-Version", version)
        line.send_header("Date", date or line.date_time_string())
        line.send_header("Content-Length", "2")
        line.end_headers()
        line.wfile.write(b"OK")

    return say


def half(line: BaseHTTPRequestHandler) -> None:
    """Half an answer, and then the end."""
    line.send_response(200)
    line.send_header("Content-Length", "1000")
    line.end_headers()
    line.wfile.write(b'{"Id": "c0f')
    line.close_connection = True


def silence(line: BaseHTTPRequestHandler) -> None:
    """Not a word for a long while."""
    threading.Event().wait(1.5)


def flood(line: BaseHTTPRequestHandler) -> None:
    """An answer without end, on a connection that would be kept."""
    line.send_response(200)
    line.send_header("Content-Length", str(10**12))
    line.end_headers()
    line.close_connection = True
    try:
        while True:
            line.wfile.write(b"x" * 65536)
    except OSError:
        pass


@contextmanager
def fake_engine() -> Iterator[FakeEngine]:
    """A fake engine that listens until the block is left."""
    folder = Path(tempfile.mkdtemp(prefix="fake-"))
    one = FakeEngine(folder / "docker.sock", {"/_ping": ping()})
    with _Server(str(one.place), _handler(one)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield one
        finally:
            server.shutdown()
            thread.join()
    shutil.rmtree(folder)


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no error."""


def _handler(one: FakeEngine) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            plain = path if path.startswith("/_") else "/" + path.split("/", 2)[2]
            one.asked.append(self.path)
            one.said.get(plain, answer({"message": f"no such thing: {plain}"}, 404))(self)

        do_POST = do_GET  # noqa: N815 - the name is the server's

        def address_string(self) -> str:
            return "a test"

        def log_message(self, *_: object) -> None:
            """Say nothing on stderr."""

    return Handler
