"""Become root for the few steps that need it; it knows nothing about what those steps are."""

import os
import subprocess
import sys

from checker.machine import run, state
from checker.machine.trouble import Trouble


def am_root() -> bool:
    """Tell whether this process may do everything."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def may_become() -> bool:
    """Tell whether this user is root or has sudo."""
    return am_root() or run.has("sudo")


def as_root(*command: str) -> list[str]:
    """Give a command that runs as root: as it is for root, with sudo for others."""
    return list(command) if am_root() else ["sudo", *command]


def ourselves(*arguments: str) -> list[str]:
    """Give the command that runs a part of this package as root."""
    kept = [f"{name}={os.environ[name]}" for name in state.DEFAULTS if name in os.environ]
    program = [sys.executable, "-m", "checker.machine", *arguments]
    return as_root("env", "PYTHONDONTWRITEBYTECODE=1", *kept, *program)


def do(*arguments: str) -> None:
    """Run a part of this package as root; it shows its own progress."""
    code = subprocess.run(ourselves(*arguments), check=False, cwd=run.ROOT).returncode
    if code:
        raise Trouble(f"The step `{' '.join(arguments)}` stopped with code {code}; see above.")
