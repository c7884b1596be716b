"""A container in the engine's JSON, as a value. It asks nothing."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import Any

from checker.model import Container, Mount, Port
from checker.reading.times import moment
from checker.redact import masked

_DESKTOP = re.compile(r"^(?:/run/desktop/mnt/host|/host_mnt|/mnt/host)(?=/)")

HELD_BACK_PERIODS = 10
"""Periods of a tenth of a second in which a container that wants more has stood still."""


def container(
    name: str,
    seen: dict[str, Any],
    wanted_env: tuple[tuple[str, str], ...],
    folder: Path,
    log: str | None,
    *,
    throttled: bool | None = None,
) -> Container:
    """A container as `GET /containers/{name}/json` tells it."""
    state, config, host = (
        seen.get("State") or {},
        seen.get("Config") or {},
        seen.get("HostConfig") or {},
    )
    return Container(
        name=name,
        id=seen.get("Id", ""),
        image=config.get("Image", ""),
        image_id=seen.get("Image", ""),
        created=moment(seen.get("Created", "")),
        status=state.get("Status", ""),
        started=moment(state.get("StartedAt", "")),
        finished=moment(state.get("FinishedAt", "")),
        exit_code=int(state.get("ExitCode") or 0),
        auto_remove=bool(host.get("AutoRemove")),
        env=_env(config.get("Env") or [], wanted_env),
        ports=ports(seen),
        mounts=tuple(_mount(one, folder) for one in seen.get("Mounts") or []),
        health=(state.get("Health") or {}).get("Status", ""),
        error=state.get("Error", "")[:300],
        log=log,
        networks=tuple(sorted((seen.get("NetworkSettings") or {}).get("Networks") or {})),
        memory=int(host.get("Memory") or 0),
        cpus=_cpus(host),
        killed_for_memory=bool(state.get("OOMKilled")),
        restarts=int(seen.get("RestartCount") or 0),
        restart_policy=_restart_policy(host),
        throttled=throttled,
    )


def _env(lines: list[str], wanted: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The variables that claims are about; secrets only as equal to what was asked, or hidden."""
    there = dict(line.partition("=")[::2] for line in lines)
    return tuple(
        (name, masked(name, there[name][:2000], asked=asked))
        for name, asked in wanted
        if name in there
    )


def ports(seen: dict[str, Any]) -> tuple[Port, ...]:
    """The published ports, each once.

    A running container tells what is bound, once for IPv4 and once for IPv6; one that does not
    run tells nothing there, and what it asked for stands in its HostConfig.
    """
    bound = (seen.get("NetworkSettings") or {}).get("Ports") or {}
    asked = (seen.get("HostConfig") or {}).get("PortBindings") or {}
    runs = (seen.get("State") or {}).get("Status") == "running"
    found: set[tuple[int, str, int, str]] = set()
    for inside, doors in (bound if runs or any(bound.values()) else asked).items():
        number, _, protocol = inside.partition("/")
        for door in doors or []:
            address = door.get("HostIp") or ""
            where = "" if address in ("0.0.0.0", "::") else address  # noqa: S104 - read, not bound
            found.add((int(number), protocol or "tcp", int(door.get("HostPort") or 0), where))
    return tuple(
        Port(inside=inside, protocol=protocol, outside=outside, address=address)
        for inside, protocol, outside, address in sorted(found)
    )


def _mount(seen: dict[str, Any], folder: Path) -> Mount:
    kind = seen.get("Type", "")
    source = seen.get("Name", "") if kind == "volume" else seen.get("Source", "")
    return Mount(
        kind=kind,
        source=relative(source, folder) if kind == "bind" else source,
        at=seen.get("Destination", ""),
        writable=bool(seen.get("RW", True)),
    )


def relative(source: str, folder: Path) -> str:
    """A bind mount's source as `./part` of the lesson's folder; of others the last name only."""
    plain = PurePosixPath(_DESKTOP.sub("", source))
    for base in (folder, folder.resolve()):
        own = PurePosixPath(base.as_posix())
        if plain == own:
            return "."
        if own in plain.parents:
            return f"./{plain.relative_to(own)}"
    return f"…/{plain.name}"


def log(frames: bytes, *, tty: bool) -> str:
    """A container's log as text; without a terminal it comes in frames: eight bytes, payload."""
    if tty:
        return frames.decode(errors="replace")
    parts, at = [], 0
    while at + 8 <= len(frames):
        size = int.from_bytes(frames[at + 4 : at + 8], "big")
        parts.append(frames[at + 8 : at + 8 + size])
        at += 8 + size
    return b"".join(parts).decode(errors="replace")


def throttled(seen: dict[str, Any]) -> bool:
    """Whether a container was held back for a second, as `GET /containers/{name}/stats` tells it.

    The kernel deals out time in periods of a tenth of a second. What sleeps is held back in one to
    three of them while it starts, and in as many for each `docker exec`.
    """
    counted = (seen.get("cpu_stats") or {}).get("throttling_data") or {}
    return int(counted.get("throttled_periods") or 0) >= HELD_BACK_PERIODS


def _restart_policy(host: dict[str, Any]) -> str:
    seen = host.get("RestartPolicy") or {}
    most = seen.get("MaximumRetryCount") or 0
    return f"{seen.get('Name', '')}:{most}" if most else seen.get("Name", "")


def _cpus(host: dict[str, Any]) -> float:
    """`--cpus` as it was asked, or what `--cpu-quota` with its period comes to."""
    if nano := host.get("NanoCpus") or 0:
        return float(nano) / 1e9
    quota, period = host.get("CpuQuota") or 0, host.get("CpuPeriod") or 100_000
    return float(quota) / period if quota > 0 else 0.0
