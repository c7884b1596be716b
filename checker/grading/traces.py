"""What a graded run leaves on an engine: what was there before is never touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checker.engine import Client
from checker.lesson import Lesson


@dataclass(frozen=True, slots=True, kw_only=True)
class There:
    """What is on an engine: containers, volumes, networks by id with their names, and images.

    Of images only those that a lesson judges or makes.
    """

    containers: Mapping[str, Mapping[str, Any]]
    volumes: frozenset[str]
    networks: Mapping[str, str]
    images: frozenset[str]


def look(client: Client, lesson: Lesson) -> There:
    """What is on the engine now; raises `EngineTrouble`."""
    boxes = client.get("/containers/json", all=1) or []
    volumes = (client.get("/volumes") or {}).get("Volumes") or []
    wanted = sorted({*lesson.makes().images, *judged(lesson)})
    return There(
        containers={box["Id"]: box for box in boxes},
        volumes=frozenset(one["Name"] for one in volumes),
        networks={one["Id"]: one["Name"] for one in client.get("/networks") or []},
        images=frozenset(name for name in wanted if client.get(f"/images/{name}/json")),
    )


def judged(lesson: Lesson) -> frozenset[str]:
    """The images about which the lesson claims something: who finds them there has less to do."""
    firsts = (claim.about[0].key for step in lesson.steps for claim in step.claims if claim.about)
    return frozenset(key.removeprefix("image ") for key in firsts if key.startswith("image "))


def in_the_way(there: There, lesson: Lesson) -> list[str]:
    """The objects that learners make in this lesson and that are there already."""
    made = lesson.makes()
    boxes = [name for box in there.containers.values() for name in _names(box)]
    return [
        *(f"container {name}" for name in made.containers if name in boxes),
        *(f"volume {name}" for name in made.volumes if name in there.volumes),
        *(f"network {name}" for name in made.networks if name in there.networks.values()),
        *(f"image {name}" for name in made.images if name in there.images),
    ]


def clear(client: Client, lesson: Lesson, before: There) -> list[str]:
    """Remove what came since `before` and belongs to the lesson; what is left, in sentences."""
    now = look(client, lesson)
    new = [box for id_, box in now.containers.items() if id_ not in before.containers]
    ours = [box for box in new if _ours(box, lesson)]
    volumes = (_mounted(ours) | set(lesson.makes().volumes)) & (now.volumes - before.volumes)
    left = [f"{_called(box)} appeared during the run; it stays" for box in new if box not in ours]
    left += [_remove(client, f"/containers/{box['Id']}", _called(box)) for box in ours]
    left += [_remove(client, f"/volumes/{name}", f"volume {name}") for name in sorted(volumes)]
    left += [
        _remove(client, f"/networks/{id_}", f"network {n}") for id_, n in _nets(now, before, lesson)
    ]
    images = sorted(now.images - before.images)
    left += [_remove(client, f"/images/{name}", f"image {name}") for name in images]
    return [sentence for sentence in left if sentence]


def _nets(now: There, before: There, lesson: Lesson) -> list[tuple[str, str]]:
    """The new networks that the lesson has learners make."""
    new = [one for one in now.networks.items() if one[0] not in before.networks]
    return [(id_, name) for id_, name in new if name in lesson.makes().networks]


def _ours(box: Mapping[str, Any], lesson: Lesson) -> bool:
    """Whether a new container belongs to the lesson: by its name, its image or its volumes.

    Somebody else may start a container while a submission runs; that one is not ours.
    """
    made = lesson.makes()
    return (
        any(name in made.containers for name in _names(box))
        or box.get("Image") in {*made.images, *lesson.images}
        or bool(_mounted([box]) & set(made.volumes))
    )


def _mounted(boxes: list[Mapping[str, Any]]) -> set[str]:
    return {m["Name"] for box in boxes for m in box.get("Mounts") or () if m.get("Name")}


def _names(box: Mapping[str, Any]) -> Iterator[str]:
    return (name.lstrip("/") for name in box.get("Names") or ())


def _called(box: Mapping[str, Any]) -> str:
    return f"container {next(_names(box), box['Id'][:12])} ({box.get('Image')})"


def _remove(client: Client, path: str, called: str) -> str:
    force = {"force": 1, "v": 1} if path.startswith("/containers/") else {}
    said = client.delete(path, **force)
    return f"{called} could not be removed: {said}" if said else ""
