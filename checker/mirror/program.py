"""Run the mirror's registry as a container; it knows nothing about what the registry holds."""

import time

from checker.machine import run
from checker.machine.docker import Docker
from checker.machine.trouble import Trouble
from checker.mirror import registry

NAME = "container-workbook-mirror"
"""The name of the mirror's container, and of the volume that keeps its images."""

IMAGE = "container-workbook/mirror:2"
LABEL = "org.container-workbook.part=mirror"
PORT = 5001
ADDRESS = f"127.0.0.1:{PORT}"


def is_running(docker: Docker) -> bool:
    """Tell whether the mirror's container runs."""
    return NAME in docker.text("ps", "--filter", f"name=^{NAME}$", "--format", "{{.Names}}")


def has_image(docker: Docker) -> bool:
    """Tell whether the mirror's own program is in the engine."""
    return docker.succeeds("image", "inspect", IMAGE)


def published(docker: Docker) -> tuple[str, ...]:
    """List the addresses that the mirror's container was created with."""
    shape = '{{range index .HostConfig.PortBindings "5000/tcp"}}{{.HostIp}}:{{.HostPort}} {{end}}'
    if not docker.succeeds("container", "inspect", NAME):
        return ()
    return tuple(docker.text("container", "inspect", "--format", shape, NAME).split())


def start(docker: Docker, *addresses: str) -> None:
    """Have the mirror run at these addresses; its data stays in its volume."""
    wanted = (ADDRESS, *addresses)
    if set(wanted) <= set(published(docker)) and is_running(docker):
        return
    try:
        create(docker, wanted)
    except Trouble:
        # An address was taken: have the mirror run as it did before.
        docker.succeeds("rm", "--force", NAME)
        if addresses:
            create(docker, (ADDRESS,))
        raise
    wait(docker)


def create(docker: Docker, addresses: tuple[str, ...]) -> None:
    """Replace the mirror's container by one at these addresses."""
    docker.succeeds("rm", "--force", NAME)
    docker.text("run", "--detach", *options(addresses), IMAGE)


def options(addresses: tuple[str, ...]) -> list[str]:
    """Give the options that the mirror's container is created with."""
    publish = [f"--publish={address}:5000" for address in addresses]
    volume = f"--volume={NAME}:/var/lib/registry"
    deletes = "--env=REGISTRY_STORAGE_DELETE_ENABLED=true"
    kept = ["--restart=unless-stopped", "--label", LABEL]
    return ["--name", NAME, *publish, volume, deletes, *kept]


def wait(docker: Docker, patience: float = 20.0) -> None:
    """Wait until the mirror answers."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if registry.answers(ADDRESS):
            return
        time.sleep(0.1)
    said = run.last_words(docker.text("logs", "--tail=5", NAME))
    raise Trouble(f"The mirror gave no answer at {ADDRESS} in {patience:.0f} s; it said: {said}")


def remove(docker: Docker, *, with_images: bool) -> None:
    """Remove the mirror's container, and on request all that it holds."""
    docker.succeeds("rm", "--force", NAME)
    if with_images:
        docker.succeeds("volume", "rm", NAME)
        docker.succeeds("image", "rm", IMAGE)
