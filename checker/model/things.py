"""Containers, images, volumes: what the engine has, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

AS_ASKED = "(as asked)"
"""Stands in evidence for a secret that equals what the lesson asks for."""

HIDDEN = "(hidden)"
"""Stands in evidence for any other secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """A published port: `inside` the container, and where it is found on the host."""

    inside: int
    outside: int
    address: str = ""
    protocol: str = "tcp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mount:
    """Something mounted at a path of a container.

    `source` is a volume's name; for a bind mount it is the folder, written as `./part`
    when it lies in the lesson's folder.
    """

    kind: str
    source: str
    at: str
    writable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A container at one moment; times are the engine's own, ISO 8601 in UTC."""

    name: str
    id: str
    image: str
    image_id: str = ""
    created: str = ""
    status: str = "running"
    started: str = ""
    finished: str = ""
    exit_code: int = 0
    auto_remove: bool = False
    command: tuple[str, ...] = ()
    env: tuple[tuple[str, str], ...] = ()
    ports: tuple[Port, ...] = ()
    mounts: tuple[Mount, ...] = ()
    networks: tuple[str, ...] = ()
    health: str = ""
    error: str = ""
    log: str | None = None
    memory: int = 0
    """The limit in bytes; 0 is none."""
    cpus: float = 0.0
    """The limit in cores; 0 is none."""
    killed_for_memory: bool = False
    """What the engine recorded of the last run: that the kernel killed a process in it."""
    restarts: int = 0
    """How often the engine has restarted it by its policy."""
    restart_policy: str = ""
    """`no`, `always`, `unless-stopped`, `on-failure` or `on-failure:3`."""
    throttled: bool | None = None
    """Whether the kernel has held it back for its limit of cores; none where nobody asked."""

    @property
    def running(self) -> bool:
        """Whether its main process runs now."""
        return self.status == "running"


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image at one moment, found under `name`; `size` is in bytes as this engine counts them."""

    name: str
    id: str
    tags: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()
    layers: int = 0
    size: int = 0
    created: str = ""
    layer_ids: tuple[str, ...] = ()
    """The digests of the layers' contents, the base's first; alike on every image store."""
    labels: tuple[tuple[str, str], ...] = ()
    env: tuple[tuple[str, str], ...] = ()
    workdir: str = ""
    user: str = ""
    entrypoint: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    exposes: tuple[str, ...] = ()
    """Ports as `8888/tcp`."""
    volumes: tuple[str, ...] = ()
    healthcheck: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A volume at one moment; `created` has a resolution of one second."""

    name: str
    created: str = ""
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A network at one moment, with the names of the running containers on it."""

    name: str
    id: str
    driver: str = ""
    internal: bool = False
    created: str = ""
    containers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What the engine may use at all; on Docker Desktop that is its virtual machine."""

    name: str
    cores: int = 0
    memory: int = 0
