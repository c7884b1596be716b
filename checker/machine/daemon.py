"""Start and stop the course's own engine; it never touches an engine that it did not start."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from socket import AF_UNIX, SOCK_STREAM, socket

import psutil

from checker.machine import run, state, traces
from checker.machine.state import Place, State
from checker.machine.trouble import Trouble

MIRROR = "http://127.0.0.1:5001"
PATIENCE = 60.0
"""Seconds that an engine may take to start, and its containers to stop."""


class SocketConnection(HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=3)
        self.path = path

    def connect(self) -> None:
        """Open the socket."""
        self.sock = socket(AF_UNIX, SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


def answers(path: Path) -> bool:
    """Tell whether an engine answers on this socket."""
    connection = SocketConnection(path)
    try:
        connection.request("GET", "/_ping")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def config(place: Place, group: str) -> Mapping[str, object]:
    """Give the engine's configuration: its own folders, the course mirror, nothing else."""
    return {
        "hosts": [place.host],
        "group": group,
        "data-root": str(place.home / "data"),
        "exec-root": str(place.run / "exec"),
        "pidfile": str(place.pidfile),
        "registry-mirrors": [MIRROR],
    }


def ours(place: Place) -> psutil.Process | None:
    """Give the process of the engine that was started here, while it runs."""
    done = state.load(place)
    try:
        process = psutil.Process(done.pid) if done.pid else None
        # A number alone could be another process by now.
        same = process is not None and abs(process.create_time() - done.born) < 1
        return process if same else None
    except psutil.NoSuchProcess:
        return None


def start(place: Place, group: str) -> None:
    """Start the course's engine as root, and wait until it answers."""
    if ours(place):
        return
    if answers(place.socket):
        raise Trouble(f"An engine answers at {place.socket} already; it stays as it is.")
    for folder in (place.home, place.run):
        folder.mkdir(parents=True, exist_ok=True)
    place.config.write_text(json.dumps(config(place, group), indent=2) + "\n")
    state.change(place, before=traces.before())
    with run.step("Starting an engine") as tell:
        process = launch(place)
        state.change(place, pid=process.pid, born=psutil.Process(process.pid).create_time())
        wait(place, process, tell)


def launch(place: Place) -> subprocess.Popen[bytes]:
    """Start dockerd as a process that outlives this one."""
    binary = shutil.which("dockerd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if not binary:
        raise Trouble("There is no dockerd here; install docker.io, then run this again.")
    with place.log.open("wb") as log:
        return subprocess.Popen(
            (binary, "--config-file", str(place.config)),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd="/",
        )


def wait(place: Place, process: subprocess.Popen[bytes], tell: run.Tell) -> None:
    """Wait until the engine answers; say what it said if it gives up."""
    end = time.monotonic() + PATIENCE
    while not answers(place.socket):
        said = place.log.read_text(errors="replace")
        if process.poll() is not None:
            state.change(place, pid=0, born=0.0)
            clean(place)
            raise Trouble(f"The engine did not start: {reason(said)} All it said: {place.log}")
        if time.monotonic() > end:
            raise Trouble(f"The engine gave no answer in {PATIENCE:.0f} s; see {place.log}")
        tell(reason(said))
        time.sleep(0.2)


def reason(said: str) -> str:
    """Give what the last meaningful line of an engine's log says."""
    line = run.last_words(said)
    _, found, quoted = line.partition('msg="')
    return quoted.partition('" ')[0].rstrip('"') if found else line


def stop(place: Place) -> bool:
    """Stop the course's engine and its containers, as root, and remove its traces."""
    process = ours(place)
    if process:
        with run.step("Stopping the course's engine"):
            family = [process, *process.children(recursive=True)]
            shims = containers(place)
            process.terminate()
            _, alive = psutil.wait_procs([process], timeout=PATIENCE)
            end([*alive, *family[1:], *shims])
    clean(place)
    return process is not None


def containers(place: Place) -> list[psutil.Process]:
    """List the processes that hold the containers of the course's engine."""
    mark = str(place.run / "exec")
    return [
        process
        for process in psutil.process_iter(["name", "cmdline"])
        if (process.info["name"] or "").startswith("containerd-shim")
        and any(word.startswith(mark) for word in process.info["cmdline"] or ())
    ]


def end(processes: list[psutil.Process]) -> None:
    """End the processes that are still there."""
    for process in processes:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(processes, timeout=5)


def clean(place: Place) -> None:
    """Remove what a stopped engine left, and note that it is gone."""
    done = state.load(place)
    if done.before is None:
        return
    traces.remove(place, done.before)
    shutil.rmtree(place.run, ignore_errors=True)
    if not answers(place.socket):
        place.socket.unlink(missing_ok=True)
    state.change(place, pid=0, born=0.0, before=None)


def forget(place: Place) -> None:
    """Remove all data of the stopped engine, as root."""
    if ours(place):
        raise Trouble("The course's engine still runs; stop it first: make engine-down")
    shutil.rmtree(place.home, ignore_errors=True)


def summary(done: State, place: Place) -> str:
    """Say what stays on this computer, and how to remove it."""
    stays = [f"its data in {place.home}"]
    if done.packages:
        stays.append(f"{len(done.packages)} packages ({', '.join(done.packages[:4])} …)")
    if done.files:
        stays.append(" and ".join(done.files))
    return f"What stays: {'; '.join(stays)}. Remove that too: make engine-down PURGE=1"
