"""The engine is found where it is, and each trouble with it has its sentence."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from checker import engine
from checker.engine import Client, Engine, EngineTrouble, connect, find
from checker.model import Wanted
from checker.observe import Observer
from tests.fake_engine import FakeEngine, answer, fake_engine, flood, half, ping, silence


@pytest.fixture
def fake() -> Iterator[FakeEngine]:
    with fake_engine() as one:
        yield one


@pytest.fixture
def client(fake: FakeEngine) -> Iterator[Client]:
    with closing(connect(fake.engine)) as client:
        yield client


def a_socket(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with socket.socket(socket.AF_UNIX) as there:
        there.bind(str(path))
    return path


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home on a machine without any engine; short, because sockets' paths must be."""
    with TemporaryDirectory(prefix="h-") as place:
        yield Path(place)


def found(environ: dict[str, str]) -> str:
    return find(environ).found


def a_context(home: Path, name: str, host: str, *, current: bool = True) -> None:
    folder = home / ".docker"
    meta = folder / "contexts" / "meta" / "abc"
    meta.mkdir(parents=True)
    (meta / "meta.json").write_text(
        json.dumps({"Name": name, "Endpoints": {"docker": {"Host": host}}})
    )
    if current:
        (folder / "config.json").write_text(json.dumps({"currentContext": name}))


def test_docker_host_is_taken_at_its_word(home: Path) -> None:
    a_context(home, "lab", "tcp://lab:2376")

    there = find({"DOCKER_HOST": "tcp://other:2375", "HOME": str(home)})
    assert (there.host, there.found) == ("tcp://other:2375", "DOCKER_HOST")


def test_the_current_context_comes_next(home: Path) -> None:
    a_context(home, "lab", "tcp://lab:2376")

    assert find({"HOME": str(home)}).host == "tcp://lab:2376"


def test_a_context_may_be_chosen_by_its_variable(home: Path) -> None:
    a_context(home, "lab", "tcp://lab:2376", current=False)

    assert find({"HOME": str(home), "DOCKER_CONTEXT": "lab"}).host == "tcp://lab:2376"


def test_docker_config_names_the_folder(home: Path, tmp_path: Path) -> None:
    a_context(home, "lab", "tcp://lab:2376")

    environ = {"HOME": str(tmp_path), "DOCKER_CONFIG": str(home / ".docker")}
    assert find(environ).host == "tcp://lab:2376"


@pytest.mark.parametrize("config", ["", "{", "[]", '{"currentContext": "gone"}'])
def test_a_broken_configuration_is_no_context(home: Path, config: str) -> None:
    (home / ".docker").mkdir()
    (home / ".docker" / "config.json").write_text(config)

    assert "context" not in "".join(e.found for e in engine.candidates({"HOME": str(home)}))


def test_sockets_are_tried_in_order(home: Path) -> None:
    runtime = home / "run"
    tried = [
        e.host for e in engine.candidates({"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime)})
    ]

    assert tried == [
        "unix:///var/run/docker.sock",
        f"unix://{runtime}/docker.sock",
        f"unix://{home}/.docker/run/docker.sock",
        f"unix://{home}/.docker/desktop/docker.sock",
        f"unix://{home}/.colima/default/docker.sock",
        f"unix://{runtime}/podman/podman.sock",
        "unix:///run/podman/podman.sock",
    ]


def _only_below(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only what lies in `home` be a socket, whatever this machine has."""
    there = engine.find.__globals__["_is_socket"]
    monkeypatch.setitem(
        engine.find.__globals__, "_is_socket", lambda p: home in p.parents and there(p)
    )


@pytest.mark.parametrize(
    "part",
    [".docker/run/docker.sock", ".docker/desktop/docker.sock", ".colima/default/docker.sock"],
)
def test_a_desktops_socket_is_found(home: Path, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    _only_below(home, monkeypatch)
    path = a_socket(home / part)

    assert find({"HOME": str(home)}).socket == path


def test_a_rootless_engines_socket_is_found(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _only_below(home, monkeypatch)
    a_socket(home / "run" / "docker.sock")

    environ = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home / "run")}
    assert found(environ) == "the rootless engine's socket"


def test_podmans_socket_is_the_last(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _only_below(home, monkeypatch)
    a_socket(home / "run" / "podman" / "podman.sock")

    environ = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home / "run")}
    assert found(environ) == "Podman's socket"


def test_a_plain_file_is_no_engine(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _only_below(home, monkeypatch)
    (home / ".docker" / "run").mkdir(parents=True)
    (home / ".docker" / "run" / "docker.sock").touch()

    with pytest.raises(EngineTrouble, match="No Docker engine was found on this machine"):
        find({"HOME": str(home)})


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("unix:///var/run/docker.sock", "127.0.0.1"),
        ("tcp://192.168.1.5:2376", "192.168.1.5"),
        ("ssh://ada@lab", "lab"),
        ("npipe:////./pipe/docker_engine", "127.0.0.1"),
    ],
)
def test_where_ports_are_reached(monkeypatch: pytest.MonkeyPatch, host: str, address: str) -> None:
    monkeypatch.delenv("WORKBOOK_PORTS_AT", raising=False)
    assert Engine(host, "a test").ports_at == address

    monkeypatch.setenv("WORKBOOK_PORTS_AT", "host.docker.internal")
    assert Engine(host, "a test").ports_at == "host.docker.internal"


def trouble(ask: Callable[[], object]) -> EngineTrouble:
    with pytest.raises(EngineTrouble) as caught:
        ask()
    return caught.value


def test_an_absent_engine(tmp_path: Path) -> None:
    host = f"unix://{tmp_path}/no.sock"

    fault = trouble(lambda: connect(Engine(host, "a test")))
    assert fault.kind == "absent"
    assert str(fault) == (
        f"No Docker engine answers at {host}. "
        "Start Docker, or type make start in the workbook's folder."
    )


def test_a_socket_nobody_listens_at(home: Path) -> None:
    path = a_socket(home / "docker.sock")

    assert trouble(lambda: connect(Engine(f"unix://{path}", "a test"))).kind == "absent"


OTHER = (
    "{} is not the address of a Docker engine, which begins with unix:// or tcp://. "
    "Correct or unset DOCKER_HOST, or type docker context use default."
)
SSH = (
    "The checker cannot look at an engine over ssh, as {} asks. "
    "Use an engine on this machine: unset DOCKER_HOST, or type docker context use default."
)


@pytest.mark.parametrize(
    ("host", "sentence"),
    [
        ("garbage", OTHER),
        ("ftp://127.0.0.1", OTHER),
        ("tcp://127.0.0.1:99999", OTHER),
        ("ssh://ada@127.0.0.1", SSH),
    ],
)
def test_an_address_that_cannot_be_one(host: str, sentence: str) -> None:
    fault = trouble(lambda: connect(Engine(host, "a test")))

    assert fault.kind == "absent"
    assert str(fault) == sentence.format(host)


def test_an_engine_one_may_not_use(fake: FakeEngine) -> None:
    import_module("docker")  # while everything may be read
    fake.place.parent.chmod(0o755)
    fake.place.chmod(0)
    if os.geteuid() == 0:
        os.seteuid(65534)
    try:
        fault = trouble(lambda: connect(fake.engine))
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
    assert fault.kind == "permission"
    assert str(fault) == (
        f"You may not use the Docker engine at {fake.engine.host}. "
        "Join the group that owns its socket, or type make start."
    )


def test_an_engine_that_does_not_answer(fake: FakeEngine) -> None:
    fake.said["/_ping"] = silence

    fault = trouble(lambda: connect(fake.engine, timeout=1))
    assert fault.kind == "timeout"
    assert str(fault) == (
        f"The Docker engine at {fake.engine.host} did not answer within 10 seconds. "
        "It may be busy: wait, then check again."
    )


def test_an_engine_that_falls_silent(
    fake: FakeEngine, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "TIMEOUT", 0.2)
    fake.said["/containers/web/json"] = silence

    assert trouble(lambda: client.get("/containers/web/json")).kind == "timeout"


def test_an_engine_that_dies_in_mid_answer(fake: FakeEngine, client: Client) -> None:
    fake.said["/containers/web/json"] = half

    fault = trouble(lambda: client.get("/containers/web/json"))
    assert fault.kind == "died"
    assert str(fault) == (
        f"The Docker engine at {fake.engine.host} stopped answering. "
        "Start it again, then check again."
    )


def test_an_engine_that_hangs_up(fake: FakeEngine, client: Client) -> None:
    fake.said["/info"] = lambda line: setattr(line, "close_connection", True)

    assert trouble(lambda: client.get("/info")).kind == "died"


def test_an_answer_that_is_not_json(fake: FakeEngine, client: Client) -> None:
    def say(line: BaseHTTPRequestHandler) -> None:
        line.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<html")

    fake.said["/info"] = say
    assert trouble(lambda: client.get("/info")).kind == "died"


@pytest.mark.parametrize("status", [400, 403, 409, 500, 503])
def test_an_engine_that_refuses(fake: FakeEngine, client: Client, status: int) -> None:
    fake.said["/containers/web/json"] = answer({"message": "disk on fire"}, status)

    fault = trouble(lambda: client.get("/containers/web/json"))
    assert fault.kind == "refused"
    assert str(fault) == (
        "The Docker engine refuses the question /containers/web/json: disk on fire"
    )


@pytest.mark.parametrize("status", [404, 409])
def test_nothing_is_run_in_a_container_that_is_not_there_or_does_not_run(
    fake: FakeEngine, client: Client, status: int
) -> None:
    fake.said["/containers/web/exec"] = answer({"message": "container web is not running"}, status)

    assert client.run("web", ("true",), {}, limit=100) is None


def test_what_the_engine_does_not_know_is_none(client: Client) -> None:
    assert client.get("/containers/web/json") is None


def test_an_answer_without_end_is_read_as_far_as_wanted(fake: FakeEngine, client: Client) -> None:
    fake.said["/containers/web/logs"] = flood
    fake.said["/info"] = answer({"ok": True})

    assert client.fetch("/containers/web/logs", limit=1000) == b"x" * 1000
    assert client.get("/info") == {"ok": True}, "the rest is not taken for the next answer"


@pytest.mark.parametrize(
    ("offered", "spoken"), [("1.41", "1.41"), ("1.47", "1.47"), ("1.52", "1.47"), ("1.9", "1.9")]
)
def test_both_sides_speak_the_newest_they_share(
    fake: FakeEngine, offered: str, spoken: str
) -> None:
    fake.said["/_ping"] = ping(offered)
    fake.said["/info"] = answer({})
    with closing(connect(fake.engine)) as client:
        client.get("/info")

    assert client.version == spoken
    assert fake.asked[-1] == f"/v{spoken}/info"


def test_a_clock_that_is_off_is_taken_into_account(fake: FakeEngine) -> None:
    fake.said["/_ping"] = ping(date="Fri, 20 Nov 2020 00:00:00 GMT")
    with closing(connect(fake.engine)) as client:
        assert client.drift < -86_400

    fake.said["/_ping"] = ping()
    with closing(connect(fake.engine)) as client:
        assert client.drift == 0


def test_names_are_quoted_in_questions(fake: FakeEngine, client: Client) -> None:
    client.get("/containers/a b?c#d/json", all=1)

    assert fake.asked[-1] == "/v1.45/containers/a%20b%3Fc%23d/json?all=1"


def test_many_other_addresses_close_no_connection(client: Client) -> None:
    for number in range(40):
        client.delete(f"/containers/{number}")
    assert client.get("/containers/web/json") is None


def test_events_are_heard_as_they_come(fake: FakeEngine, client: Client) -> None:
    def say(line: BaseHTTPRequestHandler) -> None:
        out = line.wfile
        out.write(b'HTTP/1.1 200 OK\r\n\r\n{"Action": "start"}\n{"Act')
        out.flush()
        out.write(b'ion": "die"}\n')
        line.close_connection = True

    fake.said["/events"] = say
    with client.listen() as events:
        assert [event["Action"] for event in events] == ["start", "die"]


def test_listening_may_end_before_the_engine_does(fake: FakeEngine, client: Client) -> None:
    def say(line: BaseHTTPRequestHandler) -> None:
        out = line.wfile
        out.write(b'HTTP/1.1 200 OK\r\n\r\n{"Action": "start"}\n')
        out.flush()
        silence(line)

    fake.said["/events"] = say
    with client.listen() as events:
        assert next(events)["Action"] == "start"


def test_an_engine_that_hangs_in_mid_look_is_waited_for_twice_at_most(
    fake: FakeEngine, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "TIMEOUT", 0.2)
    names = tuple("abcdef")
    fake.said |= {f"/containers/{name}/json": silence for name in names}

    fault = trouble(lambda: Observer(client, Path.cwd()).see(Wanted(containers=names)))
    assert fault.kind == "timeout"
    assert len([path for path in fake.asked if "/containers/" in path]) == 2


def test_one_silent_container_leaves_the_others_to_be_looked_at(
    fake: FakeEngine, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "TIMEOUT", 0.2)
    fake.said["/containers/a/json"] = silence
    fake.said["/containers/b/json"] = answer({"Name": "/b", "State": {"Status": "running"}})
    fake.said["/containers/json"] = answer([])

    snapshot = Observer(client, Path.cwd()).see(Wanted(containers=("a", "b")))
    assert [box.name for box in snapshot.containers] == ["b"]
    assert [one.key for one in snapshot.troubles] == ["container a"]


def test_all_missing_names_are_asked_for_in_one_question(fake: FakeEngine, client: Client) -> None:
    others = ["my-web", "dbb", "else"]
    fake.said["/containers/json"] = answer([{"Names": [f"/{name}"]} for name in others])

    names = ("web", "db", "far")
    wanted = Wanted(containers=names, near=tuple(f"container {name}" for name in names))

    near = Observer(client, Path.cwd()).see(wanted).near
    assert [(one.wanted, one.there) for one in near] == [("web", ("my-web",)), ("db", ("dbb",))]
    assert len([path for path in fake.asked if "/containers/json" in path]) == 1
