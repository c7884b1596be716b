"""What of the outer engine a seal can use: the course mirror, loop devices. It starts nothing."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from checker.grading.seal.outside import Outside
from checker.grading.seal.values import SealTrouble, Settings
from checker.mirror import program

NO_MIRROR = (
    "The course mirror is not within reach of the engine at {host}, so that a seal would have no "
    "images. Start it with make mirror, or give its address as Settings.mirror in "
    "nbgrader_config.py."
)


def mirror(outside: Outside, settings: Settings) -> str:
    """The course mirror's address as the seal's trusted part reaches it; none for no network."""
    if settings.network == "none":
        return ""
    found = settings.mirror or own(outside) or configured(outside)
    if found:
        return found
    raise SealTrouble("mirror", NO_MIRROR.format(host=outside.docker.host))


def own(outside: Outside) -> str:
    """The mirror that runs on the same engine, at its address among containers."""
    shape = "{{.State.Running}} {{.NetworkSettings.IPAddress}}"
    if not outside.succeeds("container", "inspect", program.NAME):
        return ""
    running, _, address = outside.text(
        "container", "inspect", "--format", shape, program.NAME
    ).partition(" ")
    return f"{address}:5000" if running == "true" and address else ""


def configured(outside: Outside) -> str:
    """The first mirror that the engine itself asks, unless containers cannot reach it."""
    told = json.loads(outside.text("info", "--format", "{{json .RegistryConfig.Mirrors}}")) or ()
    for address in told:
        url = urlsplit(address)
        if url.hostname and not url.hostname.startswith(("127.", "localhost")):
            return f"{url.hostname}:{url.port or 80}"
    return ""
