"""A server of its own for the plain page: this computer alone, a token, and nothing else on it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from jupyter_server.serverapp import ServerApp
from traitlets.config import Config

from checker.live.server import add_to

LOOPBACK = "127.0.0.1"


class Plain(ServerApp):
    """A Jupyter Server with its doors and without its services: no files, kernels or terminals."""

    default_services = ("auth", "security")  # type: ignore[assignment]

    def load_config_file(self, *_: Any, **__: Any) -> None:
        """Read nobody's configuration."""

    def write_server_info_file(self) -> None:
        """Stay out of the list of servers that notebooks may use."""

    def remove_server_info_file(self) -> None:
        """Nothing was written."""

    def write_browser_open_files(self) -> None:
        """Leave no file with the token behind."""

    def init_resources(self) -> None:
        """Leave the limits of this process as they are."""


def settings(port: int, token: str, root: Path, *, as_root: bool) -> Config:
    """What the server is told."""
    return Config(
        {
            "Plain": {
                "ip": LOOPBACK,
                "port": port,
                "port_retries": 0,
                "open_browser": False,
                "allow_root": as_root,
                "root_dir": str(root),
                "default_url": "/workbook",
                "log_level": logging.ERROR,
                "answer_yes": True,
                "terminals_enabled": False,
            },
            "IdentityProvider": {"token": token},
            "ContentsManager": {"files_handler_class": None},
        }
    )


def serve(port: int, token: str, root: Path, *, as_root: bool, ready: Callable[[], object]) -> None:
    """Serve the page until somebody ends it; `ready` is called once it is there."""
    app = Plain(config=settings(port, token, root, as_root=as_root))
    _begin(app, [])
    room = add_to(app)
    app.io_loop.add_callback(ready)
    try:
        app.start()
    finally:
        room.hub.stop()


def _begin(app: Any, argv: Sequence[str]) -> None:
    app.initialize(list(argv), find_extensions=False)
