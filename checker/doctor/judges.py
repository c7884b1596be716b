"""From facts to findings, one small pure function for each line. It asks nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.doctor.findings import Facts, Finding, PortFact
from checker.doctor.remedies import remedy
from checker.engine import NEWEST_API
from checker.words.text import listed

OLDEST, NEWEST = (20, 10), (29,)
"""The engines that the course is known to work with."""

GB = 1024**3
LEAST_DISK, ENOUGH_DISK = 1 * GB, 5 * GB
LEAST_MEMORY, ENOUGH_MEMORY = 1 * GB, 2 * GB
"""In bytes: below the least a lesson's images or servers do not fit; enough fits all at once."""


def findings(facts: Facts) -> tuple[Finding, ...]:
    """All lines, in the order in which they matter."""
    return (
        engine(facts),
        permission(facts),
        version(facts),
        *(command(about, name, facts) for about, name in COMMANDS),
        disk(facts),
        memory(facts),
        *ports(facts),
        images(facts),
        *stand_ins(facts),
    )


def engine(facts: Facts) -> Finding:
    """An engine answers."""
    if not facts.trouble:
        at = f"{facts.product} answers at {facts.host} ({facts.found})"
        return Finding(about="engine", mark="✓", found=at)
    if facts.trouble == "permission":
        return Finding(
            about="engine", mark="–", found=f"an engine is at {facts.host}, and it is shut"
        )
    named = facts.found in ("DOCKER_HOST", "the current Docker context")
    kind = "timeout" if facts.trouble == "timeout" else "named" if named else "engine"
    return Finding(
        about="engine",
        mark="✗",
        found=facts.why.partition(". ")[0].rstrip("."),
        remedy=remedy(kind, facts.system, named=facts.found),
    )


def permission(facts: Facts) -> Finding:
    """You may use the engine."""
    if facts.trouble == "permission":
        found = f"you may not use {facts.host}"
        cure = remedy("permission", facts.system)
        return Finding(about="permission", mark="✗", found=found, remedy=cure)
    if facts.trouble:
        return _unknown("permission", "no engine answers")
    return Finding(about="permission", mark="✓", found="you may use the engine")


def version(facts: Facts) -> Finding:
    """The engine is one that the course knows."""
    if facts.version is None:
        return _unknown("version", "no engine answers")
    said = f"{facts.product} {facts.version}"
    if facts.oldest_api and _numbers(facts.oldest_api) > NEWEST_API:
        found = (
            f"{said} no longer speaks API {'.'.join(map(str, NEWEST_API))}, the newest known here"
        )
        return Finding(
            about="version", mark="✗", found=found, remedy=remedy("program", facts.system)
        )
    if facts.product != "Docker Engine":
        found = f"{said} stands in for Docker; some commands answer otherwise than the lessons say"
        return Finding(about="version", mark="–", found=found)
    return _in_range(said, _numbers(facts.version), facts)


def _in_range(said: str, numbers: tuple[int, ...], facts: Facts) -> Finding:
    if numbers[:2] < OLDEST:
        found = f"{said} is older than 20.10, the oldest known to work"
        return Finding(
            about="version", mark="–", found=found, remedy=remedy("version", facts.system)
        )
    if numbers[:1] > NEWEST:
        return Finding(
            about="version", mark="–", found=f"{said} is newer than 29, the newest tried"
        )
    return Finding(about="version", mark="✓", found=f"{said}; known to work: 20.10 to 29")


COMMANDS = (("cli", "docker"), ("compose", "docker compose"), ("buildx", "docker buildx"))


def command(about: str, name: str, facts: Facts) -> Finding:
    """A command is installed; Compose is there in its second version or later."""
    there = getattr(facts, about)
    if there is None:
        return _unknown(about, f"{name} gave no answer")
    if not there:
        found = f"the command {name} is missing"
        return Finding(about=about, mark="✗", found=found, remedy=remedy(about, facts.system))
    if about == "compose" and _numbers(there)[:1] < (2,):
        found = f"docker compose is {there}, and the lessons need version 2 or later"
        return Finding(about=about, mark="✗", found=found, remedy=remedy(about, facts.system))
    return Finding(about=about, mark="✓", found=f"{name} {there}")


def disk(facts: Facts) -> Finding:
    """There is room for images."""
    if facts.free is None:
        return _unknown("disk", "the free space could not be read")
    found = f"{facts.free / GB:.1f} GB free at {facts.free_at}"
    return _measured("disk", facts.free, (LEAST_DISK, ENOUGH_DISK), found, facts.system)


def memory(facts: Facts) -> Finding:
    """There is room for servers."""
    if facts.memory is None:
        return _unknown("memory", "the engine's memory could not be read")
    found = f"{facts.memory / GB:.1f} GB for containers"
    return _measured("memory", facts.memory, (LEAST_MEMORY, ENOUGH_MEMORY), found, facts.system)


def _measured(about: str, there: int, limits: tuple[int, int], found: str, system: str) -> Finding:
    least, enough = limits
    if there < least:
        needs = f"{found}; a lesson needs {least / GB:.0f} GB"
        return Finding(about=about, mark="✗", found=needs, remedy=remedy(about, system))
    if there < enough:
        needs = f"{found}; {enough / GB:.0f} GB is enough for all lessons"
        return Finding(about=about, mark="–", found=needs, remedy=remedy(about, system))
    return Finding(about=about, mark="✓", found=found)


def ports(facts: Facts) -> Iterator[Finding]:
    """The lessons' ports are free, or a lesson's own container has them: one line for all those."""
    taken = [port for port in facts.ports if port.free is False and not port.ours]
    dark = [port for port in facts.ports if port.free is None]
    good = [port for port in facts.ports if port not in taken and port not in dark]
    if good:
        yield Finding(
            about="ports", mark="✓", found=f"free for lessons: {listed(map(_port, good))}"
        )
    if dark:
        numbers = listed(str(port.number) for port in dark)
        yield _unknown("ports", f"{numbers}: the engine is on another computer")
    for port in taken:
        yield _taken(port, facts.system)


def _port(port: PortFact) -> str:
    return (
        f"{port.number} (held by the lesson's container {port.holder})"
        if port.ours
        else str(port.number)
    )


def _taken(port: PortFact, system: str) -> Finding:
    who = f"container {port.holder}" if port.holder else "another program"
    cure = (
        f"docker stop {port.holder}, if it is yours."
        if port.holder
        else remedy("ports", system, port=port.number)
    )
    return Finding(
        about="ports", mark="✗", found=f"port {port.number} is held by {who}", remedy=cure
    )


def images(facts: Facts) -> Finding:
    """The lessons' images are there, or can be had."""
    if facts.missing == ():
        return Finding(
            about="images", mark="✓", found="all images of the lessons are on the engine"
        )
    ways = [
        name
        for name, there in (("the hub", facts.hub), ("the course mirror", facts.mirror))
        if there
    ]
    if ways:
        verb = "answers" if len(ways) == 1 else "answer"
        return Finding(about="images", mark="✓", found=f"{listed(ways)} {verb}")
    if facts.missing is None or facts.hub is None:
        return _unknown("images", "whether the hub answers could not be found out")
    found = f"neither the hub nor the course mirror answers, and {listed(facts.missing)} is needed"
    return Finding(about="images", mark="✗", found=found, remedy=remedy("images", facts.system))


def stand_ins(facts: Facts) -> Iterator[Finding]:
    """Images built under a hub image's name are told; they are no trouble."""
    if facts.stand_ins:
        found = f"stand-ins in use, built here instead of pulled: {listed(facts.stand_ins)}"
        yield Finding(about="stand-ins", mark="–", found=found)


def _unknown(about: str, why: str) -> Finding:
    return Finding(about=about, mark="–", found=f"could not tell: {why}")


def _numbers(text: str) -> tuple[int, ...]:
    """The version in a text as numbers: `v2.32.4-desktop` is 2, 32, 4."""
    found = re.search(r"\d+(?:\.\d+)*", text)
    return tuple(map(int, found[0].split("."))) if found else ()
