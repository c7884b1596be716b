"""What to do about a finding on each operating system, as a table. It knows no facts."""

from __future__ import annotations

FALLBACK = {
    "ubuntu": "debian",
    "debian": "linux",
    "fedora": "linux",
    "arch": "linux",
    "suse": "linux",
    "wsl": "linux",
    "windows": "desktop",
    "macos": "desktop",
}
"""Where to look next when a system has no line of its own."""

INSTALL = {
    "debian": "sudo apt install {apt}",
    "ubuntu": "sudo apt install {ubuntu}",
    "fedora": "sudo dnf install {dnf}",
    "arch": "sudo pacman -S {arch}",
    "suse": "sudo zypper install {arch}",
    "linux": "Install {name} as https://docs.docker.com/engine/install tells for your system.",
    "desktop": "Docker Desktop brings it: update it, or install it.",
}

REMEDIES: dict[str, dict[str, str]] = {
    "engine": {
        "debian": "Type make start: it installs an engine and starts it.",
        "fedora": "sudo dnf install moby-engine, then sudo systemctl enable --now docker",
        "arch": "sudo pacman -S docker, then sudo systemctl enable --now docker",
        "suse": "sudo zypper install docker, then sudo systemctl enable --now docker",
        "wsl": "Start Docker Desktop, and in Settings, Resources switch on WSL integration.",
        "linux": "Install Docker Engine as https://docs.docker.com/engine/install tells.",
        "macos": "Install and start Docker Desktop or Colima.",
        "windows": "Install and start Docker Desktop.",
    },
    "named": {
        "linux": "Start the engine there, or name another: {named} chose this one.",
        "desktop": "Start the engine there, or name another: {named} chose this one.",
    },
    "timeout": {
        "linux": "sudo systemctl restart docker, unless it is busy and you can wait.",
        "desktop": "Restart Docker Desktop, unless it is busy and you can wait.",
    },
    "permission": {
        "linux": "sudo usermod -aG docker $USER, then log out and in again.",
        "macos": "Docker Desktop: Settings, Advanced, allow the default Docker socket.",
        "windows": "Add your account to the group docker-users, then sign out and in again.",
    },
    "version": {
        "linux": "Update Docker with your system's packages.",
        "desktop": "Update Docker Desktop.",
    },
    "program": {
        "linux": "pip install --upgrade container-workbook, or update this folder with git pull.",
        "desktop": "pip install --upgrade container-workbook, or update this folder with git pull.",
    },
    "disk": {
        "linux": "docker system df shows what Docker holds; docker image prune removes old layers.",
        "desktop": "docker image prune removes old layers; the disk's size is set in Settings, "
        "Resources.",
    },
    "memory": {
        "linux": "End other programs while you work on a lesson.",
        "wsl": "Raise memory= in %UserProfile%\\.wslconfig, then wsl --shutdown.",
        "macos": "Docker Desktop: Settings, Resources, Memory.",
        "windows": "Raise memory= in %UserProfile%\\.wslconfig, then wsl --shutdown.",
    },
    "ports": {
        "linux": "sudo ss -ltnp 'sport = :{port}' shows the program; end it.",
        "macos": "lsof -iTCP:{port} -sTCP:LISTEN shows the program; end it.",
        "windows": "netstat -ano | findstr :{port} shows the program; end it.",
    },
    "images": {
        "linux": "Connect to the network, or make mirror FROM=stand-ins fills a mirror here.",
        "desktop": "Connect to the network, or make mirror FROM=stand-ins fills a mirror here.",
    },
    "cli": INSTALL,
    "compose": INSTALL,
    "buildx": INSTALL,
}

PACKAGES: dict[str, dict[str, str]] = {
    "cli": {
        "name": "the docker command",
        "apt": "docker-cli",
        "ubuntu": "docker.io",
        "dnf": "docker-cli",
        "arch": "docker",
    },
    "compose": {
        "name": "the Compose plugin",
        "apt": "docker-compose",
        "ubuntu": "docker-compose-v2",
        "dnf": "docker-compose",
        "arch": "docker-compose",
    },
    "buildx": {
        "name": "the buildx plugin",
        "apt": "docker-buildx",
        "ubuntu": "docker-buildx",
        "dnf": "docker-buildx",
        "arch": "docker-buildx",
    },
}


def remedy(about: str, system: str, **known: object) -> str:
    """What to do about a thing on a system; the nearest system's line where it has none."""
    lines = REMEDIES[about]
    at: str | None = system
    while at is not None and at not in lines:
        at = FALLBACK.get(at)
    line = lines[at] if at else next(iter(lines.values()))
    return line.format(**PACKAGES.get(about, {}), **known)
