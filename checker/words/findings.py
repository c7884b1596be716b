"""What is true of a container instead, as the second half of a sentence. It judges nothing."""

from __future__ import annotations

import re

from checker.claim import Failed
from checker.model import Container, Evidence, Mount, Port
from checker.words.text import is_anonymous, listed, quoted, shown

ENDED = ("exited", "dead")
"""The states of a container whose main process has ended for good."""

SETTLED = ("created", *ENDED)
"""The states in which nothing changes by itself."""

_STATES = {
    "created": "it was created and never started",
    "running": "it is running",
    "paused": "it is paused",
    "restarting": "it keeps restarting",
    "removing": "it is being removed",
    "dead": "it is dead",
}
_TAKEN = re.compile(r"(?:Bind for|bind host port(?: for)?|listen tcp\d?) \S*?:(\d+)")
_NO_PROGRAM = re.compile(
    r"(?:exec: \"|executable file `)([^\"`]+)[\"`]:? (?:executable file not found|stat |not found)"
)
_ID = re.compile(r"(sha256:)?[0-9a-f]{6,64}")
_STOPPED = (137, 143)
"""Exit codes of a main process that was ended from outside, by docker stop or docker kill."""


def state(box: Container) -> str:
    """How the container is, with its last words when it failed."""
    if box.status != "exited":
        reason = f": {_why(box.error)}" if box.error else ""
        return _STATES.get(box.status, f"it is {box.status}") + reason
    words = last_line(box.log or "")
    failed = box.exit_code not in (0, *_STOPPED)
    last = f"; its last words: {quoted(words)}" if words and failed else ""
    return f"it exited with code {box.exit_code}{last}"


def _why(error: str) -> str:
    """What keeps a container from starting; the engine says it at the end of a long sentence."""
    if taken := _TAKEN.search(error):
        return f"host port {taken[1]} is taken"
    if program := _NO_PROGRAM.search(error):
        return f"its image has no program named {shown(program[1])}"
    return shown(error.removesuffix(": unknown").rpartition("failed: ")[2])


def last_line(log: str) -> str:
    """The last line of a log that says something; of a traceback it is the one that tells."""
    return next((line for line in reversed(log.splitlines()) if line.strip()), "")


def revive(box: Container) -> str:
    """How to get the container running, from the state it is in."""
    if box.status == "paused":
        return f"docker unpause {box.name} lets it go on."
    if box.status == "restarting":
        return f"docker logs {box.name} says why it ends each time; docker rm -f removes it."
    if box.error:
        return f"{_remedy(box.error)}: docker rm {box.name}, then run it again."
    if box.status == "exited" and box.exit_code and box.exit_code not in _STOPPED:
        rule = "a container lives as long as its main process"
        return f"docker logs {box.name} says why it ended; {rule}."
    if box.status == "exited" and not box.exit_code:
        rule = "if that ends at once, it needs a command that stays"
        return f"docker start {box.name} starts it again; {rule}."
    return f"docker start {box.name} starts it; it lives as long as its main process."


def _remedy(error: str) -> str:
    if _TAKEN.search(error):
        return "A host port leads to one container, and docker ps shows which"
    if _NO_PROGRAM.search(error):
        return "Options stand before the image, what follows it is the command"
    return "Docker could not start it"


def for_life(name: str, what: str, how: str) -> str:
    """The rule that a container keeps what it was made with, and the way round."""
    return f"A container keeps its {what} for life: docker rm -f {name}, then run it again {how}."


def reference(box: Container) -> str:
    """By what name the container's image was called, and what such a name promises."""
    if "@" in box.image:
        kind = "another digest"
    elif _ID.fullmatch(box.image):
        kind = "an ID that no registry knows"
    else:
        kind = "a name that can move to another image"
    return f"it runs {shown(box.image)}, {kind}"


def never_seen(name: str) -> Failed:
    """No container of that name was there, as far as anyone looked."""
    return Failed(
        f"no container named {name} has been seen",
        "What happened while this notebook was closed is not known: run it now.",
        missing=f"container {name}",
    )


def was_there(name: str, evidence: Evidence) -> bool:
    """Whether a container of that name was seen, or the engine told of one."""
    seen = any(box.name == name for shot in evidence.snapshots for box in shot.containers)
    return seen or any((e.kind, e.name) == ("container", name) for e in evidence.events)


def was_killed_for_memory(name: str, evidence: Evidence) -> bool:
    """Whether the engine recorded that a process of the container was killed for memory."""
    boxes = (box for shot in evidence.snapshots for box in shot.containers)
    recorded = any(box.name == name and box.killed_for_memory for box in boxes)
    own = ("container", "oom", name)
    return recorded or any((e.kind, e.action, e.name) == own for e in evidence.events)


def counted(times: int) -> str:
    """How often, in words where there are some."""
    return {1: "once", 2: "twice"}.get(times, f"{times} times")


def images_run(name: str, evidence: Evidence) -> list[str]:
    """The images that containers of that name ran, as typed, in the order seen."""
    seen = [
        box.image
        for shot in evidence.snapshots
        for box in shot.containers
        if box.name == name and box.started
    ]
    told = [
        e.image
        for e in evidence.events
        if (e.kind, e.action, e.name) == ("container", "start", name)
    ]
    return list(dict.fromkeys([*told, *seen]))


def published(box: Container) -> str:
    """The ports the container publishes, the way docker ps shows them."""
    if not box.ports:
        return "it publishes no port"
    doors = [_door(port) for port in box.ports]
    if len(doors) > 6:
        doors = [*doors[:6], f"{len(doors) - 6} more"]
    return f"it publishes {listed(doors)}"


def _door(port: Port) -> str:
    where = f"{port.address}:" if port.address else ""
    how = "" if port.protocol == "tcp" else f"/{port.protocol}"
    return f"{where}{port.outside}->{port.inside}{how}"


def publish_hint(name: str, inside: int, where: str) -> str:
    """The next move for a port that is not where it should be."""
    return (
        f"Ports are fixed when a container is made, outside before inside: "
        f"docker rm -f {name}, then run it again with -p {where}:{inside}."
    )


def mount_at(box: Container, path: str) -> Mount | None:
    """What is mounted at exactly this path."""
    return next((m for m in box.mounts if m.at.rstrip("/") == path.rstrip("/")), None)


def mount(box: Container, path: str) -> str:
    """What is mounted at the path, or where the container's mounts are."""
    here = mount_at(box, path)
    if here is not None:
        return f"{_named(here)} is mounted at {path}"
    if not box.mounts:
        return "it has no mounts"
    others = listed(f"{_named(m)} at {shown(m.at)}" for m in box.mounts[:6])
    return f"nothing is mounted at {path}; there is {others}"


def _named(what: Mount) -> str:
    if what.kind == "volume":
        anonymous = is_anonymous(what.source)
        return "an anonymous volume" if anonymous else f"volume {shown(what.source)}"
    return f"the folder {shown(what.source)}" if what.kind == "bind" else f"a {what.kind}"
