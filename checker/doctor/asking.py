"""Ask this computer for the facts, each question with a time limit. It judges nothing."""

from __future__ import annotations

import json
import os
import platform
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

import psutil

from checker import engine, mirror
from checker.doctor.findings import Facts, PortFact
from checker.engine import Client, EngineTrouble
from checker.lesson import Lesson
from checker.machine import packages, run
from checker.machine.trouble import Trouble
from checker.mirror.registry import STAND_IN
from checker.words.text import canonical

T = TypeVar("T")

LIMIT = 6.0
"""Seconds that an answer may take; most come in a hundredth."""

FAMILIES = {
    "debian": "debian",
    "ubuntu": "ubuntu",
    "fedora": "fedora",
    "rhel": "fedora",
    "arch": "arch",
}
FAMILIES |= {"suse": "suse", "opensuse": "suse"}


class Later(Generic[T]):
    """A question asked in a thread of its own; no answer where it takes too long."""

    def __init__(self, ask: Callable[[], T]) -> None:
        self._answer: SimpleQueue[T | None] = SimpleQueue()
        threading.Thread(target=self._work, args=(ask,), daemon=True).start()

    def _work(self, ask: Callable[[], T]) -> None:
        try:
            self._answer.put(ask())
        except (OSError, EngineTrouble, Trouble, subprocess.SubprocessError, ValueError):
            self._answer.put(None)

    def answer(self, limit: float = LIMIT) -> T | None:
        """The answer, or none."""
        try:
            return self._answer.get(timeout=limit)
        except Empty:
            return None


def gather(lessons: Iterable[Lesson]) -> Facts:
    """All facts; questions that do not depend on one another are asked at once."""
    every = tuple(lessons)
    cli = Later(lambda: command_version("--version"))
    compose = Later(lambda: command_version("compose", "version", "--short"))
    buildx = Later(lambda: command_version("buildx", "version"))
    asked = Later(lambda: of_engine(every))
    near = Later(mirror.reachable)
    facts = asked.answer() or Facts(trouble="timeout", why="The Docker engine does not answer.")
    hub = Later(lambda: mirror.hub_reachable(facts.host)) if not facts.trouble else None
    return replace(
        facts,
        system=system(),
        cli=cli.answer(),
        compose=compose.answer(),
        buildx=buildx.answer(),
        mirror=bool(facts.mirror or near.answer()),
        hub=hub.answer() if hub else None,
    )


def system(name: str = "", release: Mapping[str, str] | None = None) -> str:
    """This operating system, as the remedies know it."""
    name = name or platform.system()
    if name in ("Darwin", "Windows"):
        return {"Darwin": "macos", "Windows": "windows"}[name]
    if "microsoft" in platform.release().lower():
        return "wsl"
    told = packages.release() if release is None else release
    words = (told.get("ID", ""), *told.get("ID_LIKE", "").split())
    return next((FAMILIES[word] for word in words if word in FAMILIES), "linux")


def command_version(*arguments: str) -> str:
    """The version a docker command tells; nothing where there is no such command."""
    if not shutil.which("docker"):
        return ""
    told = subprocess.run(
        ("docker", *arguments), capture_output=True, text=True, check=False, timeout=LIMIT
    )
    words = told.stdout.split()
    numbered = (word for word in words if any(letter.isdigit() for letter in word))
    return next(numbered, "").removeprefix("v").rstrip(",")


def of_engine(lessons: tuple[Lesson, ...]) -> Facts:
    """What the engine tells, or why it tells nothing; the disk then is the course's own."""
    free, at = free_at(None)
    nothing = Facts(free=free, free_at=at, memory=psutil.virtual_memory().total)
    try:
        found = engine.find()
    except EngineTrouble as trouble:
        return replace(nothing, trouble=trouble.kind, why=str(trouble), ports=ports(lessons, None))
    try:
        return told_by(engine.connect(found, timeout=3), lessons)
    except EngineTrouble as trouble:
        here = replace(nothing, host=found.host, found=found.found, ports=ports(lessons, None))
        return replace(here, trouble=trouble.kind, why=str(trouble))


def told_by(client: Client, lessons: tuple[Lesson, ...]) -> Facts:
    """What an engine that answers tells about itself."""
    version, info = client.get("/version") or {}, client.get("/info") or {}
    root = Path(info.get("DockerRootDir") or "/nowhere")
    free, at = free_at(root if client.engine.socket else None)
    names = [part.get("Name", "") for part in version.get("Components") or ()]
    return Facts(
        host=client.engine.host,
        found=client.engine.found,
        version=version.get("Version"),
        product="Podman" if any("Podman" in name for name in names) else "Docker Engine",
        oldest_api=version.get("MinAPIVersion"),
        free=free,
        free_at=at,
        memory=info.get("MemTotal"),
        ports=ports(lessons, client),
        mirror=any(mirrors_of(info)),
        missing=missing(lessons, client),
        stand_ins=stand_ins(client),
    )


def mirrors_of(info: Mapping[str, Any]) -> Iterable[bool]:
    """Whether each mirror that the engine asks answers."""
    for address in (info.get("RegistryConfig") or {}).get("Mirrors") or ():
        yield mirror.reachable(urlsplit(address).netloc)


def free_at(root: Path | None) -> tuple[int | None, str]:
    """The free bytes where the engine keeps its data, or where the course lies."""
    place = root if root and root.is_dir() else run.ROOT
    try:
        return shutil.disk_usage(place).free, str(place)
    except OSError:
        return None, str(place)


def missing(lessons: Iterable[Lesson], client: Client) -> tuple[str, ...]:
    """The lessons' images that are not on the engine."""
    tags = {
        canonical(tag)
        for one in client.get("/images/json") or ()
        for tag in one.get("RepoTags") or ()
    }
    wanted = dict.fromkeys(name for lesson in lessons for name in lesson.images)
    return tuple(name for name in wanted if canonical(name) not in tags)


def stand_ins(client: Client) -> tuple[str, ...]:
    """The course's images on the engine that were built under a hub image's name."""
    course = {canonical(name) for image in mirror.images() for name in image.names}
    label = json.dumps({"label": [f"{STAND_IN}=true"]})
    found = client.get("/images/json", filters=label) or ()
    tags = (tag for one in found for tag in one.get("RepoTags") or ())
    return tuple(sorted(tag for tag in tags if canonical(tag) in course))


def ports(lessons: Iterable[Lesson], client: Client | None) -> tuple[PortFact, ...]:
    """The lessons' ports: free, or who holds them."""
    holders = held_by_containers(client) if client else {}
    own = {number: lesson.makes().containers for lesson in lessons for number in lesson.ports}
    there = client is None or client.engine.ports_at in ("127.0.0.1", "localhost")
    return tuple(
        PortFact(
            number=number,
            free=(number not in holders and is_free(number))
            if there or number in holders
            else None,
            holder=holders.get(number, ""),
            ours=holders.get(number) in own[number],
        )
        for number in sorted(own)
    )


def held_by_containers(client: Client) -> dict[int, str]:
    """Which container holds which port of the host."""
    return {
        int(port["PublicPort"]): box["Names"][0].lstrip("/")
        for box in client.get("/containers/json") or ()
        for port in box.get("Ports") or ()
        if port.get("PublicPort") and box.get("Names")
    }


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of all addresses."""
    with socket.socket() as trial:
        if os.name == "posix":  # elsewhere this option would share a port that is in use
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("", port))
        except OSError:
            return False
        return True
