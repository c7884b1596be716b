"""A door between a checker and an engine that a test can shut, at once or in mid-answer."""

from __future__ import annotations

import contextlib
import shutil
import socket
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Proxy:
    """Passes bytes between its own socket and the engine's; `after` bytes of answers it is cut."""

    engine: Path
    after: int | None = None
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="proxy-")))
    _lines: list[socket.socket] = field(default_factory=list)
    _door: socket.socket | None = None

    @property
    def host(self) -> str:
        return f"unix://{self.folder}/docker.sock"

    def __enter__(self) -> Proxy:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        shutil.rmtree(self.folder)

    def open(self) -> None:
        """Listen, as an engine that was started."""
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(self.folder / "docker.sock"))
        self._door.listen()
        threading.Thread(target=self._serve, args=(self._door,), daemon=True).start()

    def cut(self) -> None:
        """Hang up on everybody and vanish, as an engine that was killed."""
        (self.folder / "docker.sock").unlink(missing_ok=True)
        for line in (self._door, *self._lines):
            if line is not None:
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
                line.close()
        self._lines, self._door = [], None

    def _serve(self, door: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                here, _ = door.accept()
                there = socket.socket(socket.AF_UNIX)
                there.connect(str(self.engine))
                self._lines += [here, there]
                for one, other, counted in ((here, there, False), (there, here, True)):
                    work = threading.Thread(target=self._pass, args=(one, other, counted))
                    work.daemon = True
                    work.start()

    def _pass(self, one: socket.socket, other: socket.socket, counted: bool) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(4096):
                if counted and self.after is not None:
                    self.after -= len(data)
                    if self.after < 0:
                        other.sendall(data[: len(data) // 2])
                        self.cut()
                        return
                other.sendall(data)
