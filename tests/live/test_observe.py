"""Looking at a real engine: it ends soon, tells the truth and changes nothing."""

from __future__ import annotations

import gc
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checker import engine, report
from checker.engine import Client, Engine, EngineTrouble
from checker.evidence import Store
from checker.judge import judge
from checker.lesson import lesson, step
from checker.model import Container, Evidence, Question, Snapshot, Wanted
from checker.observe import Observer
from checker.observe.containers import LOG_BYTES
from checker.observe.files import FILE_BYTES
from checker.session import Session
from checker.words import container, image, registry, volume
from tests.live.bench import Bench
from tests.live.harness import Harness
from tests.live.proxy import Proxy

BUSYBOX, PYTHON = "busybox:1.37", "python:3.13-slim"
EVIL = "<script>alert(1)</script>"
web = container("web")


@pytest.fixture
def tidy(bench: Bench) -> Iterator[None]:
    """What a test puts on the engine is removed after it."""
    bench.images_ready([BUSYBOX, PYTHON])
    before = bench.things()
    yield
    bench.remove(bench.things().beyond(before))


pytestmark = pytest.mark.usefixtures("tidy")


@pytest.fixture
def eye(harness: Harness, tmp_path: Path) -> Observer:
    return Observer(harness.client, tmp_path)


def docker(*words: str) -> str:
    """What a docker command prints; it must not fail."""
    done = subprocess.run(["docker", *words], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def run(name: str, script: str, *options: str, image: str = BUSYBOX) -> None:
    """A container in the background that runs a shell script."""
    docker("run", "-d", "--name", name, *options, image, "sh", "-c", script)


def until_logged(name: str, text: str) -> None:
    """Wait until the container has written the text; at most 30 seconds."""
    end = time.monotonic() + 30
    while text not in docker("logs", name):
        assert time.monotonic() < end, f"{name} has not written {text}"
        time.sleep(0.1)


def until_it_answers(eye: Observer, wanted: Wanted) -> None:
    """Wait until a server is there for every question; at most 30 seconds."""
    end = time.monotonic() + 30
    while any(reply.failure for reply in eye.see(wanted).replies):
        assert time.monotonic() < end, "no server answers"
        time.sleep(0.1)


def until_held_back(eye: Observer, name: str) -> None:
    """Wait until a container's counters tell of its limit; they need about a second of work."""
    end = time.monotonic() + 30
    while not the(eye.see(Wanted(containers=(name,), counters=(name,))), name).throttled:
        assert time.monotonic() < end, f"{name} is not held back"
        time.sleep(0.1)


def the(snapshot: Snapshot, name: str) -> Container:
    return next(box for box in snapshot.containers if box.name == name)


def soon(eye: Observer, wanted: Wanted, **more: Any) -> Snapshot:
    """A look that takes no longer than a learner waits."""
    start = time.monotonic()
    snapshot = eye.see(wanted, **more)
    assert time.monotonic() - start < 8
    return snapshot


def test_a_flood_in_the_log_is_cut(eye: Observer) -> None:
    run("web", "yes 'line of a flood' | head -c 30000000; echo the end")
    docker("wait", "web")

    log = the(soon(eye, Wanted(containers=("web",), logs=("web",))), "web").log
    assert log is not None
    assert len(log) <= LOG_BYTES
    assert log.endswith("the end\n")


def test_a_line_without_end_is_cut(eye: Observer) -> None:
    run("web", "head -c 20000000 /dev/zero | tr '\\0' x")
    docker("wait", "web")

    log = the(soon(eye, Wanted(containers=("web",), logs=("web",))), "web").log
    assert log is not None
    assert 0 < len(log) <= LOG_BYTES


def test_ten_thousand_variables(eye: Observer, tmp_path: Path) -> None:
    names = tmp_path / "names.env"
    names.write_text("".join(f"V{n}={n}\n" for n in range(10_000)))
    docker("create", "--name", "web", "--env-file", str(names), BUSYBOX, "true")

    wanted = Wanted(containers=("web",), env=(("V9999", "x"),))
    assert the(soon(eye, wanted), "web").env == (("V9999", "9999"),)


def test_hostile_strings_stay_text_in_the_report(eye: Observer) -> None:
    script = f"echo '{EVIL}'; printf '\\033[2J\\342\\200\\256'; exit 3"
    docker("run", "--name", "web", "-e", f"MODE={EVIL}", "-l", EVIL, "-t", BUSYBOX, "true")
    docker("rm", "-f", "web")
    run("web", script, "-e", f"MODE={EVIL}", "--label", f"x={EVIL}")
    docker("wait", "web")
    claims = (web.is_running(), web.has_env("MODE", "fast"), web.logs("ready"))
    evil = lesson("?", step("Run it", *claims), minutes=1)

    told = judge(evil, Evidence(lesson="x", snapshots=(soon(eye, evil.wanted()),)))
    html, plain = report.html(told), report.text(told)
    assert EVIL not in html
    assert "&lt;script&gt;" in html
    assert EVIL in plain
    assert "\x1b" not in plain + html
    assert "\u202e" not in plain + html


def test_names_in_another_script_are_kept(eye: Observer, tmp_path: Path) -> None:
    (tmp_path / "データ").mkdir()
    run("web", "echo приве́т; sleep 300", "-v", f"{tmp_path}/データ:/データ", "-e", "MODE=é")
    wanted = Wanted(containers=("web",), logs=("web",), env=(("MODE", "é"),))

    box = the(soon(eye, wanted), "web")
    assert box.mounts[0].source == "./データ"
    assert box.env == (("MODE", "é"),)
    assert box.log == "приве́т\n"


def test_a_terminals_log_is_read(eye: Observer) -> None:
    run("web", "echo ready; sleep 300", "-t")
    time.sleep(0.3)

    log = the(soon(eye, Wanted(containers=("web",), logs=("web",))), "web").log
    assert log == "ready\r\n"


def test_a_huge_file_is_read_as_far_as_needed(eye: Observer) -> None:
    run("web", "dd if=/dev/zero of=/huge bs=1M count=0 seek=3000; echo 7 > /small; sleep 300")
    time.sleep(0.5)

    files = soon(eye, Wanted(containers=("web",), files=("web:/huge", "web:/small"))).files
    assert [(one.place, one.size) for one in files] == [
        ("web:/huge", FILE_BYTES),
        ("web:/small", 2),
    ]
    assert files[1].text == "7\n"


def test_a_folder_a_link_and_a_missing_file_are_no_files(eye: Observer) -> None:
    run("web", "ln -s /etc/passwd /link; sleep 300")
    places = ("web:/etc", "web:/link", "web:/gone", "web:/dev/null", "gone:/x", "./gone", "./.")

    assert soon(eye, Wanted(containers=("web",), files=places)).files == ()


def test_states(eye: Observer) -> None:
    run("paused", "sleep 300")
    docker("pause", "paused")
    run("restarting", "exit 1", "--restart", "always")
    run("taken", "sleep 300", "-p", "127.0.0.1:18999:80")
    docker("create", "--name", "made", BUSYBOX, "true")
    clash = ["docker", "run", "-d", "--name", "clash", "-p", "127.0.0.1:18999:80", BUSYBOX, "true"]
    assert subprocess.run(clash, capture_output=True).returncode != 0
    time.sleep(1.5)

    names = ("paused", "restarting", "made", "clash", "gone")
    seen = soon(eye, Wanted(containers=names))
    assert {box.name: box.status for box in seen.containers} == {
        "paused": "paused",
        "restarting": "restarting",
        "made": "created",
        "clash": "created",
    }
    assert "port is already allocated" in the(seen, "clash").error


def test_a_container_removed_in_mid_look_is_no_trouble(
    eye: Observer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("web", "echo ready; sleep 300")
    fetch = Client.fetch

    def remove_first(client: Client, path: str, *more: Any, **most: Any) -> bytes | None:
        if path.endswith("/logs"):
            docker("rm", "-f", "web")
        return fetch(client, path, *more, **most)

    monkeypatch.setattr(Client, "fetch", remove_first)
    seen = soon(eye, Wanted(containers=("web",), logs=("web",), files=("web:/x",)))

    assert (the(seen, "web").log, seen.files, seen.troubles) == ("", (), ())


def test_a_name_is_no_beginning_of_an_id(eye: Observer) -> None:
    ident = docker("create", BUSYBOX, "true")

    assert soon(eye, Wanted(containers=(ident[:6], ident[:12]))).containers == ()


def test_near_names_are_offered(eye: Observer) -> None:
    for name in ("wbe", "web1", "worker"):
        docker("create", "--name", name, BUSYBOX, "true")
    docker("volume", "create", "pg-data")
    docker("tag", BUSYBOX, "tools:old")

    words = (container("web"), volume("pgdata"), image("tools:new"), image("tols:old"))
    wanted = Wanted().and_(*(word.wants for word in words))
    near = soon(eye, wanted).near
    assert soon(eye, wanted.names_only()).near == ()
    assert {(one.kind, one.wanted): set(one.there) for one in near} == {
        ("container", "web"): {"wbe", "web1"},
        ("volume", "pgdata"): {"pg-data"},
        ("image", "tools:new"): {"tools:old"},
    }


def test_what_came_and_went_between_two_looks_is_told_by_events(eye: Observer) -> None:
    wanted = Wanted(containers=("web",), volumes=("data",), images=("tools:old",))
    first = soon(eye, wanted)
    docker("run", "--rm", "--name", "web", "-v", "data:/data", BUSYBOX, "sh", "-c", "exit 0")
    docker("volume", "rm", "data")
    docker("tag", BUSYBOX, "tools:old")
    docker("rmi", "tools:old")

    evidence = Evidence(lesson="x", snapshots=(first, soon(eye, wanted, since=first.taken)))
    assert {(e.kind, e.action) for e in evidence.events} >= {
        ("container", "create"),
        ("container", "start"),
        ("container", "die"),
        ("container", "destroy"),
        ("volume", "create"),
        ("image", "tag"),
    }
    for claim in (
        web.was_removed(),
        web.ran(BUSYBOX),
        volume("data").was_removed(),
        image("tools:old").was_removed(),
    ):
        assert report.kind(judge(lesson("?", step("s", claim), minutes=1), evidence).lines[0]) == (
            "held"
        ), claim.sentence


SERVER = """
import socket, sys, time
door = socket.create_server(("0.0.0.0", 80))
print("listening", flush=True)
while True:
    line, _ = door.accept()
    try:
        for byte in b"HTTP/1.1 200 OK\\r\\n\\r\\n" + b"x" * 10**6:
            line.sendall(bytes([byte]))
            time.sleep({pause})
    except OSError:
        pass
"""


@pytest.mark.parametrize(
    ("pause", "status"), [("0.001", 200), ("0.7", 0)], ids=["drips its body", "drips its head"]
)
def test_a_server_that_drips_does_not_hold_a_check_up(
    eye: Observer, pause: str, status: int
) -> None:
    program = SERVER.replace("{pause}", pause)
    docker("run", "-d", "--name", "web", "-p", "18998:80", PYTHON, "python", "-c", program)
    until_logged("web", "listening")
    question = Question(container="web", port=80)

    (reply,) = soon(eye, Wanted(containers=("web",), questions=(question,))).replies
    assert reply.status == status
    assert bool(reply.failure) == (status == 0)


def test_a_port_nobody_listens_at(eye: Observer) -> None:
    run("web", "sleep 300", "-p", "18997:80")
    question = Question(container="web", port=80)

    (reply,) = soon(eye, Wanted(containers=("web",), questions=(question,))).replies
    assert reply.failure == "no server answers there, on host port 18997"


EVERYTHING = Wanted(
    containers=("web", "gone"),
    images=(BUSYBOX, "gone:1"),
    volumes=("data", "gone"),
    env=(("MODE", "x"),),
    logs=("web",),
    questions=(Question(container="web", port=80),),
    files=("web:/etc/passwd", "./x"),
    answers=("x",),
)


NOISE = {"archive-path", "mount", "unmount"}
"""What the engine tells of a look: that a file was read, beside a volume, for a moment."""


def test_looking_changes_nothing(eye: Observer, bench: Bench) -> None:
    run("web", "echo ready; sleep 300", "-v", "data:/data", "-p", "18996:80")
    time.sleep(0.5)
    before = bench.api.inspect_container("web"), bench.things()
    start = time.time()
    for _ in range(5):
        soon(eye, EVERYTHING)
    happened = bench.api.events(since=f"{start:.6f}", until=f"{time.time():.6f}", decode=True)

    assert {str(one.get("Action")) for one in happened} <= NOISE
    assert (bench.api.inspect_container("web"), bench.things()) == before


def test_secrets_do_not_leave_the_engine(eye: Observer) -> None:
    script = "echo start with hunter2hunter2; echo hunter2hunter2 > /note; sleep 300"
    run("web", script, "-e", "DB_PASSWORD=hunter2hunter2")
    time.sleep(0.3)
    wanted = Wanted(
        containers=("web",), logs=("web",), files=("web:/note",), env=(("DB_PASSWORD", "x"),)
    )

    assert "hunter2" not in str(soon(eye, wanted))


@pytest.fixture
def proxy(harness: Harness) -> Iterator[Proxy]:
    place = harness.client.engine.socket
    assert place is not None, "these tests look through a socket"
    with Proxy(place) as one:
        yield one


@pytest.fixture
def through(proxy: Proxy, tmp_path: Path) -> Iterator[Session]:
    """A session that looks through the proxy and keeps its evidence in a file."""
    one = replace(lesson("?", step("Run it", web.is_running()), minutes=1), name="x")
    with closing(engine.connect(Engine(proxy.host, "a test"))) as client:
        store = Store(tmp_path / "x.evidence.json", "x")
        yield Session(one, Observer(client, tmp_path), store)
    with warnings.catch_warnings():  # docker-py leaves a socket open where nobody answers
        warnings.simplefilter("ignore")
        gc.collect()


def test_an_engine_killed_between_checks_is_told_and_found_again(
    proxy: Proxy, through: Session, tmp_path: Path
) -> None:
    run("web", "sleep 300")
    assert through.check(1).done
    kept = (tmp_path / "x.evidence.json").read_bytes()

    proxy.cut()
    with pytest.raises(EngineTrouble, match=r"No Docker engine answers|stopped answering"):
        through.check(1)
    assert (tmp_path / "x.evidence.json").read_bytes() == kept

    proxy.open()
    assert through.check(1).done


@pytest.mark.parametrize("after", [0, 150, 600, 3000])
def test_an_engine_killed_in_mid_answer_is_told(
    proxy: Proxy, through: Session, tmp_path: Path, after: int
) -> None:
    run("web", "sleep 300")
    through.check(1)
    kept = (tmp_path / "x.evidence.json").read_bytes()

    proxy.after = after
    with pytest.raises(EngineTrouble, match=r"No Docker engine answers|stopped answering"):
        _check_often(through)
    assert (tmp_path / "x.evidence.json").read_bytes() == kept


def _check_often(session: Session) -> None:
    for _ in range(20):
        session.check(1)


def test_a_crowd_does_not_slow_a_look(eye: Observer, bench: Bench) -> None:
    """The engine is asked for what is wanted alone, however much there is."""
    asked: list[str] = []
    fetch = eye.client.fetch

    def count(path: str, *more: Any, **most: Any) -> bytes | None:
        asked.append(path)
        return fetch(path, *more, **most)

    wanted = Wanted(containers=("web",), images=(BUSYBOX,), volumes=("data",))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(eye.client, "fetch", count)
        eye.see(wanted)
        alone = list(asked)
        for number in range(20):
            docker("create", "--name", f"other{number}", BUSYBOX, "true")
        asked.clear()
        eye.see(wanted)

    assert asked == alone


def test_counters_and_the_machine_are_read_when_wanted_and_stay_the_same(eye: Observer) -> None:
    run("web", "while true; do true; done", "--cpus=0.05")
    run("rest", "true")
    wanted = Wanted(containers=("web", "rest"), counters=("web", "rest"), machines=("here",))
    until_held_back(eye, "web")
    first, second = soon(eye, wanted), soon(eye, wanted)

    assert (the(first, "web").throttled, the(first, "rest").throttled) == (True, None)
    assert [box.throttled for box in soon(eye, wanted.names_only()).containers] == [None, None]
    assert first.machines[0].cores >= 1
    assert first.machines[0].memory > 2**28
    assert first.same_as(second)


def test_a_registry_tells_the_digest_of_what_it_has(eye: Observer, bench: Bench) -> None:
    bench.images_ready(["registry:2"])
    docker("run", "-d", "--name", "shelf", "-p", "127.0.0.1::5000", "registry:2")
    tag = registry("shelf").tag("tools", "1")
    address = docker("port", "shelf", "5000").splitlines()[0].replace("127.0.0.1", "localhost")
    until_it_answers(eye, tag.wants)
    docker("tag", BUSYBOX, f"{address}/tools:1")
    said = docker("push", f"{address}/tools:1")
    shot = eye.see(tag.wants)

    there = tag.find(shot)
    assert there is not None
    assert f"digest: {there.digests[0]}" in said


def test_two_looks_are_the_same_when_nothing_happened(eye: Observer, harness: Harness) -> None:
    run("web", "sleep 300", "-v", "data:/data")
    with closing(engine.connect(harness.client.engine)) as other:
        one = eye.see(EVERYTHING)
        two = Observer(other, eye.folder).see(EVERYTHING)

    assert one.same_as(two)
