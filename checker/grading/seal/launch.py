"""The command that starts a seal, as words. It runs none."""

from __future__ import annotations

import json
import os
import re
import socket

import psutil

from checker.grading.seal.outside import OWNER, PART, RUN
from checker.grading.seal.values import SealTrouble, Settings

OURS = 128 << 20
"""Bytes of memory that the trusted part has beside the learner's limit."""

OUR_PROCESSES = 100

FENCE = (
    *("--cap-add", "SYS_ADMIN", "--cap-add", "NET_ADMIN"),
    *("--cap-add", "SYS_PTRACE", "--cap-add", "MKNOD"),
    *("--security-opt", "seccomp=unconfined", "--security-opt", "apparmor=unconfined"),
    *("--security-opt", "systempaths=unconfined", "--security-opt", "label=disable"),
)
"""What the trusted part needs to make a user namespace; nothing of it reaches the learner."""

LOOPS = ("--device", "/dev/loop-control", "--device-cgroup-rule", "b 7:* rwm")
KINDS = {"userns": FENCE, "userns-privileged": ("--privileged",)}
UNITS = {"": 1, "b": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}


def words(
    settings: Settings,
    name: str,
    run: str,
    image: str,
    *,
    seed: str,
    mirror: str,
    loops: bool,
    prime: bool = False,
) -> list[str]:
    """The whole of `docker run`."""
    limits = settings.limits
    memory = str(size_of(limits.memory) + OURS)
    inside = {
        "disk": f"file:{limits.disk}" if loops else f"memory:{size_of(limits.memory) // 2}",
        "memory": str(size_of(limits.memory)),
        "processes": limits.processes,
        "network": settings.network,
        "mirror": mirror,
        "folder": need_name(settings.folder),
        "packages": settings.packages,
        "wall_seconds": limits.wall_seconds,
        "prime": prime,
    }
    return [
        *("run", "--rm", "--interactive", "--name", name, "--log-driver", "none"),
        *("--label", f"{PART}=seal", "--label", f"{RUN}={run}", "--label", f"{OWNER}={owner()}"),
        *fence(settings.kind),
        *(LOOPS if loops else ()),
        *("--memory", memory, "--memory-swap", memory, *cpus(limits.cpus)),
        *("--pids-limit", str(limits.processes + OUR_PROCESSES)),
        *(("--volume", f"{seed}:/seed{'' if prime else ':ro'}") if seed else ()),
        *(image, json.dumps(inside)),
    ]


def cpus(share: float) -> tuple[str, ...]:
    """As `--cpus` does it, which refuses more of them than the machine has."""
    return ("--cpu-period", "100000", "--cpu-quota", str(round(share * 100_000)))


def fence(kind: str) -> tuple[str, ...]:
    """The options of one kind of seal; a kind that is not known is refused."""
    if kind in KINDS:
        return KINDS[kind]
    raise SealTrouble(
        "refused",
        f"There is no seal of the kind {kind!r}; the kinds are {' and '.join(KINDS)}.",
    )


def need_name(folder: str) -> str:
    """A folder's name that is a name and no path."""
    if re.fullmatch(r"[A-Za-z0-9][\w.-]{0,99}", folder):
        return folder
    raise SealTrouble("refused", f"{folder!r} cannot name a folder inside a seal.")


def size_of(text: str) -> int:
    """Bytes, from words such as 2g."""
    found = re.fullmatch(r"(\d+)\s*([bkmg]?)b?", text.strip().lower())
    if not found:
        raise SealTrouble("refused", f"{text!r} is no size; write one such as 512m or 2g.")
    return int(found[1]) * UNITS[found[2]]


def owner() -> str:
    """This process, told apart from a later one of the same number."""
    return f"{socket.gethostname()}:{os.getpid()}:{psutil.Process().create_time():.0f}"
