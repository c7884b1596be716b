"""A second engine on this computer, in a network namespace of its own, for the time of the tests.

Two engines would share bridges and rules of the network, and lessons' ports. So this one lives
beside the first like a container: on the first one's bridge, through which it reaches the course
mirror and the package index. It sees the same files.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from checker.machine import daemon

PATIENCE = 60.0
"""Seconds the engine may take to start, and to stop."""

NEEDED = ("dockerd", "ip", "setpriv", "unshare")
BRIDGE = "10.213.0.1/24"
NEW_NETWORK = 0x40000000
"""CLONE_NEWNET of setns(2)."""

CABLE = "workbook2"
"""The name of the first engine's end of the cable between the two networks."""

BECOMES = """
read -r _
ip link set lo up
ip address add "$1" dev eth0
ip link set eth0 up
ip route add default via "$2"
exec dockerd --config-file "$3"
"""


@dataclass(frozen=True)
class Second:
    """A running engine: where it listens, and the process whose network it has."""

    host: str
    process: int

    def enter(self) -> None:
        """Have this thread, and what it starts, see the engine's network and ask this engine."""
        door = os.open(f"/proc/{self.process}/ns/net", os.O_RDONLY)
        try:
            if ctypes.CDLL(None, use_errno=True).setns(door, NEW_NETWORK):
                raise OSError(ctypes.get_errno(), "the second engine's network cannot be entered")
        finally:
            os.close(door)
        os.environ["DOCKER_HOST"] = self.host


def missing() -> str:
    """Why there can be no second engine here; nothing when there can."""
    if sys.platform != "linux" or os.geteuid():
        return "only root on Linux may start one"
    absent = [name for name in NEEDED if not shutil.which(name)]
    return f"there is no {absent[0]} here" if absent else ""


@contextmanager
def second_engine(api: Any) -> Iterator[Second]:
    """An empty engine beside the one that `api` asks; raises `RuntimeError` when it does not start.

    It ends with the thread that started it, however that ends.
    """
    with tempfile.TemporaryDirectory(prefix="workbook-second-", dir="/var/tmp") as place:
        folder = Path(place)
        process = _begin(folder, _config(folder, _mirror(api)), _addresses(api))
        try:
            _plug_in(process)
            _wait(process, folder)
            yield Second(f"unix://{folder}/docker.sock", process.pid)
        finally:
            _end(process)


def _mirror(api: Any) -> str:
    """Where the course mirror listens, as seen from the first engine's bridge."""
    networks = api.inspect_container("container-workbook-mirror")["NetworkSettings"]["Networks"]
    return f"http://{networks['bridge']['IPAddress']}:5000"


def _addresses(api: Any) -> tuple[str, str]:
    """The last address of the first engine's bridge, where containers come last, and the way out.

    An engine gives its containers the lowest free addresses.
    """
    config = api.inspect_network("bridge")["IPAM"]["Config"][0]
    subnet = ip_network(config["Subnet"])
    return f"{subnet.broadcast_address - 1}/{subnet.prefixlen}", config["Gateway"]


def _config(folder: Path, mirror: str) -> Path:
    """The file with the engine's settings."""
    settings = {
        "hosts": [f"unix://{folder}/docker.sock"],
        "data-root": f"{folder}/data",
        "exec-root": f"{folder}/run",
        "pidfile": f"{folder}/pid",
        "bip": BRIDGE,
        "registry-mirrors": [mirror],
    }
    written = folder / "daemon.json"
    written.write_text(json.dumps(settings))
    return written


def _begin(folder: Path, config: Path, addresses: tuple[str, str]) -> subprocess.Popen[bytes]:
    """A shell that waits for its network, and then becomes the engine."""
    apart = ("setpriv", "--pdeathsig", "TERM", "unshare", "--net", "--mount")
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            (*apart, "sh", "-ec", BECOMES, "sh", *addresses, str(config)),
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _plug_in(process: subprocess.Popen[bytes]) -> None:
    """Join its network to the first engine's bridge, and let it go on."""
    ours = Path("/proc/self/ns/net").readlink()
    _until(lambda: Path(f"/proc/{process.pid}/ns/net").readlink() != ours, "it got no network")
    pair = ("veth", "peer", "name", "eth0", "netns", str(process.pid))
    _ip("link", "add", CABLE, "type", *pair)
    _ip("link", "set", CABLE, "master", "docker0", "up")
    assert process.stdin
    process.stdin.write(b"\n")
    process.stdin.close()


def _ip(*words: str) -> None:
    done = subprocess.run(("ip", *words), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip())


def _wait(process: subprocess.Popen[bytes], folder: Path) -> None:
    """Until the engine answers."""
    log = folder / "log"

    def answers() -> bool:
        if process.poll() is not None:
            raise RuntimeError(f"it ended: {log.read_text(errors='replace')[-2000:]}")
        return daemon.answers(folder / "docker.sock")

    _until(answers, f"it gave no answer in {PATIENCE:.0f} s")


def _until(happened: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > end:
            raise RuntimeError(otherwise)
        time.sleep(0.1)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop the engine; with its namespaces its mounts and its end of the cable go."""
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
