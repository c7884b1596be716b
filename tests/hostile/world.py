"""What a submission must not reach: a service of this machine, and one that plays the internet.

The second has a network namespace of its own where this user may make one. Nothing outside of
this machine is ever asked.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.attacks import CANARY
from tests.live.bench import LABEL
from tests.live.sealed import outer

SERVER = Path(__file__).with_name("server.py")
NEAR, FAR = "203.0.113.1", "203.0.113.2"
"""Two ends of a wire, in a range that is kept for examples: nobody outside has them."""


@dataclass(frozen=True)
class Service:
    """A server that runs, at these addresses; `log` has a line for each request."""

    process: int
    log: Path
    at: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Its port, then what it was asked for."""
        return self.log.read_text().splitlines()

    def ends_with(self, *lines: str) -> bool:
        """Whether these are its last lines, or are in a moment."""
        for _ in range(100):
            if self.lines()[-len(lines) :] == [*lines]:
                return True
            time.sleep(0.1)
        return False


@dataclass(frozen=True)
class World:
    """This machine's own service, and the internet's, if it can be played."""

    here: Service
    beyond: Service | None

    def addresses(self) -> tuple[str, ...]:
        """All places at which the canary is served."""
        return self.here.at + (self.beyond.at if self.beyond else ())


@contextmanager
def world(folder: Path) -> Iterator[World]:
    """Both services, until the end of the block."""
    with serving(folder / "here.log", 0) as here:
        port = here.lines()[0]
        here = Service(here.process, here.log, tuple(f"{one}:{port}" for one in own_addresses()))
        with beyond(folder / "beyond.log") as far:
            yield World(here, far)


@contextmanager
def beyond(log: Path) -> Iterator[Service | None]:
    """A service in a network of its own, behind a wire; none where no wire can be made."""
    if not can_make_networks():
        yield None
        return
    with serving(log, 80, "unshare", "--net") as service:
        connect(service.process)
        yield Service(service.process, service.log, (f"{FAR}:80",))


@contextmanager
def serving(log: Path, port: int, *before: str) -> Iterator[Service]:
    """A server of the canary, started through another command if need be."""
    command = (*before, sys.executable, str(SERVER), str(port), CANARY)
    with (
        log.open("wb") as out,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out) as child,
    ):
        service = Service(child.pid, log)
        try:
            while not service.lines():
                with suppress(subprocess.TimeoutExpired):
                    raise RuntimeError(f"the server ended: {child.wait(0.05)}")
            yield service
        finally:
            child.stdin.close() if child.stdin else None
            child.wait(10)


def can_make_networks() -> bool:
    """Whether this user may make a network namespace and wires."""
    try:
        done = subprocess.run(
            ("unshare", "--net", "ip", "link", "add", "type", "veth"), capture_output=True
        )
        return done.returncode == 0
    except OSError:
        return False


def connect(process: int) -> None:
    """Lay a wire from here into the network of that process; it goes with the process."""
    inside = ("nsenter", "--target", str(process), "--net")
    near, far = f"far{process}", "near"
    for command in (
        ("ip", "link", "add", near, "type", "veth", "peer", "name", far, "netns", str(process)),
        ("ip", "address", "add", f"{NEAR}/30", "dev", near),
        ("ip", "link", "set", near, "up"),
        (*inside, "ip", "address", "add", f"{FAR}/30", "dev", far),
        (*inside, "ip", "link", "set", far, "up"),
        (*inside, "ip", "route", "add", "default", "via", NEAR),
    ):
        subprocess.run(command, check=True, capture_output=True)


def own_addresses() -> list[str]:
    """The addresses of this machine, its loopback among them."""
    done = subprocess.run(
        ("ip", "-4", "-brief", "address"), capture_output=True, text=True, check=True
    )
    words = [line.split()[2:] for line in done.stdout.splitlines()]
    found = [word.split("/")[0] for line in words for word in line if "/" in word]
    return list(dict.fromkeys(found))


def fetched(address: str, *options: str) -> str:
    """What a container on the outer engine gets from there: what no submission may get."""
    words = ("wget", "-T", "5", "-q", "-O", "-", *options, f"http://{address}")
    return outer("run", "--rm", "--label", f"{LABEL}={os.getpid()}", "busybox:1.37", *words)


def holds(mirror: str) -> tuple[str, str]:
    """What a mirror holds of busybox: its tags, and what the course's own leads to."""
    oci, docker = "application/vnd.oci.image", "application/vnd.docker.distribution.manifest"
    kinds = f"{oci}.index.v1+json,{oci}.manifest.v1+json,{docker}.list.v2+json,{docker}.v2+json"
    base = f"{mirror}/v2/library/busybox"
    manifest = fetched(f"{base}/manifests/1.37", "--header", f"Accept: {kinds}")
    return fetched(f"{base}/tags/list"), manifest
