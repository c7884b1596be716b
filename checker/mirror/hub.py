"""Copy images from the hub into the mirror; it knows nothing about recipes."""

import json
import urllib.error
import urllib.request

from checker.machine import run
from checker.machine.docker import Docker
from checker.machine.trouble import Trouble
from checker.mirror import manifest, registry
from checker.mirror.manifest import CourseImage

PROGRAM = "registry:2"


def reachable(docker: Docker, timeout: float = 3.0) -> bool:
    """Tell whether the hub that this engine names answers; being refused is an answer too."""
    where = docker.text("info", "--format", "{{json .IndexServerAddress}}", timeout=10)
    address = json.loads(where).partition("/v1/")[0]
    if not address.startswith("https://"):
        return False
    request = urllib.request.Request(f"{address}/v2/")  # noqa: S310 (it is https, see above)
    try:
        with urllib.request.urlopen(request, timeout=timeout):  # noqa: S310
            return True
    except urllib.error.HTTPError as reply:
        reply.close()
        return True
    except OSError:
        return False


def is_local(docker: Docker, name: str) -> bool:
    """Tell whether the engine has an image of this name."""
    return docker.succeeds("image", "inspect", name)


def copy(docker: Docker, address: str, image: CourseImage) -> None:
    """Pull an image, push it to the mirror, and leave the engine's names as they were."""
    held = registry.look(address, image.name)
    if held:
        # A stand-in in the mirror would be what the pull finds.
        registry.forget(address, held)
    before = is_local(docker, image.name)
    with run.step(f"Copying {image.name} from the hub") as tell:
        docker.follow(tell, run.NOTES / "mirror.log", "pull", image.name)
        for name in image.names:
            push(docker, tell, image.name, manifest.at(address, name))
    if not before:
        docker.text("image", "rm", image.name)


def push(docker: Docker, tell: run.Tell, name: str, there: str) -> None:
    """Push a local image under the name that it has in the mirror."""
    docker.text("tag", name, there)
    try:
        docker.follow(tell, run.NOTES / "mirror.log", "push", there)
    finally:
        docker.text("image", "rm", there)


def fetch_program(docker: Docker, tag: str) -> None:
    """Pull the program of the mirror itself, under a name of the course's own."""
    before = is_local(docker, PROGRAM)
    with run.step("Pulling the mirror itself") as tell:
        docker.follow(tell, run.NOTES / "mirror.log", "pull", PROGRAM)
    docker.text("tag", PROGRAM, tag)
    if not before:
        docker.text("image", "rm", PROGRAM)


def lend(docker: Docker, address: str, images: tuple[CourseImage, ...]) -> None:
    """Give an engine that does not ask the mirror the images that it lacks, under hub names."""
    for image in images:
        missing = [name for name in image.names if not is_local(docker, name)]
        if not missing:
            continue
        there = manifest.at(address, image.name)
        with run.step(f"Taking {image.name} from the course mirror") as tell:
            docker.follow(tell, run.NOTES / "mirror.log", "pull", there)
        for name in missing:
            docker.text("tag", there, name)
        docker.text("image", "rm", there)


def need_reachable(docker: Docker) -> None:
    """Stop where images are to come from a hub that does not answer."""
    if not reachable(docker):
        raise Trouble(
            "The hub does not answer from here; fill the mirror with stand-ins instead: "
            "make mirror FROM=stand-ins"
        )
