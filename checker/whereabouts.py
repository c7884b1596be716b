"""Where Docker engines are on a machine. It connects to none of them."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


class EngineTrouble(Exception):
    """The engine could not be asked; the message says why in one sentence, and what to do.

    `kind` is `absent`, `permission`, `timeout`, `died` or `refused`.
    """

    def __init__(self, kind: str, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Engine:
    """Where an engine listens, and how it was found."""

    host: str
    found: str

    @property
    def socket(self) -> Path | None:
        """The socket's path, for an engine that listens on one."""
        return Path(self.host.removeprefix("unix://")) if self.host.startswith("unix://") else None

    @property
    def ports_at(self) -> str:
        """The address at which published ports are reached from here."""
        if here := os.environ.get("WORKBOOK_PORTS_AT"):
            return here
        parts = urlsplit(self.host)
        return (
            parts.hostname or "127.0.0.1"
            if parts.scheme in ("tcp", "http", "https", "ssh")
            else "127.0.0.1"
        )


def candidates(environ: Mapping[str, str]) -> Iterator[Engine]:
    """The engines this machine may have, in the order they are tried."""
    if host := environ.get("DOCKER_HOST"):
        yield Engine(host, "DOCKER_HOST")
        return
    if host := _context_host(environ):
        yield Engine(host, "the current Docker context")
    home, runtime = Path(environ.get("HOME", "~")).expanduser(), environ.get("XDG_RUNTIME_DIR")
    yield Engine("unix:///var/run/docker.sock", "the usual socket")
    if runtime:
        yield Engine(f"unix://{runtime}/docker.sock", "the rootless engine's socket")
    for part in (
        ".docker/run/docker.sock",
        ".docker/desktop/docker.sock",
        ".colima/default/docker.sock",
    ):
        yield Engine(f"unix://{home / part}", "Docker Desktop's or Colima's socket")
    if os.name == "nt":
        yield Engine("npipe:////./pipe/docker_engine", "Docker Desktop's pipe")
    if runtime:
        yield Engine(f"unix://{runtime}/podman/podman.sock", "Podman's socket")
    yield Engine("unix:///run/podman/podman.sock", "Podman's socket")


def _context_host(environ: Mapping[str, str]) -> str:
    """The current Docker context's address, or nothing for the default context."""
    home = Path(
        environ.get("DOCKER_CONFIG") or Path(environ.get("HOME", "~")).expanduser() / ".docker"
    )
    try:
        name = environ.get("DOCKER_CONTEXT") or _current(home)
        metas = [json.loads(meta.read_text()) for meta in home.glob("contexts/meta/*/meta.json")]
        found = [m["Endpoints"]["docker"]["Host"] for m in metas if m.get("Name") == name]
    except (OSError, ValueError, KeyError, AttributeError):
        return ""
    return str(found[0]) if found else ""


def _current(home: Path) -> str:
    config = json.loads((home / "config.json").read_text())
    return str(config.get("currentContext", "default"))


def find(environ: Mapping[str, str] = os.environ) -> Engine:
    """The first engine that is there; raises `EngineTrouble` when none is.

    DOCKER_HOST and a chosen context are taken at their word; a socket counts when it exists.
    """
    for engine in candidates(environ):
        if engine.socket is None or engine.found in ("DOCKER_HOST", "the current Docker context"):
            return engine
        if _is_socket(engine.socket):
            return engine
    raise EngineTrouble(
        "absent",
        "No Docker engine was found on this machine. "
        "Start Docker, or type make start in the workbook's folder.",
    )


def _is_socket(path: Path) -> bool:
    try:
        return stat.S_ISSOCK(path.stat().st_mode)
    except OSError:
        return False
