"""A socket in front of an engine's own, so that a test can cut the line. It reads nothing."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from pathlib import Path


class Relay:
    """Passes bytes between clients at `path` and the engine, until it is cut."""

    def __init__(self, path: Path, engine: Path) -> None:
        self.path, self.engine = path, engine
        self._open: list[socket.socket] = []
        self.host = f"unix://{path}"

    def begin(self) -> None:
        """Listen, for the first time or again."""
        server = socket.socket(socket.AF_UNIX)
        server.bind(str(self.path))
        server.listen()
        self._open.append(server)
        threading.Thread(target=self._serve, args=(server,), daemon=True).start()

    def cut(self) -> None:
        """End every connection, and be gone as a stopped engine is."""
        self.path.unlink(missing_ok=True)
        for line in self._open:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        self._open.clear()

    def _serve(self, server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = server.accept()
                upstream = socket.socket(socket.AF_UNIX)
                upstream.connect(str(self.engine))
                self._open += [client, upstream]
                for source, target in ((client, upstream), (upstream, client)):
                    threading.Thread(target=_pass, args=(source, target), daemon=True).start()


def _pass(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
