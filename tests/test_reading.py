"""The engine's JSON, of several engines and both image stores, read as the same values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker import reading
from checker.model import AS_ASKED, HIDDEN, Mount, Port
from checker.reading import (
    event,
    image,
    log,
    machine,
    moment,
    ports,
    relative,
    throttled,
    volume,
)

HOME = Path("/home/ada/workbook/exercises/04_volumes")

BOTH = [{"HostIp": "0.0.0.0", "HostPort": "80"}, {"HostIp": "::", "HostPort": "80"}]
PORTS: list[tuple[str, Any, Any, tuple[Port, ...]]] = [
    ("twice is once", {"8888/tcp": BOTH}, {}, (Port(inside=8888, outside=80),)),
    (
        "IPv4 alone",
        {"8888/tcp": BOTH[:1]},
        {},
        (Port(inside=8888, outside=80),),
    ),
    (
        "IPv6 alone",
        {"8888/tcp": BOTH[1:]},
        {},
        (Port(inside=8888, outside=80),),
    ),
    (
        "loopback",
        {"8888/tcp": [{"HostIp": "127.0.0.1", "HostPort": "80"}]},
        {},
        (Port(inside=8888, outside=80, address="127.0.0.1"),),
    ),
    (
        "one port at two doors",
        {"80/tcp": [*BOTH, {"HostIp": "0.0.0.0", "HostPort": "81"}]},
        {},
        (Port(inside=80, outside=80), Port(inside=80, outside=81)),
    ),
    (
        "udp is another port",
        {"53/tcp": BOTH[:1], "53/udp": BOTH[:1]},
        {},
        (Port(inside=53, outside=80), Port(inside=53, outside=80, protocol="udp")),
    ),
    ("exposed and not published", {"80/tcp": None}, {}, ()),
    (
        "stopped: what it asked for",
        {},
        {"8888/tcp": [{"HostIp": "", "HostPort": "80"}]},
        (Port(inside=8888, outside=80),),
    ),
    (
        "created on loopback",
        {},
        {"8888/tcp": [{"HostIp": "127.0.0.1", "HostPort": "80"}]},
        (Port(inside=8888, outside=80, address="127.0.0.1"),),
    ),
    (
        "exposed, stopped, with what it asked for",
        {"8888/tcp": None},
        {"8888/tcp": [{"HostIp": "", "HostPort": "80"}]},
        (Port(inside=8888, outside=80),),
    ),
    (
        "a port of the engine's choice, not started",
        {},
        {"80/tcp": [{"HostIp": "", "HostPort": ""}]},
        (Port(inside=80, outside=0),),
    ),
    ("nothing", None, None, ()),
    (
        "both names of the machine itself",
        {"80/tcp": [{"HostIp": ip, "HostPort": "80"} for ip in ("127.0.0.1", "::1")]},
        {},
        (
            Port(inside=80, outside=80, address="127.0.0.1"),
            Port(inside=80, outside=80, address="::1"),
        ),
    ),
]


@pytest.mark.parametrize(
    ("bound", "asked", "read"), [pytest.param(*row[1:], id=row[0]) for row in PORTS]
)
def test_ports(bound: Any, asked: Any, read: tuple[Port, ...]) -> None:
    seen = {"NetworkSettings": {"Ports": bound}, "HostConfig": {"PortBindings": asked}}

    assert ports(seen) == read


def test_what_a_running_container_asked_for_and_did_not_get_is_no_port() -> None:
    asked = {"80/tcp": [{"HostIp": "", "HostPort": "80"}]}
    seen = {"State": {"Status": "running"}, "HostConfig": {"PortBindings": asked}}

    assert ports(seen) == ()


def a_reply(**changes: Any) -> dict[str, Any]:
    """A running container as every engine from 20.10 to 29 tells it."""
    usual = {
        "Id": "c0ffee",
        "Created": "2026-11-20T09:00:00.123456789Z",
        "State": {
            "Status": "running",
            "ExitCode": 0,
            "Error": "",
            "StartedAt": "2026-11-20T09:00:01.5Z",
            "FinishedAt": "0001-01-01T00:00:00Z",
        },
        "Image": "sha256:abc",
        "Name": "/web",
        "Mounts": [],
        "Config": {"Image": "python:3.13-slim", "Env": ["PATH=/bin"], "Tty": False},
        "HostConfig": {"AutoRemove": False, "PortBindings": {}},
        "NetworkSettings": {"Ports": {}, "Networks": {"bridge": {}}},
    }
    return {**usual, **changes}


OLD = {
    "Path": "python3",
    "Driver": "overlay2",
    "GraphDriver": {"Name": "overlay2", "Data": {}},
    "NetworkSettings": {
        "Ports": {},
        "Bridge": "",
        "IPAddress": "172.17.0.2",
        "HairpinMode": False,
        "Networks": {"bridge": {"IPAddress": "172.17.0.2"}},
    },
}
NEW = {
    "ImageManifestDescriptor": {"digest": "sha256:def"},
    "Storage": {"RootFS": {"Snapshot": {"Name": "overlayfs"}}},
    "NetworkSettings": {"Ports": {}, "Networks": {"bridge": {"GwPriority": 0}}},
}


def read(seen: dict[str, Any], *env: tuple[str, str]) -> Any:
    return reading.container("web", seen, env, HOME, None)


def test_old_and_new_engines_read_the_same() -> None:
    assert read(a_reply(**OLD)) == read(a_reply(**NEW)) == read(a_reply())


def test_a_container() -> None:
    box = read(a_reply())

    assert (box.id, box.image, box.image_id, box.status) == (
        "c0ffee",
        "python:3.13-slim",
        "sha256:abc",
        "running",
    )
    assert (box.started, box.finished) == ("2026-11-20T09:00:01.500000000Z", "")


def test_a_reply_with_nothing_in_it_is_read_all_the_same() -> None:
    bare = read({})
    nulls = read({"State": None, "Config": None, "HostConfig": None, "Mounts": None})

    assert bare == nulls
    assert bare.status == ""


def test_only_variables_that_are_asked_for_are_kept() -> None:
    seen = a_reply(Config={"Env": ["MODE=fast=er", "HOME=/root", "EMPTY=", "ODD"]})

    assert read(seen, ("MODE", "x"), ("EMPTY", ""), ("GONE", "x")).env == (
        ("MODE", "fast=er"),
        ("EMPTY", ""),
    )


def test_secrets_are_kept_only_as_equal_or_not() -> None:
    seen = a_reply(Config={"Env": ["DB_PASSWORD=hunter2", "JUPYTER_TOKEN=other"]})

    box = read(seen, ("DB_PASSWORD", "hunter2"), ("JUPYTER_TOKEN", "asked"))
    assert box.env == (("DB_PASSWORD", AS_ASKED), ("JUPYTER_TOKEN", HIDDEN))


def test_ten_thousand_variables_are_read_in_no_time() -> None:
    seen = a_reply(Config={"Env": [f"V{n}={n}" for n in range(10_000)]})

    assert read(seen, ("V9999", "x")).env == (("V9999", "9999"),)


MOUNTS = [
    (
        "a volume",
        {"Type": "volume", "Name": "pgdata", "Source": "/var/lib/docker/volumes/pgdata/_data"},
        ("volume", "pgdata"),
    ),
    ("the folder", {"Type": "bind", "Source": str(HOME)}, ("bind", ".")),
    ("a part of it", {"Type": "bind", "Source": f"{HOME}/data/raw"}, ("bind", "./data/raw")),
    ("a folder elsewhere", {"Type": "bind", "Source": "/home/bob/data"}, ("bind", "…/data")),
    ("a neighbour", {"Type": "bind", "Source": f"{HOME}_old/data"}, ("bind", "…/data")),
    ("the root", {"Type": "bind", "Source": "/"}, ("bind", "…/")),
    (
        "Docker Desktop on Linux",
        {"Type": "bind", "Source": f"/host_mnt{HOME}/data"},
        ("bind", "./data"),
    ),
    (
        "Docker Desktop on Windows",
        {"Type": "bind", "Source": f"/run/desktop/mnt/host{HOME}/data"},
        ("bind", "./data"),
    ),
    ("memory", {"Type": "tmpfs", "Source": ""}, ("tmpfs", "")),
]


@pytest.mark.parametrize(("seen", "told"), [pytest.param(*row[1:], id=row[0]) for row in MOUNTS])
def test_mounts(seen: dict[str, Any], told: tuple[str, str]) -> None:
    box = read(a_reply(Mounts=[{**seen, "Destination": "/data", "RW": False}]))

    assert box.mounts == (Mount(kind=told[0], source=told[1], at="/data", writable=False),)


def test_a_link_to_the_folder_is_the_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")

    assert relative(str((tmp_path / "real").resolve() / "x"), tmp_path / "link") == "./x"


TIMES = [
    ("2026-11-20T09:00:00Z", "2026-11-20T09:00:00.000000000Z"),
    ("2026-11-20T09:00:00.5Z", "2026-11-20T09:00:00.500000000Z"),
    ("2026-11-20T09:00:00.123456789Z", "2026-11-20T09:00:00.123456789Z"),
    ("2026-11-20T10:00:00+01:00", "2026-11-20T10:00:00.000000000+01:00"),
    ("0001-01-01T00:00:00Z", ""),
    ("", ""),
    ("never", ""),
]


@pytest.mark.parametrize(("told", "kept"), TIMES, ids=[told or "none" for told, _ in TIMES])
def test_moments(told: str, kept: str) -> None:
    assert moment(told) == kept


@settings(deadline=None)
@given(st.integers(0, 10**9 - 1), st.integers(0, 10**9 - 1))
def test_moments_compare_as_text(one: int, other: int) -> None:
    def told(nanos: int) -> str:
        return f"2026-11-20T09:00:00.{nanos:09}".rstrip("0").rstrip(".") + "Z"

    assert (moment(told(one)) < moment(told(other))) == (one < other)


CLASSIC = {
    "Id": "sha256:config",
    "RepoTags": ["python:3.13-slim", "mine:1"],
    "RepoDigests": ["python@sha256:index"],
    "Parent": "",
    "Size": 120,
    "VirtualSize": 120,
    "RootFS": {"Type": "layers", "Layers": ["sha256:a", "sha256:b"]},
}
CONTAINERD = {
    "Id": "sha256:index",
    "RepoTags": ["mine:1", "python:3.13-slim"],
    "RepoDigests": ["python@sha256:index"],
    "Size": 45,
    "Descriptor": {"digest": "sha256:index"},
    "RootFS": {"Type": "layers", "Layers": ["sha256:a", "sha256:b"]},
}


def test_both_image_stores_tell_names_digests_and_layers_alike() -> None:
    old, new = image("python:3.13-slim", CLASSIC), image("python:3.13-slim", CONTAINERD)

    assert (old.tags, old.digests, old.layers) == (new.tags, new.digests, new.layers)
    assert old.layers == 2


def test_an_image_without_names_is_read() -> None:
    bare = image("x", {"Id": "sha256:a", "RepoTags": None, "RepoDigests": None, "RootFS": None})

    assert (bare.tags, bare.digests, bare.layers, bare.size) == ((), (), 0, 0)


def test_a_volume() -> None:
    there = volume("pgdata", {"CreatedAt": "2026-11-20T08:00:00Z", "Labels": None})

    assert (there.created, there.labels) == ("2026-11-20T08:00:00Z", ())


def an_event(kind: str, action: str, ident: str = "c0ffee", **about: str) -> dict[str, Any]:
    actor = {"ID": ident, "Attributes": about}
    return {"Type": kind, "Action": action, "Actor": actor, "timeNano": 17}


EVENTS = [
    ("start", an_event("container", "start", name="web", image="busybox"), "web", "start"),
    ("health", an_event("container", "health_status: healthy", name="w"), "w", "health_status"),
    ("tag", an_event("image", "tag", "sha256:a", name="mine:1"), "mine:1", "tag"),
    ("pull", an_event("image", "pull", "busybox:1.37", name="busybox"), "busybox:1.37", "pull"),
    ("volume", an_event("volume", "create", "pgdata", driver="local"), "pgdata", "create"),
    ("bare", {"Type": "container", "Action": "start"}, "", "start"),
]


@pytest.mark.parametrize(
    ("seen", "name", "action"), [pytest.param(*row[1:], id=row[0]) for row in EVENTS]
)
def test_events(seen: dict[str, Any], name: str, action: str) -> None:
    told = event(seen)

    assert (told.name, told.action) == (name, action)


@pytest.mark.parametrize(("code", "read"), [("3", 3), ("-1", -1), ("", None), ("x", None)])
def test_exit_codes_of_events(code: str, read: int | None) -> None:
    assert event(an_event("container", "die", name="web", exitCode=code)).exit_code == read


def frame(stream: int, text: bytes) -> bytes:
    return bytes([stream, 0, 0, 0]) + len(text).to_bytes(4, "big") + text


def test_a_log_comes_in_frames() -> None:
    assert log(frame(1, b"out\n") + frame(2, b"err\n"), tty=False) == "out\nerr\n"


def test_a_terminals_log_comes_as_it_is() -> None:
    assert log(b"out\r\n\x01\x00", tty=True) == "out\r\n\x01\x00"


def test_a_letter_cut_between_two_frames_is_whole() -> None:
    letter = "é".encode()

    assert log(frame(1, letter[:1]) + frame(1, letter[1:]), tty=False) == "é"


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_log(data: bytes) -> None:
    assert isinstance(log(data, tty=False), str)


@pytest.mark.parametrize(
    ("counted", "held_back"), [({"throttled_periods": 10}, True), ({"throttled_periods": 9}, False)]
)
def test_counters_tell_whether_a_container_was_held_back(
    counted: dict[str, int], *, held_back: bool
) -> None:
    assert throttled({"cpu_stats": {"throttling_data": counted}}) is held_back


@pytest.mark.parametrize("seen", [{}, {"cpu_stats": None}, {"cpu_stats": {"throttling_data": {}}}])
def test_counters_that_are_not_told_hold_nothing_back(seen: dict[str, Any]) -> None:
    assert throttled(seen) is False


def test_a_machine() -> None:
    there = machine("of the engine", {"NCPU": 2, "MemTotal": 4096, "Containers": 7})

    assert (there.name, there.cores, there.memory) == ("of the engine", 2, 4096)
    assert machine("of the engine", {}).cores == 0


def test_limits_and_restarts_of_a_container() -> None:
    host = {"Memory": 67108864, "NanoCpus": 500_000_000}
    policy = {"Name": "on-failure", "MaximumRetryCount": 3}
    box = read(
        a_reply(
            HostConfig={**host, "RestartPolicy": policy},
            RestartCount=2,
            State={"Status": "exited", "OOMKilled": True},
        )
    )

    assert (box.memory, box.cpus, box.killed_for_memory) == (67108864, 0.5, True)
    assert (box.restarts, box.restart_policy, box.throttled) == (2, "on-failure:3", None)
