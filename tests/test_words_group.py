"""Words about several containers together: every sentence, and what their machine allows."""

from __future__ import annotations

from typing import Any

from checker.claim import Claim
from checker.model import Container, Evidence
from checker.words import container, together
from tests.builders import Row, a_container, a_machine, a_snapshot, now_seen, rows, seen, verdict

trio = together(container("a"), container("b"), container("c"))
GIB = 1024**3


def boxes(**changes: Any) -> tuple[Container, ...]:
    """The three containers."""
    return tuple(a_container(name, **changes) for name in "abc")


def on_a_machine(**changes: Any) -> Evidence:
    """The three containers on a machine of two cores and four gibibytes."""
    return now_seen(*boxes(**changes), a_machine())


def one_by_one() -> Evidence:
    """Three looks; in each another one runs."""
    looks = [
        a_snapshot(*(a_container(n, status="running" if n == own else "exited") for n in "abc"))
        for own in "abc"
    ]
    return seen(*looks)


AT_ONCE, MEMORY, CORES = trio.ran_at_once(), trio.fit_the_memory(), trio.fit_the_cores()
NONE = "found none of them is there"

TABLE: list[Row] = [
    ("at once", AT_ONCE, now_seen(*boxes()), "held"),
    ("at once, and gone", AT_ONCE, seen(a_snapshot(*boxes()), a_snapshot()), "held"),
    ("one by one", AT_ONCE, one_by_one(), "found at most 1 of them ran at the same time"),
    (
        "at once, two of them",
        AT_ONCE,
        now_seen(*boxes()[:2]),
        "found at most 2 of them ran at the same time",
    ),
    (
        "at once, never started",
        AT_ONCE,
        now_seen(*boxes(status="created")),
        "found none of them has been seen running",
    ),
    ("at once, absent", AT_ONCE, now_seen(), NONE),
    ("memory", MEMORY, on_a_machine(memory=GIB), "held"),
    (
        "memory, too much",
        MEMORY,
        on_a_machine(memory=2 * GIB),
        "found their limits come to 6 GiB, and the machine has 4 GiB",
    ),
    ("memory, none", MEMORY, on_a_machine(), "found a, b and c have no such limit"),
    (
        "memory, one has none",
        MEMORY,
        now_seen(*boxes(memory=GIB)[:2], a_container("c"), a_machine()),
        "found c has no such limit",
    ),
    ("memory, two of them", MEMORY, now_seen(*boxes(memory=GIB)[:2]), "found c is not there"),
    (
        "memory, one of them",
        MEMORY,
        now_seen(*boxes(memory=GIB)[:1]),
        "found b and c are not there",
    ),
    (
        "memory, no word of the machine",
        MEMORY,
        now_seen(*boxes(memory=GIB)),
        "sorry the engine does not tell what its machine has",
    ),
    ("memory, absent", MEMORY, now_seen(a_machine()), NONE),
    ("cores", CORES, on_a_machine(cpus=0.6), "held"),
    ("cores, all there are", CORES, on_a_machine(cpus=2 / 3), "held"),
    (
        "cores, too many",
        CORES,
        on_a_machine(cpus=1.0),
        "found their limits come to 3 cores, and the machine has 2 cores",
    ),
    ("cores, none", CORES, on_a_machine(), "found a, b and c have no such limit"),
    ("cores, absent", CORES, now_seen(a_machine()), NONE),
]


@rows(*TABLE)
def test_word(claim: Claim, evidence: Evidence, said: str) -> None:
    assert verdict(claim, evidence) == said


def test_sentences() -> None:
    assert [
        claim.sentence.removeprefix("containers a, b and c ") for claim in (AT_ONCE, MEMORY, CORES)
    ] == [
        "ran at the same time",
        "have limits of memory that fit the machine together",
        "have limits of cores that fit the machine together",
    ]


def test_only_the_sums_ask_for_the_machine() -> None:
    assert AT_ONCE.wants.machines == ()
    assert CORES.wants.machines == ("of the engine",)
