"""What tests of the seal share: cells as a learner types them, and as root of the namespace."""

from __future__ import annotations

import os
import shlex
import subprocess
import time
from pathlib import Path

import psutil

from checker.grading.seal import CellRun, Seal

ROOT = (
    "docker run --rm --privileged --pid=host --net=host --volume /:/host busybox:1.37 chroot /host"
)
"""How a learner becomes root of the namespace: the shortest way that the engine offers."""


def bash(seal: Seal, script: str, seconds: float = 60) -> CellRun:
    """A cell of bash."""
    return seal.run(f"%%bash\n{script}\n", seconds)


def said(run: CellRun) -> str:
    """What a cell printed, on both streams, and its errors."""
    shown = (str(one.get("text", "")) + str(one.get("evalue", "")) for one in run.outputs)
    return "".join(shown)


def as_root(seal: Seal, script: str, seconds: float = 60) -> str:
    """What a script prints that runs as root of the namespace, with all that Docker gives."""
    return said(bash(seal, f"{ROOT} bash -c {shlex.quote(script)} 2>&1 || true", seconds))


def outer(*words: str) -> str:
    """What a docker command says on the engine that seals are made on."""
    done = subprocess.run(("docker", *words), capture_output=True, text=True, check=True)
    return done.stdout


def machine() -> dict[str, list[str]]:
    """What a seal may leave behind on this machine and on its engine."""
    return {
        "containers": sorted(outer("ps", "--all", "--quiet").split()),
        "volumes": sorted(outer("volume", "ls", "--quiet").split()),
        "networks": sorted(outer("network", "ls", "--quiet").split()),
        "mounts": [
            line for line in Path("/proc/mounts").read_text().splitlines() if "/seal" in line
        ],
        "folders": folders(),
        "children": children(),
    }


def folders() -> list[str]:
    """The folders of sockets that belong to this process, or to none that is alive."""
    found = (one.name for one in Path("/tmp").glob("workbook-seal-*-*"))
    others = {str(number) for number in psutil.pids()} - {str(os.getpid())}
    return sorted(name for name in found if name.split("-")[2] not in others)


def disk_of(seal: Seal) -> str:
    """The file that a seal's disk is, by its number in the file system."""
    return outer("exec", seal.name, "stat", "--format", "%i", "/disk/image").strip()


def is_let_go(disk: str) -> bool:
    """Whether no loop device holds a seal's disk, or none does in a moment."""
    listing = ("losetup", "--list", "--noheadings", "--output", "BACK-INO")
    for _ in range(50):
        held = subprocess.run(listing, capture_output=True, text=True, check=True).stdout
        if disk not in held.split():
            return True
        time.sleep(0.1)
    return False


def children() -> list[str]:
    """The docker commands that this process has left running."""
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    numbers = [number for task in tasks for number in task.read_text().split()]
    names = (Path(f"/proc/{number}/comm").read_text().strip() for number in numbers)
    return sorted(name for name in names if name == "docker")
