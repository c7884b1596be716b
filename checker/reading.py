"""The engine's JSON as values; differences between engines are settled here. It asks nothing."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import Any

from checker.model import Container, Event, Image, Mount, Port, Volume
from checker.redact import masked

_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?")
_DESKTOP = re.compile(r"^(?:/run/desktop/mnt/host|/host_mnt|/mnt/host)(?=/)")


def moment(text: str) -> str:
    """A time of the engine with nine digits of a second, so that times compare as text."""
    match = _TIME.match(text or "")
    if not match or match[1].startswith("0001"):
        return ""
    return f"{match[1]}.{(match[2] or '')[:9]:<09}{match[3] or 'Z'}"


def container(
    name: str,
    seen: dict[str, Any],
    wanted_env: tuple[tuple[str, str], ...],
    folder: Path,
    log: str | None,
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


def image(name: str, seen: dict[str, Any]) -> Image:
    """An image as `GET /images/{name}/json` tells it."""
    return Image(
        name=name,
        id=seen.get("Id", ""),
        tags=tuple(sorted(seen.get("RepoTags") or [])),
        digests=tuple(sorted(seen.get("RepoDigests") or [])),
        layers=len((seen.get("RootFS") or {}).get("Layers") or []),
        size=int(seen.get("Size") or 0),
    )


def volume(name: str, seen: dict[str, Any]) -> Volume:
    """A volume as `GET /volumes/{name}` tells it."""
    return Volume(
        name=name,
        created=seen.get("CreatedAt", ""),
        labels=tuple(sorted((seen.get("Labels") or {}).items())[:20]),
    )


def event(seen: dict[str, Any]) -> Event:
    """An event as `GET /events` tells it."""
    actor = seen.get("Actor") or {}
    about = actor.get("Attributes") or {}
    kind, code = seen.get("Type", ""), about.get("exitCode")
    by_id = kind == "volume" or (kind, seen.get("Action")) == ("image", "pull")  # with its tag
    named = actor.get("ID", "") if by_id else about.get("name", "")
    return Event(
        kind=kind,
        action=str(seen.get("Action", "")).split(":")[0],
        name=named,
        id=actor.get("ID", "") if kind == "container" else "",
        image=about.get("image", ""),
        exit_code=int(code) if code and code.lstrip("-").isdigit() else None,
        at=str(seen.get("timeNano", "")),
    )


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


TELLING = frozenset(
    {"create", "start", "die", "oom", "stop", "destroy", "rename", "tag", "pull", "load", "restart"}
)
"""The actions that tell a history; the rest is noise, much of it made by looking."""
