"""The engine as a map: what is on it, what hangs together. It knows no lessons and no screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from checker.engine import Client
from checker.words.text import canonical, is_anonymous, shown

MOST_IMAGES = 300
"""Images whose layers are asked for: only there the engine has no list to give."""

NAME = 80
UNNAMED = "image without a name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A container on the map; `image` is the key of its image, `mounts` are volumes and folders."""

    name: str
    status: str
    image: str
    ports: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    volumes: tuple[tuple[str, str], ...] = ()
    folders: tuple[tuple[str, str], ...] = ()

    @property
    def running(self) -> bool:
        """Whether its main process runs."""
        return self.status == "running"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image on the map; `base` is the key of the image whose layers it begins with."""

    key: str
    names: tuple[str, ...] = ()
    base: str = ""

    @property
    def title(self) -> str:
        """Its names, or that it has none."""
        return ", ".join(self.names) or UNNAMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """All that is on an engine at one moment, each thing once."""

    engine: str
    containers: tuple[Box, ...] = ()
    images: tuple[Picture, ...] = ()
    networks: tuple[str, ...] = ()
    volumes: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """How much there is."""
        running = sum(box.running for box in self.containers)
        return (
            f"{_count(len(self.containers), 'container')} ({running} running), "
            f"{_count(len(self.images), 'image')}, {_count(len(self.networks), 'network')}, "
            f"{_count(len(self.volumes), 'volume')}"
        )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def look(client: Client) -> Map:
    """The engine as it is now: four lists, and one question for each image."""
    images = client.get("/images/json") or []
    layers = {
        one["Id"]: tuple(
            (client.get(f"/images/{one['Id']}/json") or {}).get("RootFS", {}).get("Layers") or ()
        )
        for one in images[:MOST_IMAGES]
    }
    version = (client.get("/version") or {}).get("Version", "")
    return drawn(
        f"Docker engine {shown(version)} at {client.engine.host}",
        client.get("/containers/json", all=1) or [],
        images,
        client.get("/networks") or [],
        (client.get("/volumes") or {}).get("Volumes") or [],
        layers,
    )


def drawn(
    engine: str,
    containers: Iterable[Mapping[str, Any]],
    images: Iterable[Mapping[str, Any]],
    networks: Iterable[Mapping[str, Any]],
    volumes: Iterable[Mapping[str, Any]],
    layers: Mapping[str, tuple[str, ...]],
) -> Map:
    """The map from the engine's lists; every name on it is one line without control characters."""
    pictures = tuple(_picture(one, layers) for one in images)
    known = {name: one.key for one in pictures for name in map(canonical, one.names)}
    boxes = tuple(
        sorted((_box(one, known, set(layers)) for one in containers), key=lambda box: box.name)
    )
    missing = sorted({box.image for box in boxes} - {one.key for one in pictures})
    used = {box.image for box in boxes} | {one.base for one in pictures}
    kept = tuple(one for one in pictures if one.names or one.key in used)
    return Map(
        engine=engine,
        containers=boxes,
        images=(
            *sorted(kept, key=lambda one: one.title),
            *(Picture(key=k, names=(k,)) for k in missing),
        ),
        networks=tuple(sorted(shown(one.get("Name", ""), limit=NAME) for one in networks)),
        volumes=tuple(sorted(shown(one.get("Name", ""), limit=NAME) for one in volumes)),
    )


def _picture(seen: Mapping[str, Any], layers: Mapping[str, tuple[str, ...]]) -> Picture:
    named = (shown(name, limit=NAME) for name in seen.get("RepoTags") or ())
    return Picture(
        key=seen["Id"],
        names=tuple(sorted(name for name in named if not name.startswith("<none>"))),
        base=base_of(seen["Id"], layers),
    )


def base_of(key: str, layers: Mapping[str, tuple[str, ...]]) -> str:
    """The image with the longest beginning of this one's layers; nothing where there is none."""
    own = layers.get(key, ())
    bases = {
        other: len(theirs)
        for other, theirs in layers.items()
        if 0 < len(theirs) < len(own) and own[: len(theirs)] == theirs
    }
    return max(bases, key=lambda other: (bases[other], other)) if bases else ""


def _box(seen: Mapping[str, Any], known: Mapping[str, str], ids: set[str]) -> Box:
    """A container; an image that has lost its name is called as it was typed."""
    typed, by_id = seen.get("Image", ""), seen.get("ImageID", "")
    key = (
        by_id if by_id in ids else known.get(canonical(typed), shown(typed, limit=NAME) or UNNAMED)
    )
    mounts = seen.get("Mounts") or ()
    return Box(
        name=shown((seen.get("Names") or ["(no name)"])[0].lstrip("/"), limit=NAME),
        status=shown(seen.get("State", "")),
        image=key,
        ports=tuple(
            dict.fromkeys(_port(one) for one in seen.get("Ports") or () if one.get("PublicPort"))
        ),
        networks=tuple(
            sorted(
                shown(n, limit=NAME)
                for n in (seen.get("NetworkSettings") or {}).get("Networks") or ()
            )
        ),
        volumes=tuple(_mount(one, "Name") for one in mounts if one.get("Type") == "volume"),
        folders=tuple(_mount(one, "Source") for one in mounts if one.get("Type") == "bind"),
    )


def _port(seen: Mapping[str, Any]) -> str:
    """A published port, the same for IPv4 and IPv6: `8888 → 80`."""
    address = seen.get("IP", "")
    where = "" if address in ("", "0.0.0.0", "::") else f"{shown(address)}:"  # noqa: S104 - read, not bound
    kind = "" if seen.get("Type", "tcp") == "tcp" else f"/{shown(seen['Type'])}"
    return f"{where}{seen['PublicPort']} → {seen.get('PrivatePort')}{kind}"


def _mount(seen: Mapping[str, Any], source: str) -> tuple[str, str]:
    at = shown(seen.get("Destination", ""), limit=NAME)
    return shown(seen.get(source, ""), limit=NAME), at + (
        "" if seen.get("RW", True) else " (read-only)"
    )


def volume_title(name: str) -> str:
    """A volume's name; one that Docker made up is cut."""
    return f"{name[:12]}… (anonymous)" if is_anonymous(name) else name
