"""Damaged copies of evidence, each with one thing wrong: what a wrong answer leaves behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from checker.model import Container, Evidence, Finding, Lint, Mount, Port, Snapshot
from checker.words.dockerfile import RULES

SLOTS = (
    "containers",
    "images",
    "volumes",
    "machines",
    "files",
    "searches",
    "lints",
    "replies",
    "answers",
    "networks",
    "outputs",
)
"""What of a look may be missing or have another value."""

OTHER: dict[str, Any] = {
    "containers.image": ("other:1",),
    "containers.status": ("exited", "running", "created"),
    "containers.exit_code": (99,),
    "containers.started": ("2020-01-01T00:00:00.000000000Z", ""),
    "containers.finished": ("", "2040-01-01T00:00:00.000000000Z"),
    "containers.id": ("another",),
    "containers.env": ((),),
    "containers.ports": ((), (Port(inside=1, outside=1),)),
    "containers.mounts": ((),),
    "containers.log": ("", "something else"),
    "containers.memory": (0, 10**15),
    "containers.cpus": (0.0, 1000.0),
    "containers.killed_for_memory": (False,),
    "containers.restarts": (0,),
    "containers.restart_policy": ("", "always"),
    "containers.throttled": (False, None),
    "machines.cores": (0,),
    "machines.memory": (0,),
    "images.id": ("sha256:another",),
    "images.tags": (("another:1",),),
    "images.digests": (("another@sha256:0",),),
    "images.layers": (99,),
    "images.size": (0, 10**12),
    "images.created": ("2020-01-01T00:00:00.000000000Z",),
    "images.layer_ids": (("sha256:another",),),
    "images.labels": ((),),
    "images.env": ((),),
    "images.workdir": ("/elsewhere",),
    "images.user": ("", "another"),
    "images.entrypoint": ((),),
    "images.command": ((),),
    "images.exposes": ((),),
    "images.volumes": ((),),
    "images.healthcheck": ((),),
    "volumes.created": ("2020-01-01T00:00:00Z",),
    "containers.networks": ((), ("another",)),
    "containers.health": ("unhealthy",),
    "networks.internal": (False, True),
    "networks.containers": ((),),
    "replies.cut_off": (False,),
    "outputs.code": (99,),
    "outputs.text": ("something else",),
    "files.sha256": ("0",),
    "files.text": ("something else",),
    "files.owner": (99999,),
    "files.kind": ("absent", "file"),
    "searches.places": (("a layer",),),
    "replies.status": (500,),
    "replies.body": ("something else",),
    "replies.digest": ("", f"sha256:{'0' * 64}"),
    "answers.json": (json.dumps("something else"),),
}
"""Other values that a field may have."""


def copies(evidence: Evidence) -> Iterator[tuple[str, Evidence]]:
    """Every copy with one thing wrong, in the last look or in all of them, and what is wrong."""
    *before, last = evidence.snapshots
    for what, changed in _damaged(last):
        yield f"now, {what}", replace(evidence, snapshots=(*before, changed))
    always = [dict(_damaged(shot)) for shot in evidence.snapshots]
    for what in sorted({what for damages in always for what in damages}):
        pairs = zip(always, evidence.snapshots, strict=True)
        shots = tuple(damages.get(what, shot) for damages, shot in pairs)
        yield f"always, {what}", replace(evidence, snapshots=_without_events(shots))
    yield "no past", replace(evidence, snapshots=_without_events((last,)))


def _damaged(shot: Snapshot) -> Iterator[tuple[str, Snapshot]]:
    """The look with one object missing, or with one of its fields another."""
    for slot in SLOTS:
        there = getattr(shot, slot)
        for position, thing in enumerate(there):
            rest = (*there[:position], *there[position + 1 :])
            yield f"{slot} {_name(thing)} missing", _with(shot, slot, rest)
            for field, value in _values(slot, thing):
                what = f"{slot} {_name(thing)} {field} {value!r:.40}"
                yield what, _with(shot, slot, (*rest, replace(thing, **{field: value})))


def _with(shot: Snapshot, slot: str, things: tuple[Any, ...]) -> Snapshot:
    changed: Any = {slot: things}
    return replace(shot, **changed)


def _values(slot: str, thing: Any) -> Iterator[tuple[str, Any]]:
    for field in fields(thing):
        for value in OTHER.get(f"{slot}.{field.name}", ()):
            if value != getattr(thing, field.name):
                yield field.name, value
    if isinstance(thing, Lint):
        yield from (("findings", (Finding(rule=rule, line=1),)) for rule in RULES)
    if isinstance(thing, Container):
        yield from (("mounts", m) for m in _mounts(thing))
        yield from (("ports", p) for p in _ports(thing))
        yield "env", tuple((name, "something else") for name, _ in thing.env)


def _mounts(box: Container) -> Iterator[tuple[Mount, ...]]:
    yield tuple(replace(mount, writable=True) for mount in box.mounts)
    yield tuple(replace(mount, source="another") for mount in box.mounts)
    yield tuple(replace(mount, at="/elsewhere") for mount in box.mounts)


def _ports(box: Container) -> Iterator[tuple[Port, ...]]:
    yield tuple(replace(port, address="") for port in box.ports)
    yield tuple(replace(p, inside=p.outside, outside=p.inside) for p in box.ports)


def _name(thing: Any) -> str:
    names = ("name", "place", "key")
    return next(str(getattr(thing, name)) for name in names if hasattr(thing, name))


def _without_events(shots: tuple[Snapshot, ...]) -> tuple[Snapshot, ...]:
    return tuple(replace(shot, events=()) for shot in shots)
