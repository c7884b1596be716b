"""The first program of a seal: it makes the namespace, starts the engine in it, and waits.

It is the trusted part: nothing of the learner runs outside the namespace that runc makes here.
It ends, and all that is in the seal with it, when whoever started it is gone (its input closes),
when the time is over, or when the engine's namespace has died.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import door
import machine
import runtime
from gate import MIRROR_PORT, PACKAGES_PORT
from machine import OUR_END, Trouble, say

BUNDLE = Path("/run/seal")

NAMES = {"resolv.conf": "nameserver 127.0.0.1\n", "hosts": "127.0.0.1 localhost seal\n"}
"""How names are looked up inside: nobody answers, so that a wrong one fails at once."""

PATIENCE = 30.0
"""Seconds that the engine may take to answer."""

NOBODY = 65534


def main(wanted: dict[str, Any]) -> int:
    """Make the seal, tell that it is ready, and wait for its end."""
    try:
        inside = start(wanted)
        (BUNDLE / "inside").write_text(str(inside))
        engine = wait_for_engine(inside)
        (BUNDLE / "engine").write_text(str(engine))
    except (Trouble, OSError) as fault:
        kind = fault.kind if isinstance(fault, Trouble) else "refused"
        say(failed=str(fault), kind=kind)
        return 1
    say(ready=True)
    why = wait(inside, time.monotonic() + wanted["wall_seconds"])
    if wanted.get("prime") and why == "died":
        say(primed=machine.keep_layers())
    say(ended=why)
    return 0


def start(wanted: dict[str, Any]) -> int:
    """Make disk, namespace, groups and network, and let the engine go; its first process."""
    BUNDLE.mkdir(parents=True, exist_ok=True)
    machine.writable_system()
    machine.make_disk(wanted["disk"])
    binds = machine.primed_layers()
    machine.make_root()
    machine.make_home(wanted["folder"], proxy_of(wanted))
    for name, text in NAMES.items():
        (BUNDLE / name).write_text(text)
        binds.append(runtime.bound(f"{BUNDLE}/{name}", f"/etc/{name}"))
    ports = gate_ports(wanted)
    config = runtime.config(
        str(machine.DISK / "root"),
        engine_arguments(ports),
        binds,
        machine.size_of(wanted["memory"]),
        wanted["processes"],
    )
    (BUNDLE / "config.json").write_text(json.dumps(config))
    inside = create()
    machine.delegate_groups(inside)
    machine.make_network(inside, ports)
    if ports:
        open_gate(wanted)
    machine.do("runc", "start", "inside")
    return inside


def create() -> int:
    """The namespace with its first process, which waits to be let go."""
    note = BUNDLE / "runc.log"
    command = ("runc", "--log", str(note), "create", "--bundle", str(BUNDLE))
    done = subprocess.run(
        (*command, "--pid-file", str(BUNDLE / "inside"), "inside"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        said = (note.read_text().strip().splitlines() or ["it said nothing"])[-1]
        raise Trouble("refused", f"The user namespace was not made: {said}")
    return int((BUNDLE / "inside").read_text())


def proxy_of(wanted: dict[str, Any]) -> str:
    """Where the package gate is, for the learner's Docker; nothing where there is none."""
    return f"http://{OUR_END}:{PACKAGES_PORT}" if wanted["network"] == "packages" else ""


def gate_ports(wanted: dict[str, Any]) -> tuple[int, ...]:
    """The ports that are open for the learner."""
    if wanted["network"] == "none":
        return ()
    more = (PACKAGES_PORT,) if wanted["network"] == "packages" else ()
    return (MIRROR_PORT, *more)


def engine_arguments(ports: tuple[int, ...]) -> list[str]:
    """What dockerd is told: to ask the mirror, which BuildKit must be told is plain HTTP."""
    if not ports:
        return []
    gate = f"{OUR_END}:{MIRROR_PORT}"
    return ["--registry-mirror", f"http://{gate}", "--insecure-registry", gate]


def open_gate(wanted: dict[str, Any]) -> None:
    """Start the gate, as a user who may do nothing."""
    hosts = wanted["packages"] if wanted["network"] == "packages" else []
    subprocess.Popen(
        (sys.executable, "-I", "-B", "/seal/gate.py", OUR_END, wanted["mirror"], *hosts),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=NOBODY,
        group=NOBODY,
        extra_groups=(),
    )


def wait_for_engine(inside: int) -> int:
    """The process that answers as the engine, before anything of the learner has run."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with door.to_engine(inside) as line:
                line.settimeout(5)
                line.sendall(b"GET /_ping HTTP/1.0\r\n\r\n")
                if line.recv(64).startswith(b"HTTP/1."):
                    return door.listener(line)
        except OSError:
            if not Path(f"/proc/{inside}").exists():
                break
            time.sleep(0.02)
    raise Trouble("engine", f"The seal's engine did not start: {last_words()}")


def last_words() -> str:
    """What the engine said last."""
    for name in ("dockerd.log", "containerd.log"):
        log = machine.DISK / "up/var/log" / name
        lines = log.read_text(errors="replace").strip().splitlines() if log.is_file() else []
        if lines:
            return lines[-1][-300:]
    return "it said nothing."


def wait(inside: int, end: float) -> str:
    """Wait until somebody or something ends the seal; why it ended."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    watch = select.poll()
    watch.register(0, select.POLLIN | select.POLLHUP)
    while time.monotonic() < end:
        if watch.poll(200) and not os.read(0, 1024):
            return "asked"
        if reap(inside):
            return "memory" if machine.met_memory_limit() else "died"
    return "time"


def reap(inside: int) -> bool:
    """Bury what has died and was left to this first process; whether it was the namespace's."""
    while True:
        try:
            gone, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return not Path(f"/proc/{inside}").exists()
        if gone == inside:
            return True
        if gone == 0:
            return False


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
