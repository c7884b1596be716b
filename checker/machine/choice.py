"""Decide what `make start` does about an engine; a pure function of what was found."""

from dataclasses import dataclass
from enum import Enum, auto


class Deed(Enum):
    """What `make start` may do about an engine."""

    USE = auto()
    START = auto()
    INSTALL = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What this computer has."""

    system: str = "Linux"
    answers: bool = False
    trouble: str = ""
    named: str = ""
    has_dockerd: bool = False
    dockerd_is_ours: bool = False
    has_systemd: bool = False
    may_become_root: bool = False
    has_packages: bool = False


def choose(found: Found) -> Deed | str:
    """Give the deed, or the sentence that says what the person at the keyboard does instead."""
    if found.answers:
        return Deed.USE
    if found.trouble == "permission":
        return (
            f"Your user may not use the engine at {found.named}; type: "
            'sudo usermod -aG docker "$USER", log out and in, then make start again.'
        )
    if found.trouble not in ("", "absent"):
        return (
            f"The engine at {found.named} is there and does not answer; restart it, "
            "then make start again."
        )
    if found.named:
        return (
            f"No engine answers at {found.named}, which DOCKER_HOST or the Docker context names; "
            "start that engine, or unset the name, then make start again."
        )
    return elsewhere(found) if found.system != "Linux" else on_linux(found)


def elsewhere(found: Found) -> str:
    """Say what to install where engines come as applications."""
    match found.system:
        case "Darwin":
            return (
                "No Docker engine runs on this Mac; install and start Docker Desktop or Colima, "
                "then make start again."
            )
        case "Windows":
            return (
                "No Docker engine runs on this computer; install and start Docker Desktop with "
                "WSL 2, then make start inside WSL."
            )
    return f"Docker does not run on {found.system}; use Linux, macOS or Windows."


def on_linux(found: Found) -> Deed | str:
    """Decide where an engine can be installed or started."""
    if found.has_dockerd and found.has_systemd and not found.dockerd_is_ours:
        return (
            "Docker is installed and does not run; start it: sudo systemctl start docker, "
            "then make start again."
        )
    if found.has_dockerd and found.may_become_root:
        return Deed.START
    if found.has_packages and found.may_become_root:
        return Deed.INSTALL
    if found.has_dockerd or found.has_packages:
        return (
            "No Docker engine runs, and starting one needs root or sudo, which this user lacks; "
            "ask an administrator to install and start Docker."
        )
    return (
        "No Docker engine is here, and the workbook knows no packages for this distribution; "
        "install and start Docker with your own tools, then make start again."
    )
