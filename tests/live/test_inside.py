"""Asking inside containers on a real engine: it ends soon, within limits, and wakes nobody."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.model import AS_ASKED, Output, Snapshot, Wanted
from checker.observe import Observer
from checker.observe.inside import OUTPUT_BYTES, SECONDS
from checker.session import wakes
from checker.words import container, network
from checker.words.command import CommandWord
from checker.words.reply import ReplyWord
from tests.live.bench import Bench
from tests.live.harness import Harness
from tests.live.test_observe import docker

BUSYBOX, PYTHON = "busybox:1.37", "python:3.13-slim"
web, guest, box = container("web"), container("guest"), container("box")
SERVER = (
    "import http.server as h\n"
    "class H(h.BaseHTTPRequestHandler):\n"
    "    def do_POST(self):\n"
    "        body = self.rfile.read(int(self.headers['Content-Length']))\n"
    "        self.send_response(422); self.end_headers(); self.wfile.write(body)\n"
    "    def do_GET(self):\n"
    "        self.send_response(200); self.end_headers()\n"
    "        self.wfile.write(b'x' * 10**6 if self.path == '/big' else b'hello')\n"
    "h.HTTPServer(('0.0.0.0', 8000), H).serve_forever()\n"
)


@pytest.fixture(scope="module", autouse=True)
def network_of_two(bench: Bench) -> Iterator[None]:
    """A server on a network, a guest on it, and a box without Python outside."""
    bench.images_ready([BUSYBOX, PYTHON])
    before = bench.things()
    docker("network", "create", "reviews")
    docker("run", "-d", "--name", "web", "--network", "reviews", PYTHON, "python", "-c", SERVER)
    docker("run", "-d", "--name", "guest", "--network", "reviews", PYTHON, "sleep", "600")
    docker("run", "-d", "--name", "box", "-e", "DB_PASSWORD=hunter22", BUSYBOX, "sleep", "600")
    yield
    bench.remove(bench.things().beyond(before))


@pytest.fixture
def eye(harness: Harness, tmp_path: Path) -> Observer:
    return Observer(harness.client, tmp_path)


def asked(eye: Observer, word: ReplyWord) -> Snapshot:
    """A look at one question, once the server is up."""
    for _ in range(50):
        shot = eye.see(word.wants)
        found = word.find(shot)
        if found is None or not found.failure.startswith("no server"):
            return shot
        time.sleep(0.1)
    return shot


def told(eye: Observer, word: CommandWord) -> Output:
    shot = eye.see(word.wants)
    found = word.find(shot)
    assert found is not None, shot
    return found


def test_a_server_that_publishes_no_port_is_asked_from_within_and_by_a_neighbour(
    eye: Observer,
) -> None:
    for word in (web.on(8000, by=web).get("/"), web.on(8000, by=guest).get("/")):
        reply = word.find(asked(eye, word))
        assert reply is not None
        assert (reply.status, reply.body, reply.failure) == (200, "hello", "")


def test_a_json_body_arrives_whole(eye: Observer) -> None:
    word = web.on(8000, by=guest).post("/", json={"text": "é"})

    reply = word.find(asked(eye, word))

    assert reply is not None
    assert (reply.status, reply.body) == (422, '{"text": "é"}')


def test_a_long_answer_is_cut(eye: Observer) -> None:
    word = web.on(8000, by=guest).get("/big")

    reply = word.find(asked(eye, word))

    assert reply is not None
    assert len(reply.body) == OUTPUT_BYTES


def test_a_port_where_nobody_listens_is_no_missing_way(eye: Observer) -> None:
    word = web.on(9, by=guest).get("/")

    reply = word.find(eye.see(word.wants))

    assert reply is not None
    assert (reply.failure, reply.cut_off) == (
        "no server answers at port 9 of container web",
        False,
    )


def test_a_name_that_is_unknown_is_a_missing_way(eye: Observer) -> None:
    docker("network", "disconnect", "reviews", "guest")
    word = web.on(8000, by=guest).get("/")
    try:
        reply = word.find(eye.see(word.wants))
        docker("network", "connect", "bridge", "guest")
        other = word.find(eye.see(word.wants))
    finally:
        docker("network", "disconnect", "bridge", "guest")
        docker("network", "connect", "reviews", "guest")

    said = ("container guest does not know the name web", True)
    assert reply is not None
    assert other is not None
    assert (reply.failure, reply.cut_off) == said
    assert (other.failure, other.cut_off) == said


def test_a_container_without_python_cannot_ask_and_is_not_cut_off(eye: Observer) -> None:
    word = web.on(8000, by=box).get("/")

    reply = word.find(eye.see(word.wants))

    assert reply is not None
    assert (reply.failure, reply.cut_off) == (
        "there is no Python in container box to ask with",
        False,
    )


def test_a_command_says_what_it_prints_and_its_exit_code(eye: Observer) -> None:
    one = told(eye, box.inside("sh", "-c", "echo out; echo err >&2; exit 3"))

    assert (one.code, sorted(one.text.split()), one.failure) == (3, ["err", "out"], "")


def test_secrets_are_hidden_in_what_a_command_prints(eye: Observer) -> None:
    one = told(eye, box.inside("env"))

    assert "hunter22" not in one.text
    assert AS_ASKED not in one.text


def test_a_program_that_is_not_there_is_named(eye: Observer) -> None:
    one = told(eye, box.inside("psql", "-c", "select 1"))

    assert one.failure == "its image has no program named psql"


def test_a_command_that_prints_for_ever_is_cut(eye: Observer) -> None:
    one = told(eye, box.inside("yes"))

    assert len(one.text) <= OUTPUT_BYTES


def test_a_command_that_does_not_end_is_killed(eye: Observer) -> None:
    start = time.monotonic()
    one = told(eye, box.inside("sleep", "100"))

    assert time.monotonic() - start < SECONDS + 3
    assert one.failure == f"sleep does not end within {SECONDS} seconds"
    assert "sleep 100" not in docker("top", "box")


def test_nothing_is_asked_in_a_container_that_is_gone_or_stopped(eye: Observer) -> None:
    shot = eye.see(container("nobody").inside("env").wants.and_(web.on(1, by=box).get("/").wants))

    assert shot.outputs == ()
    assert shot.troubles == ()


def test_asking_inside_wakes_no_recorder(eye: Observer) -> None:
    start = time.time()
    eye.see(box.inside("env").wants.and_(web.on(8000, by=guest).get("/").wants))

    events = eye.client.events(start, time.time())

    assert events, "the engine tells of what runs inside"
    assert not list(wakes(events))


def test_a_network_is_seen_with_who_is_on_it(eye: Observer) -> None:
    reviews = network("reviews")

    shot = eye.see(Wanted(networks=("reviews",)).and_(web.wants))

    there = reviews.find(shot)
    assert there is not None
    assert there.containers == ("guest", "web")
    assert shot.containers[0].networks == ("reviews",)
