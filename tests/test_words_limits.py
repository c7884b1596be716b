"""Words about limits: each with what holds, what fails, what is absent, and every sentence."""

from __future__ import annotations

from typing import Any

import pytest

from checker.claim import Claim
from checker.judge import judge_step
from checker.lesson import Step
from checker.model import Evidence
from checker.words import container
from checker.words.amounts import bytes_of, cores, mebibytes
from tests.builders import (
    Row,
    a_container,
    a_snapshot,
    an_event,
    hint,
    now_seen,
    rows,
    seen,
    verdict,
)

job = container("job")
NOBODY = now_seen()
NO_JOB = "found no container is named job"
MIB = 1024**2
LIMITED, SHARED = job.has_memory_limit("64m"), job.has_cpu_limit(0.5)
KILLED, HELD_BACK = job.was_killed_for_memory(), job.is_throttled()
POLICY, AGAIN = job.has_restart_policy("on-failure"), job.was_restarted_by_engine(times=2)


def box(**changes: Any) -> Evidence:
    """One look at container job."""
    return now_seen(a_container("job", **changes))


def ended(code: int, **changes: Any) -> Evidence:
    """One look at container job, which has ended."""
    return box(status="exited", exit_code=code, **changes)


OOM = an_event("container", "oom", "job")

TABLE: list[Row] = [
    ("memory", LIMITED, box(memory=64 * MIB), "held"),
    ("memory, none", LIMITED, box(), "found it has no such limit"),
    ("memory, more", LIMITED, box(memory=2 * 1024**3), "found its limit is 2 GiB"),
    ("memory, megabytes", LIMITED, box(memory=64_000_000), "found its limit is 61.04 MiB"),
    ("memory, absent", LIMITED, NOBODY, NO_JOB),
    ("cores", SHARED, box(cpus=0.5), "held"),
    ("cores, none", SHARED, box(), "found it has no such limit"),
    ("cores, more", SHARED, box(cpus=5.0), "found its limit is 5 cores"),
    ("cores, less", SHARED, box(cpus=0.05), "found its limit is 0.05 of a core"),
    ("cores, absent", SHARED, NOBODY, NO_JOB),
    ("killed", KILLED, ended(137, killed_for_memory=True), "held"),
    ("killed, a child alone", KILLED, ended(0, killed_for_memory=True), "held"),
    ("killed, told by the engine", KILLED, seen(a_snapshot(OOM)), "held"),
    (
        "killed, and started again since",
        KILLED,
        seen(
            a_snapshot(a_container("job", killed_for_memory=True)), a_snapshot(a_container("job"))
        ),
        "held",
    ),
    (
        "killed by somebody",
        KILLED,
        ended(137),
        "found it exited with code 137, and not for memory: somebody ended it",
    ),
    ("killed, ended well", KILLED, ended(0), "found it exited with code 0"),
    ("killed, goes on", KILLED, box(), "found it is running"),
    ("killed, another one", KILLED, now_seen(an_event("container", "oom", "jobs")), NO_JOB),
    ("killed, absent", KILLED, NOBODY, NO_JOB),
    ("held back", HELD_BACK, box(throttled=True), "held"),
    (
        "not held back",
        HELD_BACK,
        box(throttled=False),
        "found the kernel has held it back for less than a second",
    ),
    ("held back, ended", HELD_BACK, ended(0), "found it exited with code 0"),
    (
        "held back, not read",
        HELD_BACK,
        box(),
        "later the counters of container job could not be read",
    ),
    ("held back, absent", HELD_BACK, NOBODY, NO_JOB),
    ("policy", POLICY, box(restart_policy="on-failure"), "held"),
    ("policy, with a number", POLICY, box(restart_policy="on-failure:3"), "held"),
    ("policy, none", POLICY, box(restart_policy="no"), "found it has no restart policy"),
    ("policy, unknown", POLICY, box(), "found it has no restart policy"),
    ("policy, another", POLICY, box(restart_policy="always"), "found its restart policy is always"),
    (
        "policy, another number",
        job.has_restart_policy("on-failure:3"),
        box(restart_policy="on-failure:5"),
        "found its restart policy is on-failure:5",
    ),
    ("policy, absent", POLICY, NOBODY, NO_JOB),
    ("restarted", AGAIN, box(restarts=2), "held"),
    ("restarted, too rarely", AGAIN, box(restarts=1), "found it was restarted once"),
    ("restarted, never", AGAIN, box(), "found it was never restarted"),
    ("restarted, absent", AGAIN, NOBODY, NO_JOB),
]


@rows(*TABLE)
def test_word(claim: Claim, evidence: Evidence, said: str) -> None:
    assert verdict(claim, evidence) == said


def test_sentences() -> None:
    claims = (
        LIMITED,
        SHARED,
        KILLED,
        HELD_BACK,
        POLICY,
        AGAIN,
        job.was_restarted_by_engine(times=5),
    )

    assert [claim.sentence.removeprefix("container job ") for claim in claims] == [
        "is limited to 64 MiB of memory",
        "is limited to 0.5 of a core",
        "was killed for memory",
        "is held back by its limit of cores",
        "has the restart policy on-failure",
        "was restarted by the engine twice or more",
        "was restarted by the engine 5 times or more",
    ]


def test_hints_tell_the_rule() -> None:
    assert hint(LIMITED, box()).startswith("docker rm -f job, then run it again with -m 64m before")
    assert hint(SHARED, box()).startswith("docker rm -f job, then run it again with --cpus 0.5 ")
    assert hint(HELD_BACK, ended(0)) == "The counters end with the container: run it."


@pytest.mark.parametrize(
    ("claim", "evidence", "settling"),
    [
        (KILLED, box(), True),
        (KILLED, ended(0), False),
        (AGAIN, box(status="restarting", restarts=1), True),
        (AGAIN, ended(1, restarts=1), False),
        (HELD_BACK, box(throttled=False), True),
        (job.exited_with(0), box(), True),
        (job.exited_with(0), ended(1), False),
        (job.exited_with(0).within(0), box(), False),
    ],
)
def test_only_what_time_can_cure_is_waited_for(
    claim: Claim, evidence: Evidence, *, settling: bool
) -> None:
    assert judge_step(1, Step("", (claim,)), evidence).lines[0].settling is settling


def test_only_the_claim_on_counters_asks_for_them() -> None:
    assert HELD_BACK.wants.counters == ("job",)
    assert SHARED.wants.counters == ()


@pytest.mark.parametrize(
    ("text", "amount"),
    [("64m", 64 * MIB), ("2g", 2 * 1024**3), ("512k", 524288), ("10B", 10), ("7", 7)],
)
def test_amounts_are_read_as_docker_reads_them(text: str, amount: int) -> None:
    assert bytes_of(text) == amount


def test_amounts_are_shown_as_docker_shows_them() -> None:
    assert [mebibytes(n) for n in (64 * MIB, 3 * 512 * MIB, MIB // 2)] == [
        "64 MiB",
        "1.5 GiB",
        "0.5 MiB",
    ]
    assert [cores(n) for n in (0.25, 1.0, 1.5, 8)] == [
        "0.25 of a core",
        "1 core",
        "1.5 cores",
        "8 cores",
    ]
