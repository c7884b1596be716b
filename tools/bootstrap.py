"""Make `.venv` and install the workbook's locked dependencies; it knows nothing about Docker.

It uses the standard library only, and leaves where packages come from to the machine's own
pip configuration. It is written so that an old Python, too, can read it and say that it is old.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST, NEWEST = (3, 11), (3, 14)
FACES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"


def python_problem(version: tuple[int, int]) -> str | None:
    """Say what is wrong with this Python, or nothing."""
    found = f"Python {version[0]}.{version[1]}"
    if OLDEST <= version <= NEWEST:
        return None
    trouble = "too old" if version < OLDEST else "newer than this workbook knows"
    return (
        f"{found} is {trouble}; install Python 3.11 to 3.14 and name it: "
        "make start PYTHON=python3.13"
    )


def missing_venv(version: tuple[int, int], *, root: bool, sudo: bool, apt: bool) -> list[str] | str:
    """Give the command that brings the venv module, or the sentence to show instead."""
    package = f"python{version[0]}.{version[1]}-venv"
    if not apt:
        return "This Python has no venv module; install a Python that has it, then run make again."
    if not root and not sudo:
        return f"This Python has no venv module; ask an administrator to apt-get install {package}."
    return [*([] if root else ["sudo"]), "apt-get", "install", "--yes", package]


def fingerprint(lock: Path) -> str:
    """Name what the environment was made from: its place and Python, the lock, the project."""
    python = (VENV / "bin" / "python").resolve()
    seen = hashlib.sha256(f"{VENV} {python}".encode())
    for path in (lock, ROOT / "pyproject.toml", Path(__file__)):
        seen.update(path.read_bytes())
    return seen.hexdigest()


def is_made(lock: Path, stamp: Path) -> bool:
    """Tell whether `.venv` already holds what the lock asks for."""
    return stamp.is_file() and stamp.read_text() == fingerprint(lock)


def show(sentence: str, began: float, face: str, end: str) -> None:
    """Write one progress line; on a terminal it replaces the one before."""
    if sys.stdout.isatty() or end == "\n":
        start = "\r" if sys.stdout.isatty() else ""
        print(f"{start}{face} {sentence} ({time.monotonic() - began:.0f} s)", end=end, flush=True)


def run(sentence: str, command: Sequence[str]) -> None:
    """Run a command with a progress line; on failure show what it said and stop."""
    log = VENV.parent / ".workbook" / "bootstrap.log"
    log.parent.mkdir(exist_ok=True)
    began, turn = time.monotonic(), 0
    with log.open("wb") as said:
        child = subprocess.Popen(
            command, stdout=said, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
        while child.poll() is None:
            show(sentence, began, FACES[turn % len(FACES)], "")
            turn += 1
            time.sleep(0.1)
    show(sentence, began, "✗" if child.returncode else "✓", "\n")
    if child.returncode:
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
        sys.exit(f"{tail}\n{sentence}: stopped with code {child.returncode}; all of it is in {log}")


def install_venv_module() -> None:
    """Bring the distribution's venv package where the Python lacks it."""
    remedy = missing_venv(
        sys.version_info[:2],
        root=os.geteuid() == 0,
        sudo=bool(shutil.which("sudo")),
        apt=has_apt(),
    )
    if isinstance(remedy, str):
        sys.exit(remedy)
    privilege = remedy[:1] if remedy[0] == "sudo" else []
    if privilege:
        print(
            f"This Python has no venv module; to install {remedy[-1]}, sudo asks you.", flush=True
        )
        subprocess.run(["sudo", "--validate"], check=False)
    run("Reading the package lists", [*privilege, "apt-get", "update", "-qq"])
    run(f"Installing {remedy[-1]}", remedy)


def has_apt() -> bool:
    """Tell whether this is a Debian-like machine."""
    return shutil.which("apt-get") is not None


def has_venv() -> bool:
    """Tell whether this Python can make an environment that has pip."""
    found = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True)
    return found.returncode == 0


def has_pip() -> bool:
    """Tell whether `.venv` is there and can install."""
    python = VENV / "bin" / "python"
    if not python.exists():
        return False
    return not subprocess.run(
        [str(python), "-m", "pip", "--version"], capture_output=True
    ).returncode


def steps(lock: Path) -> list[tuple[str, list[str]]]:
    """List what makes the environment, each with the sentence shown while it runs."""
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    quiet = ["install", "--quiet", "--no-input"]
    return [
        ("Making .venv", [sys.executable, "-m", "venv", "--clear", str(VENV)]),
        (
            f"Installing what {lock.name} lists",
            [*pip, *quiet, "--require-hashes", "--requirement", str(lock)],
        ),
        (
            "Installing the workbook itself",
            [*pip, *quiet, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
        ),
    ]


def make(lock: Path, stamp: Path, run: Callable[[str, list[str]], None] = run) -> None:
    """Make the environment, unless its stamp says that it is there."""
    if is_made(lock, stamp):
        return
    if not has_venv():
        install_venv_module()
    for other in VENV.glob("made-from-*"):
        other.unlink()
    todo = steps(lock)
    for sentence, command in todo[1:] if has_pip() else todo:
        run(sentence, command)
    stamp.write_text(fingerprint(lock))


def hand_over(arguments: Sequence[str]) -> None:
    """Let a newer Python go on where this computer has one."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other and works(other):
            os.execv(other, [other, __file__, *arguments])


def works(python: str) -> bool:
    """Tell whether a Python runs and is one that the workbook knows."""
    version = "import sys; print(*sys.version_info[:2])"
    found = subprocess.run([python, "-c", version], capture_output=True, text=True, check=False)
    numbers = [int(number) for number in found.stdout.split()]
    return len(numbers) == 2 and python_problem((numbers[0], numbers[1])) is None


def main(arguments: Sequence[str]) -> None:
    """Make `.venv`; with `--dev` also what tests and documentation need."""
    problem = python_problem(sys.version_info[:2])
    if problem:
        hand_over(arguments)
        sys.exit(problem)
    dev = "--dev" in arguments
    # What developing needs contains what learning needs, so its stamp serves both.
    full = ROOT / "requirements-dev.lock", VENV / "made-from-requirements-dev"
    small = ROOT / "requirements.lock", VENV / "made-from-requirements"
    if not is_made(*full):
        make(*(full if dev else small))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("\n– stopped by you; the same command goes on from here.")
