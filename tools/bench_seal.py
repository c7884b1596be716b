"""Measure what a seal costs: start, stop, memory and disk. It judges nothing."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from checker.grading.seal import Settings, open_seal, prepare
from checker.machine import run

TIMES = 10
PULL = "%%bash\ndocker pull --quiet python:3.13-slim; docker run --rm python:3.13-slim python -V"


def measured(work: Callable[[], object]) -> float:
    """The seconds that something takes."""
    began = time.monotonic()
    work()
    return time.monotonic() - began


def outer(*words: str) -> str:
    """What a docker command says on the engine that seals are made on."""
    return subprocess.run(("docker", *words), capture_output=True, text=True, check=True).stdout


def once() -> dict[str, float]:
    """One seal from its start to its end."""
    began = time.monotonic()
    manager = open_seal(Settings(), run="bench")
    seal = manager.__enter__()
    found = {"ready": time.monotonic() - began}
    seal.client().get("/version")
    found["docker version"] = time.monotonic() - began
    seal.run("1")
    found["first cell"] = time.monotonic() - began
    found["pull and run"] = measured(lambda: seal.run(PULL))
    inside = "cat /sys/fs/cgroup/memory/memory.usage_in_bytes || cat /sys/fs/cgroup/memory.current"
    used = outer("exec", seal.name, "sh", "-c", f"({inside}) 2>/dev/null; du -k /disk")
    found["memory, MB"] = int(used.split()[0]) / 1e6
    found["disk, MB"] = int(used.split()[1]) / 1e3
    found["stop"] = measured(lambda: manager.__exit__(None, None, None))
    return found


def main(times: int) -> None:
    """Show the median of each figure, the least and the most."""
    prepare(Settings())
    all_of = [once() for _ in range(times)]
    for name in all_of[0]:
        each = sorted(one[name] for one in all_of)
        middle = statistics.median(each)
        run.note(f"{name:<16} {middle:8.2f}  ({each[0]:.2f} to {each[-1]:.2f}, n={times})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else TIMES)
