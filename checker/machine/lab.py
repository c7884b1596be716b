"""Start and stop JupyterLab for this checkout; it knows nothing about engines but an address."""

import json
import os
import secrets
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from socket import SO_REUSEADDR, SOL_SOCKET, socket

import msgspec
import psutil

from checker import live
from checker.machine import root, run
from checker.machine.trouble import Trouble

FIRST = "exercises/01_images/01_images.ipynb"
USUAL_PORT = 8890
"""Ports from here on are tried; lesson 3 publishes a container's server on 8888."""

PATIENCE = 90.0
HOME = run.NOTES / "jupyter"
LOG = run.NOTES / "lab.log"
NOTE = run.NOTES / "lab.json"
OVERRIDES = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    }
}
INSTRUCTORS_PARTS = ("formgrader", "assignment_list", "course_list")
INSTRUCTORS_PANELS = ("create-assignment", "formgrader", "course-list", "assignment-list")


class Lab(msgspec.Struct, frozen=True, kw_only=True):
    """A JupyterLab that was started here."""

    pid: int
    born: float
    port: int
    token: str
    host: str
    instructor: bool

    def url(self, notebook: str = FIRST) -> str:
        """The address that opens a notebook in a browser."""
        return f"http://127.0.0.1:{self.port}/lab/tree/{notebook}?token={self.token}"


def server_config(token: str, port: int, *, instructor: bool) -> Mapping[str, object]:
    """Give the server's configuration: bound to this machine, with a token."""
    parts = {f"nbgrader.server_extensions.{name}": instructor for name in INSTRUCTORS_PARTS}
    return {
        "IdentityProvider": {"token": token},
        "ServerApp": {
            "ip": os.environ.get("WORKBOOK_LAB_AT", "127.0.0.1"),
            "port": port,
            "port_retries": 0,
            "open_browser": False,
            "allow_root": root.am_root(),
            "root_dir": str(run.ROOT),
            "jpserver_extensions": {**parts, "checker.live": True},
        },
        # The panel of this folder, which may be newer than the one that was installed.
        "LabApp": {"extra_labextensions_path": [str(live.PANELS)]},
    }


def page_config(*, instructor: bool) -> Mapping[str, object]:
    """Give the list of panels that are left out."""
    left_out = {f"@jupyter/nbgrader:{name}": not instructor for name in INSTRUCTORS_PANELS}
    return {
        "disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True, **left_out}
    }


def write_config(token: str, port: int, *, instructor: bool) -> None:
    """Write a configuration of the workbook's own; the user's stays as it is."""
    config = HOME / "config"
    (config / "labconfig").mkdir(parents=True, exist_ok=True)
    HOME.chmod(0o700)
    files = {
        "jupyter_server_config.json": server_config(token, port, instructor=instructor),
        "labconfig/default_setting_overrides.json": OVERRIDES,
        "labconfig/page_config.json": page_config(instructor=instructor),
    }
    for name, content in files.items():
        (config / name).write_text(json.dumps(content, indent=2) + "\n")


def environ(host: str) -> dict[str, str]:
    """Give the environment of JupyterLab, its kernels and its terminals."""
    binaries = str(Path(sys.executable).parent)
    ours = {
        "JUPYTER_CONFIG_DIR": str(HOME / "config"),
        "JUPYTER_DATA_DIR": str(HOME / "data"),
        "JUPYTER_RUNTIME_DIR": str(HOME / "runtime"),
        "PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    return run.with_environ(**ours, **({"DOCKER_HOST": host} if host else {}))


def is_free(port: int) -> bool:
    """Tell whether a server could listen on this port."""
    with socket() as trial:
        # As the server does: a port that was left a moment ago counts as free.
        trial.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_port(first: int = USUAL_PORT) -> int:
    """Give the first free port."""
    for port in range(first, first + 100):
        if is_free(port):
            return port
    raise Trouble(f"No port from {first} to {first + 99} is free; stop a server that uses one.")


def answers(lab: Lab) -> bool:
    """Tell whether this JupyterLab answers."""
    connection = HTTPConnection("127.0.0.1", lab.port, timeout=2)
    try:
        connection.request("GET", "/api")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def process(lab: Lab) -> psutil.Process | None:
    """Give the process of a JupyterLab while it is the one that was started here."""
    try:
        found = psutil.Process(lab.pid)
        return found if abs(found.create_time() - lab.born) < 1 else None
    except psutil.NoSuchProcess:
        return None


def noted() -> Lab | None:
    """Give the JupyterLab that was started here last and still runs."""
    try:
        lab = msgspec.json.decode(NOTE.read_bytes(), type=Lab)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    return lab if process(lab) else None


def start(host: str = "", *, instructor: bool = False) -> Lab:
    """Have JupyterLab run for the engine at `host`; give the one that does already."""
    lab = noted()
    if lab and (lab.host, lab.instructor) == (host, instructor) and answers(lab):
        return lab
    stop()
    port, token = free_port(), secrets.token_hex(16)
    write_config(token, port, instructor=instructor)
    with run.step("Starting JupyterLab") as tell:
        child = launch(host)
        born = psutil.Process(child.pid).create_time()
        lab = Lab(
            pid=child.pid, born=born, port=port, token=token, host=host, instructor=instructor
        )
        write_note(lab)
        wait(lab, child, tell)
    return lab


def launch(host: str) -> subprocess.Popen[bytes]:
    """Start JupyterLab as a process that outlives this one."""
    with LOG.open("wb") as log:
        return subprocess.Popen(
            (sys.executable, "-m", "jupyter", "lab"),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env=environ(host),
            cwd=run.ROOT,
        )


def write_note(lab: Lab) -> None:
    """Remember a JupyterLab; its token is for this user only."""
    NOTE.touch(mode=0o600)
    NOTE.write_bytes(msgspec.json.encode(lab))


def wait(lab: Lab, child: subprocess.Popen[bytes], tell: run.Tell) -> None:
    """Wait until JupyterLab answers; say what it said if it gives up."""
    end = time.monotonic() + PATIENCE
    while not answers(lab):
        said = run.last_words(LOG.read_text(errors="replace"))
        if child.poll() is not None:
            raise Trouble(f"JupyterLab did not start: {said} All it said is in {LOG}.")
        if time.monotonic() > end:
            raise Trouble(f"JupyterLab gave no answer in {PATIENCE:.0f} s; see {LOG}.")
        tell(said)
        time.sleep(0.2)


def family(parent: psutil.Process) -> Iterator[psutil.Process]:
    """List a process and all that it started."""
    yield from parent.children(recursive=True)
    yield parent


def stop() -> bool:
    """Stop the JupyterLab that was started here, with its kernels and terminals."""
    lab = noted()
    running = process(lab) if lab else None
    if running:
        with run.step("Stopping JupyterLab"):
            everyone = list(family(running))
            running.terminate()
            _, alive = psutil.wait_procs(everyone, timeout=10)
            for left in alive:
                left.kill()
    NOTE.unlink(missing_ok=True)
    return running is not None


def notebook(lesson: str) -> str:
    """Give the path of a lesson's notebook."""
    return f"exercises/{lesson}/{lesson}.ipynb"


def show(lab: Lab, lesson: str, *, browser: bool = True) -> None:
    """Print where a lesson is in JupyterLab, and open it where there is a display."""
    address = lab.url(notebook(lesson))
    run.note(f"JupyterLab is here: {address}")
    if browser and has_display():
        webbrowser.open(address)


def has_display() -> bool:
    """Tell whether a browser could be seen."""
    return bool({"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ)) or sys.platform == "darwin"
