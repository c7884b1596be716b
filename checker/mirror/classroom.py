"""Offer the mirror's images to engines that do not ask it by themselves; it fills nothing."""

import json

from checker.machine import run
from checker.machine.docker import Docker
from checker.mirror import hub, manifest, program
from checker.mirror.filling import held
from checker.mirror.program import ADDRESS


def is_asked(host: str) -> bool:
    """Tell whether the engine at `host` asks the mirror before the hub."""
    shape = "{{json .RegistryConfig.Mirrors}}"
    return f"http://{ADDRESS}/" in (json.loads(Docker(host).text("info", "--format", shape)) or ())


def serve(host: str, address: str) -> None:
    """Publish the mirror to a classroom as well, and show what a learner's engine needs."""
    docker = Docker(host)
    with run.step(f"Publishing the course mirror at {address}"):
        program.start(docker, address)
    if any(image.is_stand_in for image in held()):
        run.note(
            "These are stand-ins with this machine's certificates inside: "
            "they are for tests, not for a classroom. Fill from the hub with make mirror FROM=hub."
        )
    run.note(settings(address))


def settings(address: str) -> str:
    """Give the settings with which an engine uses the mirror at this address."""
    wanted: dict[str, list[str]] = {"registry-mirrors": [f"http://{address}"]}
    if not address.startswith("127."):
        # Without this BuildKit refuses plain HTTP, while docker pull does not.
        wanted["insecure-registries"] = [address]
    lines = json.dumps(wanted, indent=2)
    return (
        f"Each engine that is to use the mirror needs these lines in its daemon.json:\n{lines}\n"
        "The file is /etc/docker/daemon.json (then: sudo systemctl reload docker), or in Docker "
        "Desktop: Settings, Docker Engine, Apply & restart."
    )


def lend(host: str, lesson: str = "") -> None:
    """Give an engine that does not ask the mirror the images of one lesson, or of all."""
    hub.lend(Docker(host), ADDRESS, manifest.of_lesson(lesson) if lesson else manifest.images())


def down(host: str, *, with_images: bool = False) -> None:
    """Remove the mirror's container; its images stay in the volume unless told otherwise."""
    program.remove(Docker(host), with_images=with_images)
    run.note("The course mirror is stopped." if not with_images else "The course mirror is gone.")
