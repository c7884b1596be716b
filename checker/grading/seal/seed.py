"""Layers of the course's images, kept for all seals: a pull inside finds them to be there.

They are read-only for a seal, whose engine begins without any image. Where they are missing or
out of date a pull takes longer and gives the same.
"""

from __future__ import annotations

import json
import secrets
import subprocess
from dataclasses import replace

from checker.grading.seal import grader, launch, reach
from checker.grading.seal.lines import Lines, NoLine
from checker.grading.seal.outside import PART, Outside, piped
from checker.grading.seal.values import SealTrouble, Settings
from checker.machine import run
from checker.mirror import images

NAME = "container-workbook-seed"
MADE_FROM = ("mirror/images.toml", "grader/start-engine", "grader/containerd.toml")
PATIENCE = 600.0
ROOM = "16G"
INSIDE = ("runc", "exec", "inside")


def volume(outside: Outside) -> str:
    """The volume with the layers; none where there is none yet."""
    name = f"{NAME}-{grader.fingerprint(MADE_FROM)}"
    return name if outside.succeeds("volume", "inspect", name) else ""


def prime(outside: Outside, settings: Settings) -> int:
    """Pull the course's images once and keep their layers; how many there are."""
    name = f"{NAME}-{grader.fingerprint(MADE_FROM)}"
    forget(outside)
    outside.text("volume", "create", "--label", f"{PART}=seed", name)
    try:
        with run.step("Keeping the layers of the course's images for sealed grading") as tell:
            return fill(outside, settings, name, tell)
    except BaseException:
        outside.succeeds("volume", "rm", "--force", name)
        raise


def forget(outside: Outside) -> None:
    """Remove the layers, unless a seal is using them."""
    for old in outside.text("volume", "ls", "--quiet", "--filter", f"label={PART}=seed").split():
        outside.succeeds("volume", "rm", old)


def fill(outside: Outside, settings: Settings, volume: str, tell: run.Tell) -> int:
    """Start a seal that may write to the volume, pull all images in it, and have it keep them."""
    limits = replace(settings.limits, disk=ROOM, wall_seconds=PATIENCE)
    wanted = replace(settings, limits=limits, network="mirror")
    name = f"workbook-seal-prime-{secrets.token_hex(4)}"
    command = launch.words(
        wanted,
        name,
        "prime",
        grader.ensure(outside),
        seed=volume,
        mirror=reach.mirror(outside, wanted),
        loops=True,
        prime=True,
    )
    pipe = subprocess.PIPE
    with outside.start(*command, stdin=pipe, stdout=pipe) as child:
        lines = Lines(piped(child.stdout).fileno(), 100_000)
        try:
            told(lines, "ready")
            pull(outside, name, tell)
            outside.text("exec", name, *INSIDE, "pkill", "-TERM", "dockerd")
            return told(lines, "primed")
        finally:
            outside.succeeds("rm", "--force", "--volumes", name)


def pull(outside: Outside, name: str, tell: run.Tell) -> None:
    """Pull what the mirror holds of the course's images."""
    for image in (one.name for one in images()):
        tell(image)
        outside.succeeds("exec", name, *INSIDE, "docker", "pull", "--quiet", image)


def told(lines: Lines, what: str) -> int:
    """What the seal says about one thing."""
    try:
        said = json.loads(lines.next(PATIENCE))
    except NoLine as fault:
        raise SealTrouble("engine", f"The layers were not kept: {fault}.") from fault
    if what not in said:
        raise SealTrouble("engine", f"The layers were not kept: {said.get('failed', said)}")
    return int(said[what])
