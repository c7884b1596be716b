"""The only ways out of a seal: the course mirror, to read, and the package index, by name.

    gate.py ADDRESS MIRROR [HOST ...]

It serves the mirror's answers to GET and HEAD on port 5000, and refuses whatever would write.
With hosts it also forwards, on port 3128, requests to these hosts and to no others.
"""

from __future__ import annotations

import http.client
import selectors
import shutil
import socket
import sys
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

MIRROR_PORT, PACKAGES_PORT = 5000, 3128
MOST = 32
"""Requests at one time; more of them wait."""

SILENCE = 60.0
TLS = b"\x16"
KEPT = ("Accept", "Range", "If-None-Match", "User-Agent")
TOLD = (
    *("Content-Type", "Content-Length", "Content-Range", "Content-Encoding", "Last-Modified"),
    *("Docker-Content-Digest", "Docker-Distribution-Api-Version", "Etag", "Location"),
)
DOORS = {"http": 80, "https": 443}


class Gate(ThreadingHTTPServer):
    """A server that works on a bounded number of requests."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: str, port: int, handler: Any) -> None:
        super().__init__((address, port), handler)
        self.turns = threading.BoundedSemaphore(MOST)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Wait for a turn, then work in a thread of its own."""
        self.turns.acquire()
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Work, and give the turn back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.turns.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: nobody reads what a gate says."""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    timeout = SILENCE

    def handle_one_request(self) -> None:
        """Answer in plain HTTP whoever begins with TLS: BuildKit then asks again without."""
        with suppress(OSError):
            reader: Any = self.rfile
            if reader.peek(1)[:1] == TLS:
                self.wfile.write(b"HTTP/1.0 400 Bad Request\r\n\r\n")
                self.close_connection = True
                return
            super().handle_one_request()

    def log_message(self, *_: Any) -> None:
        """Say nothing: nobody reads what a gate says."""

    def forward(self, host: str, port: int, path: str) -> None:
        """Ask the same of another server, and hand on its answer."""
        line = http.client.HTTPConnection(host, port, timeout=SILENCE)
        try:
            given = {n: ", ".join(self.headers.get_all(n, ())) for n in KEPT if self.headers[n]}
            line.request(self.command, path, headers=given)
            answer = line.getresponse()
            self.send_response_only(answer.status)
            for name in TOLD:
                if answer.headers[name]:
                    self.send_header(name, answer.headers[name])
            self.send_header("Connection", "close")
            self.end_headers()
            shutil.copyfileobj(answer, self.wfile, 1 << 20)
        except (OSError, http.client.HTTPException):
            self.send_error(502)
        finally:
            line.close()


def mirror_handler(mirror: str) -> type[Handler]:
    """What answers in the mirror's name."""
    host, _, port = mirror.rpartition(":")

    class Mirror(Handler):
        """Reads from the course mirror."""

        def do_GET(self) -> None:
            """Hand on what the mirror holds, and nothing outside a registry's own paths."""
            if self.path.split("/")[1:2] == ["v2"]:
                self.forward(host, int(port), self.path)
            else:
                self.send_error(404)

        do_HEAD = do_GET  # noqa: N815 (the name is the server's)

    return Mirror


def packages_handler(hosts: frozenset[str]) -> type[Handler]:
    """What forwards to the package index."""

    class Packages(Handler):
        """Forwards to the hosts that were named."""

        def do_GET(self) -> None:
            """Forward a plain request."""
            url = urlsplit(self.path)
            named = url.hostname in hosts and url.port in (None, DOORS["http"])
            if url.scheme != "http" or not named:
                self.send_error(403)
                return
            path = f"{url.path or '/'}{'?' + url.query if url.query else ''}"
            self.forward(str(url.hostname), DOORS["http"], path)

        do_HEAD = do_GET  # noqa: N815 (the name is the server's)

        def do_CONNECT(self) -> None:
            """Carry an encrypted line."""
            host, _, port = self.path.rpartition(":")
            if host not in hosts or port != str(DOORS["https"]):
                self.send_error(403)
                return
            try:
                line = socket.create_connection((host, DOORS["https"]), timeout=SILENCE)
            except OSError:
                self.send_error(502)
                return
            with line:
                self.send_response_only(200)
                self.end_headers()
                between(self.connection, line)

    return Packages


def between(one: socket.socket, other: socket.socket) -> None:
    """Carry bytes both ways until one end closes or both keep silent."""
    with selectors.DefaultSelector() as ends:
        ends.register(one, selectors.EVENT_READ, other)
        ends.register(other, selectors.EVENT_READ, one)
        while ready := ends.select(SILENCE):
            for key, _ in ready:
                source: Any = key.fileobj
                if not (some := source.recv(65536)):
                    return
                key.data.sendall(some)


def main(address: str, mirror: str, *hosts: str) -> None:
    """Serve until the seal is removed."""
    if hosts:
        packages = Gate(address, PACKAGES_PORT, packages_handler(frozenset(hosts)))
        threading.Thread(target=packages.serve_forever, daemon=True).start()
    Gate(address, MIRROR_PORT, mirror_handler(mirror)).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
