"""Remember what was done to this computer, so that it can be undone; it does nothing itself."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the course's own engine keeps its files and listens."""

    home: Path
    run: Path
    socket: Path

    @property
    def host(self) -> str:
        """The engine's address, as DOCKER_HOST has it."""
        return f"unix://{self.socket}"

    @property
    def config(self) -> Path:
        """The engine's configuration."""
        return self.home / "daemon.json"

    @property
    def log(self) -> Path:
        """What the engine says."""
        return self.home / "dockerd.log"

    @property
    def state(self) -> Path:
        """What was done to this computer."""
        return self.home / "state.json"

    @property
    def pidfile(self) -> Path:
        """The engine's own note of its process."""
        return self.run / "dockerd.pid"


DEFAULTS = {
    "WORKBOOK_ENGINE_HOME": "/var/lib/container-workbook",
    "WORKBOOK_ENGINE_RUN": "/run/container-workbook",
    "WORKBOOK_ENGINE_SOCKET": "/var/run/docker.sock",
}
"""The environment variables that say where the course's engine lives, and what they are unset."""


def place(environ: Mapping[str, str] = os.environ) -> Place:
    """Give the place that the environment names, or the usual one."""
    home, run, socket = (Path(environ.get(name, usual)) for name, usual in DEFAULTS.items())
    return Place(home=home, run=run, socket=socket)


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """What the engine changes in the network, as it was before."""

    interfaces: tuple[str, ...] = ()
    ip_forward: str = ""
    forward_policy: Mapping[str, str] = {}


class State(msgspec.Struct, frozen=True, kw_only=True):
    """All that was done to this computer."""

    pid: int = 0
    born: float = 0.0
    before: Before | None = None
    packages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def load(place: Place) -> State:
    """Read what was done; nothing was done where there is no file."""
    try:
        return msgspec.json.decode(place.state.read_bytes(), type=State)
    except FileNotFoundError:
        return State()


def save(place: Place, state: State) -> None:
    """Write what was done, all of it or nothing."""
    place.home.mkdir(parents=True, exist_ok=True)
    beside = place.state.with_suffix(".new")
    beside.write_bytes(msgspec.json.format(msgspec.json.encode(state), indent=2))
    beside.replace(place.state)


def change(place: Place, **changes: object) -> State:
    """Write what was done with some of it changed."""
    changed = msgspec.structs.replace(load(place), **changes)
    save(place, changed)
    return changed
