"""Fill the course mirror from the hub or with stand-ins; it knows nothing about claims."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from checker.machine import run
from checker.machine.docker import Docker
from checker.machine.trouble import Trouble
from checker.mirror import hub, manifest, program, registry, stand_ins
from checker.mirror.manifest import CourseImage, images
from checker.mirror.program import ADDRESS
from checker.mirror.registry import Held

MANIFEST = run.NOTES / "mirror.json"
NEED = 4 * 1024**3
"""Bytes that filling takes at its peak: images, build cache and the mirror's copy."""


def held(address: str = ADDRESS) -> tuple[Held, ...]:
    """Look at what the mirror holds of the course's images."""
    looks = (registry.look(address, name) for image in images() for name in image.names)
    return tuple(look for look in looks if look)


def fill(host: str, source: str = "auto", *, lesson: str = "") -> None:
    """Start the mirror on the engine at `host`, and add what it lacks from hub or stand-ins."""
    docker = Docker(host)
    docker.text("version", "--format", "{{.Server.Version}}")
    if source == "hub":
        hub.need_reachable(docker)
    elif source == "auto" and hub.reachable(docker):
        source = "hub"
    start_program(docker, source)
    listed = manifest.of_lesson(lesson) if lesson else images()
    wanted = [image for image in listed if not is_current(image, source)]
    if wanted:
        need_disk(docker)
        add(docker, source, wanted)
    found = held()
    write_manifest(found)
    run.note(f"The course mirror at {ADDRESS} holds {len(found)} names: {names(found)}")


def names(found: Iterable[Held]) -> str:
    """List what the mirror holds."""
    return ", ".join(image.name for image in found)


def start_program(docker: Docker, source: str) -> None:
    """Have the mirror's registry run, and get its program first where it is missing."""
    if not program.has_image(docker):
        need_disk(docker)
        get = hub.fetch_program if source == "hub" else stand_ins.build_mirror
        get(docker, program.IMAGE)
    with run.step(f"Starting the course mirror at {ADDRESS}"):
        program.start(docker)


def is_current(image: CourseImage, source: str) -> bool:
    """Tell whether the mirror holds an image as this source would give it.

    Without a hub, what once came from a hub is better than a stand-in, and stays.
    """
    looks = [registry.look(ADDRESS, name) for name in image.names]
    real = all(look and not look.is_stand_in for look in looks)
    if source == "hub" or (source == "auto" and real):
        return real
    recipe = manifest.fingerprint(image)
    return all(look and look.labels.get(registry.RECIPE) == recipe for look in looks)


def add(docker: Docker, source: str, wanted: Iterable[CourseImage]) -> None:
    """Add images to the mirror."""
    if source == "hub":
        for image in wanted:
            hub.copy(docker, ADDRESS, image)
        return
    family = manifest.with_parents(wanted)
    missing = [image for image in family if not is_current(image, source)]
    stand_ins.build(docker, ADDRESS, missing)
    stand_ins.forget_base()


def need_disk(docker: Docker) -> None:
    """Stop before a half-filled disk, where the engine's data are on this machine."""
    root = Path(docker.text("info", "--format", "{{.DockerRootDir}}"))
    if not root.is_dir():
        return
    free = shutil.disk_usage(root).free
    if problem := disk_problem(free, root):
        raise Trouble(problem)


def disk_problem(free: int, root: Path) -> str | None:
    """Say that the disk is too small to fill the mirror, or nothing."""
    if free >= NEED:
        return None
    return (
        f"Filling the course mirror takes {NEED / 1024**3:.0f} GB and {root} has "
        f"{free / 1024**3:.1f} GB left; free some space (docker system df shows what Docker "
        "holds), then run this again."
    )


def write_manifest(found: Iterable[Held], path: Path = MANIFEST) -> None:
    """Write down what the mirror holds: names, tags, digests and sizes."""
    listed = [
        {
            "name": manifest.repository(image.name),
            "tag": manifest.tag(image.name),
            "digest": image.digest,
            "size": image.size,
            "stand_in": image.is_stand_in,
        }
        for image in found
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps({"version": 1, "images": listed}, indent=2) + "\n")
    beside.replace(path)
