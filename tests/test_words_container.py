"""Words about containers: each with what holds, what fails, what is absent, and every sentence."""

from __future__ import annotations

from typing import Any

import pytest

from checker.claim import Claim, once
from checker.model import AS_ASKED, HIDDEN, Container, Evidence, Near, Trouble
from checker.words import container, volume
from tests.builders import (
    Row,
    a_container,
    a_mount,
    a_port,
    a_snapshot,
    a_volume,
    an_event,
    an_image,
    hint,
    now_seen,
    rows,
    seen,
    verdict,
)

web, db, pgdata = container("web"), container("db"), volume("pgdata")
SLIM = "python:3.13-slim"
NOBODY = now_seen()
NO_WEB = "found no container is named web"
DIED = a_container(status="exited", exit_code=3, log="boom\n")


def box(**changes: Any) -> Evidence:
    """One look at container web."""
    return now_seen(a_container(**changes))


PORT_TAKEN = (
    "driver failed programming external connectivity on endpoint web (0a1b): "
    "Bind for 0.0.0.0:8881 failed: port is already allocated"
)
PORT_TAKEN_TOO = (
    "failed to set up container networking: driver failed programming external connectivity: "
    "failed to bind host port for 0.0.0.0:8881:172.17.0.2:8000/tcp: address already in use"
)
NO_PROGRAM = (
    "failed to create task for container: failed to create shim task: OCI runtime create failed: "
    'runc create failed: unable to start container process: exec: "-p": '
    "executable file not found in $PATH: unknown"
)

STATES: list[Row] = [
    ("running", web.is_running(), box(), "held"),
    ("paused", web.is_running(), box(status="paused"), "found it is paused"),
    ("restarting", web.is_running(), box(status="restarting"), "found it keeps restarting"),
    (
        "exited 0",
        web.is_running(),
        box(status="exited"),
        "found it exited with code 0",
    ),
    (
        "last words",
        web.is_running(),
        now_seen(DIED),
        "found it exited with code 3; its last words: “boom”",
    ),
    (
        "never started",
        web.is_running(),
        box(status="created"),
        "found it was created and never started",
    ),
    (
        "port taken",
        web.is_running(),
        box(status="created", error=PORT_TAKEN),
        "found it was created and never started: host port 8881 is taken",
    ),
    (
        "port taken, in the words of another engine",
        web.is_running(),
        box(status="created", error=PORT_TAKEN_TOO),
        "found it was created and never started: host port 8881 is taken",
    ),
    (
        "no such program",
        web.is_running(),
        box(status="created", error=NO_PROGRAM),
        "found it was created and never started: its image has no program named -p",
    ),
    (
        "another reason",
        web.is_running(),
        box(status="created", error="runc create failed: not enough memory: unknown"),
        "found it was created and never started: not enough memory",
    ),
    ("running, absent", web.is_running(), NOBODY, NO_WEB),
    (
        "running, near",
        web.is_running(),
        now_seen(Near(kind="container", wanted="web", there=("wbe", "web1"))),
        "found no container is named web (there is wbe and web1)",
    ),
    (
        "running, not looked at",
        web.is_running(),
        now_seen(Trouble(key="container web", why="the engine is busy")),
        "sorry the engine is busy",
    ),
    ("stopped", web.has_stopped(), box(status="exited"), "held"),
    ("stopped, runs", web.has_stopped(), box(), "found it is running"),
    ("stopped, absent", web.has_stopped(), NOBODY, NO_WEB),
    ("exit code", web.exited_with(3), now_seen(DIED), "held"),
    (
        "exit code, another",
        web.exited_with(4),
        now_seen(DIED),
        "found it exited with code 3; its last words: “boom”",
    ),
    ("exit code, runs", web.exited_with(0), box(), "found it is running"),
    ("exit code, absent", web.exited_with(3), NOBODY, NO_WEB),
]

IMAGES: list[Row] = [
    ("runs", web.runs(SLIM), box(), "held"),
    ("runs, full name", web.runs(SLIM), box(image=f"docker.io/library/{SLIM}"), "held"),
    (
        "runs, same image by id",
        web.runs(SLIM),
        now_seen(a_container(image="sha256:python"), an_image()),
        "held",
    ),
    ("runs, other tag", web.runs(SLIM), box(image="python:3.12"), "found it runs python:3.12"),
    ("runs, no tag", web.runs(SLIM), box(image="python"), "found it runs python:latest"),
    ("runs, absent", web.runs(SLIM), NOBODY, NO_WEB),
    ("ran", web.ran(SLIM), seen(a_snapshot(a_container()), a_snapshot()), "held"),
    (
        "ran, told by an event",
        web.ran(SLIM),
        now_seen(an_event("container", "start", "web", image=SLIM)),
        "held",
    ),
    (
        "ran, another image",
        web.ran(SLIM),
        now_seen(an_event("container", "start", "web", image="busybox")),
        "found it ran busybox:latest",
    ),
    (
        "ran, created only",
        web.ran(SLIM),
        box(status="created", started=""),
        "found no container named web has been seen",
    ),
    ("ran, absent", web.ran(SLIM), NOBODY, "found no container named web has been seen"),
]

LIVES: list[Row] = [
    (
        "restarted",
        web.was_restarted(),
        box(
            finished="2026-11-20T09:30:00.000000000Z",
            started="2026-11-20T09:30:00.200000000Z",
        ),
        "held",
    ),
    (
        "restarted, never stopped",
        web.was_restarted(),
        box(),
        "found it has run only once, without a stop",
    ),
    (
        "restarted, stopped only",
        web.was_restarted(),
        box(status="exited", finished="2026-11-20T09:30:00.000000000Z"),
        "found it exited with code 0",
    ),
    ("restarted, absent", web.was_restarted(), NOBODY, NO_WEB),
    ("removed", web.was_removed(), seen(a_snapshot(a_container()), a_snapshot()), "held"),
    (
        "removed, told by an event",
        web.was_removed(),
        now_seen(an_event("container", "create", "web"), an_event("container", "destroy", "web")),
        "held",
    ),
    (
        "removed, still there",
        web.was_removed(),
        box(),
        "found it is still there: it is running",
    ),
    (
        "removed, never there",
        web.was_removed(),
        NOBODY,
        "found no container named web has been seen",
    ),
    (
        "outlives",
        web.outlives(db),
        seen(a_snapshot(a_container(), a_container("db")), a_snapshot(a_container())),
        "held",
    ),
    (
        "outlives, other still there",
        web.outlives(db),
        now_seen(a_container(), a_container("db")),
        "later container db must be made and removed first",
    ),
    ("outlives, absent", web.outlives(db), NOBODY, NO_WEB),
]

OPTIONS: list[Row] = [
    (
        "publishes",
        web.publishes(8888, to=8888),
        box(ports=(a_port(8888, 8888),)),
        "held",
    ),
    (
        "publishes, swapped",
        web.publishes(8888, to=80),
        box(ports=(a_port(8888, 80),)),
        "found it publishes 8888->80",
    ),
    (
        "publishes, udp",
        web.publishes(53, to=53),
        box(ports=(a_port(53, 53, protocol="udp"),)),
        "found it publishes 53->53/udp",
    ),
    ("publishes nothing", web.publishes(80, to=80), box(), "found it publishes no port"),
    (
        "publishes on loopback",
        web.publishes(80, to=80, on="127.0.0.1"),
        box(ports=(a_port(80, 80, address="127.0.0.1"),)),
        "held",
    ),
    (
        "publishes on all addresses",
        web.publishes(80, to=80, on="127.0.0.1"),
        box(ports=(a_port(80, 80),)),
        "found it publishes 80->80",
    ),
    (
        "publishes on loopback and on all",
        web.publishes(80, to=80, on="127.0.0.1"),
        box(ports=(a_port(80, 80), a_port(80, 80, address="127.0.0.1"))),
        "found it publishes 80->80 and 127.0.0.1:80->80",
    ),
    ("publishes, absent", web.publishes(80, to=80), NOBODY, NO_WEB),
    ("env", web.has_env("MODE", "fast"), box(env=(("MODE", "fast"),)), "held"),
    (
        "env, another value",
        web.has_env("MODE", "fast"),
        box(env=(("MODE", "slow"),)),
        "found MODE is “slow”",
    ),
    ("env, not set", web.has_env("MODE", "fast"), box(), "found MODE is not set in it"),
    (
        "env, secret",
        web.has_env("PGPASSWORD", "s3"),
        box(env=(("PGPASSWORD", AS_ASKED),)),
        "held",
    ),
    (
        "env, another secret",
        web.has_env("PGPASSWORD", "s3"),
        box(env=(("PGPASSWORD", HIDDEN),)),
        "found PGPASSWORD has another value",
    ),
    ("env, absent", web.has_env("MODE", "fast"), NOBODY, NO_WEB),
    ("logs", web.logs("ready"), box(log="starting\nready\n"), "held"),
    (
        "logs, other words",
        web.logs("ready"),
        box(log="starting\n"),
        "found its log ends with “starting”",
    ),
    ("logs, silent", web.logs("ready"), box(log=""), "found its log is empty"),
    (
        "logs, not read",
        web.logs("ready"),
        box(log=None),
        "later the log of container web could not be read in time",
    ),
    ("logs, absent", web.logs("ready"), NOBODY, NO_WEB),
]

MOUNTS: list[Row] = [
    ("mounts", web.mounts(pgdata, at="/data"), box(mounts=(a_mount("pgdata", "/data"),)), "held"),
    (
        "mounts, slash at the end",
        web.mounts(pgdata, at="/data"),
        box(mounts=(a_mount("pgdata", "/data/"),)),
        "held",
    ),
    (
        "mounts, other path",
        web.mounts(pgdata, at="/data"),
        box(mounts=(a_mount("pgdata", "/date"),)),
        "found nothing is mounted at /data; there is volume pgdata at /date",
    ),
    (
        "mounts, anonymous",
        web.mounts(pgdata, at="/data"),
        box(mounts=(a_mount("a1" * 32, "/data"),)),
        "found an anonymous volume is mounted at /data",
    ),
    (
        "mounts, a folder",
        web.mounts(pgdata, at="/data"),
        box(mounts=(a_mount("./pgdata", "/data"),)),
        "found the folder ./pgdata is mounted at /data",
    ),
    ("mounts nothing", web.mounts(pgdata, at="/data"), box(), "found it has no mounts"),
    ("mounts, absent", web.mounts(pgdata, at="/data"), NOBODY, NO_WEB),
    (
        "folder",
        web.mounts_folder("./data", at="/in"),
        box(mounts=(a_mount("./data", "/in"),)),
        "held",
    ),
    (
        "folder, a volume of its name",
        web.mounts_folder("./data", at="/in"),
        box(mounts=(a_mount("data", "/in"),)),
        "found volume data is mounted at /in",
    ),
    (
        "folder, from elsewhere",
        web.mounts_folder("./data", at="/in"),
        box(mounts=(a_mount("…/data", "/in"),)),
        "found the folder …/data is mounted at /in",
    ),
    ("folder, absent", web.mounts_folder("./data", at="/in"), NOBODY, NO_WEB),
    (
        "read-only",
        web.cannot_write_to("/in"),
        box(mounts=(a_mount("./data", "/in", writable=False),)),
        "held",
    ),
    (
        "writable",
        web.cannot_write_to("/in"),
        box(mounts=(a_mount("./data", "/in"),)),
        "found what is mounted at /in is writable",
    ),
    ("read-only nothing", web.cannot_write_to("/in"), box(), "found nothing is mounted at /in"),
    ("read-only, absent", web.cannot_write_to("/in"), NOBODY, NO_WEB),
]

ROWS_IN_TURN = rows(*STATES, *IMAGES, *LIVES, *OPTIONS, *MOUNTS)


@ROWS_IN_TURN
def test_word(claim: Claim, evidence: Evidence, said: str) -> None:
    assert verdict(claim, evidence) == said


@ROWS_IN_TURN
def test_each_failure_gives_a_next_move(claim: Claim, evidence: Evidence, said: str) -> None:
    if said.startswith("found "):
        assert hint(claim, evidence)


SENTENCES = [
    (web.is_running(), "container web is running"),
    (web.has_stopped(), "container web has stopped and is kept"),
    (web.exited_with(3), "container web exited with code 3"),
    (web.runs(SLIM), "container web runs image python:3.13-slim"),
    (web.ran(SLIM), "container web ran from image python:3.13-slim"),
    (web.was_restarted(), "container web was stopped and started again"),
    (web.was_removed(), "container web was there and is removed"),
    (web.outlives(db), "container web outlives container db"),
    (web.publishes(8888, to=80), "container web publishes port 8888 on host port 80"),
    (
        web.publishes(8888, to=80, on="127.0.0.1"),
        "container web publishes port 8888 on host port 127.0.0.1:80",
    ),
    (web.has_env("MODE", "fast"), "container web has MODE set to “fast”"),
    (web.has_env("TOKEN", "s3"), "container web has TOKEN set to the value asked for"),
    (web.logs("ready"), "container web wrote “ready” to its log"),
    (web.mounts(pgdata, at="/data"), "container web mounts volume pgdata at /data"),
    (web.mounts_folder("./data", at="/in"), "container web mounts the folder ./data at /in"),
    (web.cannot_write_to("/in"), "container web cannot write to /in"),
    (once(web.is_running()), "at some moment, container web is running"),
]


@pytest.mark.parametrize(("claim", "sentence"), SENTENCES, ids=[s for _, s in SENTENCES])
def test_sentence(claim: Claim, sentence: str) -> None:
    assert claim.sentence == sentence


@pytest.mark.parametrize(
    ("addresses", "told"),
    [
        (("127.0.0.1",), "held"),
        (("127.0.0.1", "::1"), "held"),
        (("::1",), "found it publishes ::1:80->8000"),
        (("", "127.0.0.1"), "found it publishes 80->8000 and 127.0.0.1:80->8000"),
        (
            ("127.0.0.1", "192.0.2.7"),
            "found it publishes 127.0.0.1:80->8000 and 192.0.2.7:80->8000",
        ),
    ],
)
def test_published_to_this_machine_alone(addresses: tuple[str, ...], told: str) -> None:
    doors = tuple(a_port(inside=8000, outside=80, address=where) for where in addresses)

    assert verdict(web.publishes(8000, to=80, on="127.0.0.1"), box(ports=doors)) == told


def test_a_container_that_keeps_restarting_is_to_be_asked_for_its_reason() -> None:
    assert hint(web.is_running(), box(status="restarting")) == (
        "docker logs web says why it ends each time; docker rm -f removes it."
    )


def test_a_container_that_was_stopped_is_to_be_started_again() -> None:
    stopped = box(status="exited", exit_code=137)

    assert hint(web.is_running(), stopped) == (
        "docker start web starts it; it lives as long as its main process."
    )


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (PORT_TAKEN, "A host port leads to one container, and docker ps shows which"),
        (NO_PROGRAM, "Options stand before the image, what follows it is the command"),
        ("something else", "Docker could not start it"),
    ],
)
def test_a_container_that_could_not_start_is_to_be_made_anew(error: str, remedy: str) -> None:
    failed = box(status="created", error=error)

    assert hint(web.is_running(), failed) == f"{remedy}: docker rm web, then run it again."


def test_a_port_hint_puts_outside_before_inside() -> None:
    assert hint(web.publishes(8888, to=80), box()) == (
        "Ports are fixed when a container is made, outside before inside: "
        "docker rm -f web, then run it again with -p 80:8888."
    )


def test_a_paused_container_is_to_be_unpaused() -> None:
    assert hint(web.is_running(), box(status="paused")) == "docker unpause web lets it go on."


def test_a_secret_stands_in_no_sentence() -> None:
    claim = web.has_env("DB_PASSWORD", "hunter2")
    told = (claim.sentence, verdict(claim, NOBODY), hint(claim, NOBODY), claim.hint)

    assert not [text for text in told if "hunter2" in text]


def test_many_ports_are_cut_short() -> None:
    crowd = tuple(a_port(8000 + n, 80 + n) for n in range(9))

    said = verdict(web.publishes(1, to=1), box(ports=crowd))
    assert said.endswith("8005->85 and 3 more")


class TestOnce:
    """`once` looks at the past: it held at some moment."""

    runs = once(web.is_running())

    def test_it_holds_when_it_held_and_no_longer_does(self) -> None:
        assert verdict(self.runs, seen(a_snapshot(a_container()), a_snapshot())) == "held"

    def test_it_holds_when_it_holds_now(self) -> None:
        assert verdict(self.runs, box()) == "held"

    def test_it_tells_what_was_there_last_rather_than_that_nothing_is(self) -> None:
        looks = seen(a_snapshot(a_container(status="created")), a_snapshot())
        assert verdict(self.runs, looks) == "found it was created and never started"

    def test_it_fails_like_its_claim_when_nothing_was_ever_seen(self) -> None:
        assert verdict(self.runs, NOBODY) == NO_WEB
        assert verdict(self.runs, Evidence(lesson="a_lesson")) == NO_WEB

    def test_each_moment_is_judged_without_what_came_later(self) -> None:
        claim = once(web.was_removed())
        looks = seen(a_snapshot(a_container()), a_snapshot(), a_snapshot(a_container()))
        assert verdict(claim, looks) == "held"

    def test_it_refuses_what_the_recorder_does_not_see(self) -> None:
        with pytest.raises(ValueError, match=r"once\(\) cannot cover “container web wrote"):
            once(web.logs("ready"))


def test_a_volume_outlives_a_container_whose_name_is_used_again() -> None:
    first = a_container("db", id="db-1", mounts=(a_mount("pgdata", "/data"),))
    other: Container = a_container("db", id="db-2")
    looks = seen(a_snapshot(first, a_volume()), a_snapshot(other, a_volume()))

    assert verdict(pgdata.outlives(db), looks) == "held"
