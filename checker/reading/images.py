"""An image in the engine's JSON, as a value. It asks nothing."""

from __future__ import annotations

from typing import Any

from checker.model import HIDDEN, Image
from checker.reading.times import moment
from checker.redact import is_secret


def image(name: str, seen: dict[str, Any]) -> Image:
    """An image as `GET /images/{name}/json` tells it."""
    config = seen.get("Config") or {}
    layers = tuple((seen.get("RootFS") or {}).get("Layers") or [])
    return Image(
        name=name,
        id=seen.get("Id", ""),
        tags=tuple(sorted(seen.get("RepoTags") or [])),
        digests=tuple(sorted(seen.get("RepoDigests") or [])),
        layers=len(layers),
        size=int(seen.get("Size") or 0),
        created=moment(seen.get("Created", "")),
        layer_ids=layers,
        labels=tuple(sorted((config.get("Labels") or {}).items())[:20]),
        env=tuple(_pair(line) for line in config.get("Env") or []),
        workdir=config.get("WorkingDir", ""),
        user=config.get("User", ""),
        entrypoint=tuple(config.get("Entrypoint") or ()),
        command=tuple(config.get("Cmd") or ()),
        exposes=tuple(sorted(config.get("ExposedPorts") or {})),
        volumes=tuple(sorted(config.get("Volumes") or {})),
        healthcheck=tuple((config.get("Healthcheck") or {}).get("Test") or ()),
    )


def _pair(line: str) -> tuple[str, str]:
    """A variable; the value of a secret one never enters evidence."""
    name, _, value = line.partition("=")
    return name, HIDDEN if is_secret(name) else value[:2000]
