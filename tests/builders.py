"""Values for tests that default everything: say only what the test is about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checker.claim import HELD, Claim, Failed, Unknown
from checker.judge import judge_step
from checker.lesson import Step
from checker.model import (
    Answer,
    Container,
    Event,
    Evidence,
    File,
    Image,
    Lint,
    Machine,
    Mount,
    Near,
    Network,
    Output,
    Port,
    Reply,
    Search,
    Snapshot,
    Trouble,
    Volume,
)

Thing = (
    Container
    | Image
    | Volume
    | Network
    | Machine
    | Reply
    | Output
    | File
    | Search
    | Lint
    | Answer
    | Event
    | Near
    | Trouble
)

Row = tuple[str, Claim, Evidence, str]
"""A case of a word: its name, the claim, what was seen, and what the learner is told."""

SLOTS: dict[type, str] = {
    Container: "containers",
    Image: "images",
    Volume: "volumes",
    Machine: "machines",
    Network: "networks",
    Reply: "replies",
    Output: "outputs",
    File: "files",
    Search: "searches",
    Lint: "lints",
    Answer: "answers",
    Event: "events",
    Near: "near",
    Trouble: "troubles",
}


def a_container(name: str = "web", **changes: Any) -> Container:
    """A container that runs since nine o'clock."""
    usual = Container(
        name=name,
        id=f"{name}-1",
        image="python:3.13-slim",
        image_id="sha256:python",
        created="2026-11-20T09:00:00.000000000Z",
        started="2026-11-20T09:00:01.000000000Z",
    )
    return replace(usual, **changes)


def an_image(name: str = "python:3.13-slim", **changes: Any) -> Image:
    """An image with its own name as its only tag."""
    usual = Image(name=name, id=f"sha256:{name.partition(':')[0]}", tags=(name,), layers=4, size=40)
    return replace(usual, **changes)


def a_volume(name: str = "pgdata", **changes: Any) -> Volume:
    """A volume made at eight o'clock."""
    return replace(Volume(name=name, created="2026-11-20T08:00:00Z"), **changes)


def a_machine(**changes: Any) -> Machine:
    """A machine with two cores and four gibibytes."""
    return replace(Machine(name="of the engine", cores=2, memory=4 * 1024**3), **changes)


def a_network(name: str = "reviews", **changes: Any) -> Network:
    """A network of the usual kind, with nobody on it."""
    usual = Network(name=name, id=f"{name}-1", driver="bridge", created="2026-11-20T08:00:00Z")
    return replace(usual, **changes)


def a_port(outside: int, inside: int, **changes: Any) -> Port:
    """A published port, in the order in which Docker writes it."""
    return Port(outside=outside, inside=inside, **changes)


def a_mount(source: str, at: str, **changes: Any) -> Mount:
    """A mount: of a folder when the source looks like one, else of a volume."""
    kind = "bind" if source.startswith((".", "…")) else "volume"
    return replace(Mount(kind=kind, source=source, at=at), **changes)


def an_event(kind: str, action: str, name: str, **changes: Any) -> Event:
    """Something that happened to a named object."""
    return Event(kind=kind, action=action, name=name, **changes)


def a_snapshot(*things: Thing, taken: str = "2026-11-20T10:00:00.000000Z") -> Snapshot:
    """A look that shows these things and nothing else."""
    slots: dict[str, tuple[Thing, ...]] = {}
    for thing in things:
        slot = SLOTS[type(thing)]
        slots[slot] = (*slots.get(slot, ()), thing)
    return replace(Snapshot(taken=taken), **slots)  # type: ignore[arg-type]


def seen(*looks: Snapshot, lesson: str = "a_lesson") -> Evidence:
    """Evidence of these looks, oldest first."""
    return Evidence(lesson=lesson, snapshots=looks)


def now_seen(*things: Thing) -> Evidence:
    """Evidence of one look that shows these things."""
    return seen(a_snapshot(*things))


def verdict(claim: Claim, evidence: Evidence) -> str:
    """What a learner is told: `held`, `found …`, `later …` or `sorry …`."""
    line = judge_step(1, Step("", (claim,)), evidence).lines[0]
    match line.verdict:
        case Failed(found=found):
            return f"found {found}"
        case Unknown(why=why, trouble=trouble):
            return f"{'sorry' if trouble else 'later'} {why}"
    assert line.verdict == HELD
    return "held"


def hint(claim: Claim, evidence: Evidence) -> str:
    """The next move that a learner is given."""
    line = judge_step(1, Step("", (claim,)), evidence).lines[0]
    assert isinstance(line.verdict, Failed), line.verdict
    return line.verdict.hint


def rows(*table: Row) -> pytest.MarkDecorator:
    """Run a test for each row, with `claim`, `evidence` and `said`."""
    cases = [pytest.param(*row[1:], id=row[0]) for row in table]
    return pytest.mark.parametrize(("claim", "evidence", "said"), cases)
