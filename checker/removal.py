"""Do what a reset's plan says, one result for each line of it. It decides nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from filelock import FileLock

from checker.evidence import to_json, write
from checker.model import Container, Evidence, Image, Network, Volume
from checker.reset import Plan, Restore
from checker.versions import place_of


class Remover(Protocol):
    """What removes a thing from an engine, and tells what uses it."""

    def delete(self, path: str, /, **params: object) -> str:
        """Remove one thing; what the engine says against it, or nothing."""

    def get(self, path: str, /, **params: object) -> object:
        """The engine's answer as JSON data."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one line of the plan."""

    sentence: str
    well: bool = True


def carry_out(plan: Plan, engine: Remover, folder: Path) -> Iterator[Done]:
    """Do the plan: containers before the volumes, networks and images that they use."""
    yield from (_container(box, engine) for box in plan.containers)
    yield from (_volume(volume, engine) for volume in plan.volumes)
    yield from (_network(network, engine) for network in plan.networks)
    yield from (_image(image, engine) for image in plan.images)
    yield from (restore(file, folder) for file in plan.files)
    if plan.evidence:
        yield begin_evidence(plan, folder)


def _container(box: Container, engine: Remover) -> Done:
    """By its id, so that a newer container of the same name is safe; its volumes stay."""
    why = engine.delete(f"/containers/{box.id}", force="true")
    return _told(f"container {box.name}", why)


def _volume(volume: Volume, engine: Remover) -> Done:
    why = engine.delete(f"/volumes/{volume.name}")
    return _told(f"volume {volume.name}", why and (_users(volume.name, engine) or why))


def _network(network: Network, engine: Remover) -> Done:
    """By its id; one that other containers are on stays, and they are named."""
    why = engine.delete(f"/networks/{network.id}")
    return _told(f"network {network.name}", why and (_on(network.id, engine) or why))


def _image(image: Image, engine: Remover) -> Done:
    """Its name alone, without force: an image in use stays, and so do the layers of others."""
    why = engine.delete(f"/images/{image.name}", noprune="true")
    return _told(f"image {image.name}", why)


def _told(thing: str, why: str) -> Done:
    return (
        Done(f"kept {thing}: {why.rstrip('.')}.", well=False) if why else Done(f"removed {thing}")
    )


def _users(volume: str, engine: Remover) -> str:
    """Which containers use a volume; the engine itself names only their ids."""
    found = engine.get("/containers/json", all=1, filters=json.dumps({"volume": [volume]}))
    boxes = found if isinstance(found, list) else []
    names = [name.lstrip("/") for box in boxes for name in box.get("Names") or []]
    verb = "uses" if len(names) == 1 else "use"
    return f"{', '.join(names)} {verb} it" if names else ""


def _on(network: str, engine: Remover) -> str:
    """Which containers are on a network; the engine itself says only that there are some."""
    seen = engine.get(f"/networks/{network}")
    boxes = seen.get("Containers") or {} if isinstance(seen, dict) else {}
    names = sorted(box.get("Name", "") for box in boxes.values())
    verb = "is" if len(names) == 1 else "are"
    return f"{', '.join(names)} {verb} on it" if names else ""


def restore(file: Restore, folder: Path) -> Done:
    """Keep the learner's file under its backup name, then write the handed-out one."""
    path = folder / file.name
    path.parent.mkdir(parents=True, exist_ok=True)
    if file.backup:
        path.rename(folder / file.backup)
    path.write_bytes(file.content)
    return Done(f"restored {file.name}")


def begin_evidence(plan: Plan, folder: Path) -> Done:
    """Put the evidence aside; a new one begins at once, so that an open notebook forgets, too."""
    path = folder / f"{plan.lesson}.evidence.json"
    with FileLock(f"{path}.lock", timeout=5):
        path.rename(folder / plan.evidence)
        if (files := place_of(folder, plan.lesson)).exists():
            files.rename(folder / plan.evidence.replace(".evidence.", ".evidence.files."))
        write(path, to_json(Evidence(lesson=plan.lesson)))
    return Done("began new evidence")
