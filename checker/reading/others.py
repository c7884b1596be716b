"""Volumes, networks, the machine and events in the engine's JSON, as values. It asks nothing."""

from __future__ import annotations

from typing import Any

from checker.model import Event, Machine, Network, Volume
from checker.reading.times import moment


def volume(name: str, seen: dict[str, Any]) -> Volume:
    """A volume as `GET /volumes/{name}` tells it."""
    return Volume(
        name=name,
        created=seen.get("CreatedAt", ""),
        labels=tuple(sorted((seen.get("Labels") or {}).items())[:20]),
    )


def network(name: str, seen: dict[str, Any]) -> Network:
    """A network as `GET /networks/{name}` tells it."""
    boxes = (seen.get("Containers") or {}).values()
    return Network(
        name=name,
        id=seen.get("Id", ""),
        driver=seen.get("Driver", ""),
        internal=bool(seen.get("Internal")),
        created=moment(seen.get("Created", "")),
        containers=tuple(sorted(box.get("Name", "") for box in boxes)),
    )


def machine(name: str, seen: dict[str, Any]) -> Machine:
    """The engine's machine as `GET /info` tells it."""
    return Machine(
        name=name, cores=int(seen.get("NCPU") or 0), memory=int(seen.get("MemTotal") or 0)
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


TELLING = frozenset(
    {"create", "start", "die", "oom", "stop", "destroy", "rename", "tag", "pull", "load", "restart"}
)
"""The actions that tell a history; the rest is noise, much of it made by looking."""
