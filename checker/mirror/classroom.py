"""Offer the mirror's images to engines that do not ask it by themselves; it fills nothing."""

import json
from pathlib import Path

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


HOW = {
    "service": "The file is /etc/docker/daemon.json; then: sudo systemctl reload docker",
    "process": "The file is /etc/docker/daemon.json; then: sudo pkill -HUP dockerd",
    "rootless": "The file is ~/.config/docker/daemon.json; then: systemctl --user reload docker",
    "desktop": "In Docker Desktop they go to Settings, Docker Engine; then: Apply & restart",
}
"""How each kind of engine takes new settings."""

ANY = f"{HOW['service']}\n{HOW['desktop']}"


def how_to_set(host: str) -> str:
    """Say how the engine at `host` takes new settings."""
    shape = "{{.OperatingSystem}} {{.SecurityOptions}}"
    return HOW[kind(Docker(host).text("info", "--format", shape))]


def kind(said: str) -> str:
    """Tell the kind of engine from what it says of itself."""
    if "Docker Desktop" in said:
        return "desktop"
    if "rootless" in said:
        return "rootless"
    return "service" if Path("/run/systemd/system").is_dir() else "process"


def settings(address: str, how: str = ANY) -> str:
    """Give the settings with which an engine uses the mirror at this address."""
    wanted: dict[str, list[str]] = {"registry-mirrors": [f"http://{address}"]}
    if not address.startswith("127."):
        # Without this BuildKit refuses plain HTTP, while docker pull does not.
        wanted["insecure-registries"] = [address]
    lines = json.dumps(wanted, indent=2)
    return (
        f"An engine that is to use the mirror needs these lines in its daemon.json:\n{lines}\n{how}"
    )


def lend(host: str, lesson: str = "") -> None:
    """Give an engine that does not ask the mirror the images of one lesson, or of all."""
    hub.lend(Docker(host), ADDRESS, manifest.of_lesson(lesson) if lesson else manifest.images())


def holds(host: str, lesson: str) -> bool:
    """Tell whether the engine has all images of a lesson already."""
    docker, wanted = Docker(host), manifest.of_lesson(lesson)
    return bool(wanted) and all(hub.is_local(docker, one.name) for one in wanted)


def down(host: str, *, with_images: bool = False) -> None:
    """Remove the mirror's container; its images stay in the volume unless told otherwise."""
    program.remove(Docker(host), with_images=with_images)
    run.note("The course mirror is stopped." if not with_images else "The course mirror is gone.")
