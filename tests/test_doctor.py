"""The doctor: tables of facts and the lines they become."""

# ruff: noqa: E501 - a line of the table holds a whole sentence

from __future__ import annotations

import json
import socket
import threading
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner

from checker import doctor
from checker.cli import main
from checker.doctor import Facts, Finding, PortFact, asking, findings, gather, judges
from checker.doctor.remedies import FALLBACK, PACKAGES, REMEDIES, remedy
from checker.engine import Client, EngineTrouble

GB = 1024**3

GOOD = Facts(
    system="debian",
    host="unix:///var/run/docker.sock",
    found="the usual socket",
    version="26.1.5",
    oldest_api="1.24",
    cli="26.1.5",
    compose="2.26.1",
    buildx="0.13.1",
    free=50 * GB,
    free_at="/var/lib/docker",
    memory=8 * GB,
    ports=(PortFact(number=8888), PortFact(number=8881)),
    hub=True,
    mirror=False,
    missing=("python:3.13-slim",),
)

GONE = replace(
    GOOD,
    trouble="absent",
    why="No Docker engine was found on this machine. Start Docker.",
    version=None,
    oldest_api=None,
    host="",
    found="",
)


def lines(facts: Facts, about: str) -> list[str]:
    """The lines about one thing, as the command shows them."""
    return [
        f"{one.mark} {one.found}" + (f". {one.remedy}" if one.remedy else "")
        for one in findings(facts)
        if one.about == about
    ]


CASES: list[tuple[str, Facts, str]] = [
    ("engine", GOOD, "✓ Docker Engine answers at unix:///var/run/docker.sock (the usual socket)"),
    (
        "engine",
        GONE,
        "✗ No Docker engine was found on this machine. Type make start: it installs an engine and starts it.",
    ),
    (
        "engine",
        replace(GONE, system="macos"),
        "✗ No Docker engine was found on this machine. Install and start Docker Desktop or Colima.",
    ),
    (
        "engine",
        replace(GONE, system="windows"),
        "✗ No Docker engine was found on this machine. Install and start Docker Desktop.",
    ),
    (
        "engine",
        replace(GONE, system="wsl"),
        "✗ No Docker engine was found on this machine. Start Docker Desktop, and in Settings, Resources switch on WSL integration.",
    ),
    (
        "engine",
        replace(GONE, system="fedora"),
        "✗ No Docker engine was found on this machine. sudo dnf install moby-engine, then sudo systemctl enable --now docker",
    ),
    (
        "engine",
        replace(
            GONE, found="DOCKER_HOST", why="No Docker engine answers at tcp://a:1. Start Docker."
        ),
        "✗ No Docker engine answers at tcp://a:1. Start the engine there, or name another: DOCKER_HOST chose this one.",
    ),
    (
        "engine",
        replace(GONE, trouble="timeout", why="The engine did not answer within 10 seconds. Wait."),
        "✗ The engine did not answer within 10 seconds. sudo systemctl restart docker, unless it is busy and you can wait.",
    ),
    (
        "engine",
        replace(GONE, trouble="permission", host="unix:///s"),
        "– an engine is at unix:///s, and it is shut",
    ),
    ("permission", GOOD, "✓ you may use the engine"),
    ("permission", GONE, "– could not tell: no engine answers"),
    (
        "permission",
        replace(GONE, trouble="permission", host="unix:///s"),
        "✗ you may not use unix:///s. sudo usermod -aG docker $USER, then log out and in again.",
    ),
    (
        "permission",
        replace(GONE, trouble="permission", host="npipe", system="windows"),
        "✗ you may not use npipe. Add your account to the group docker-users, then sign out and in again.",
    ),
    ("version", GOOD, "✓ Docker Engine 26.1.5; known to work: 20.10 to 29"),
    (
        "version",
        replace(GOOD, version="20.10.24+dfsg1"),
        "✓ Docker Engine 20.10.24+dfsg1; known to work: 20.10 to 29",
    ),
    (
        "version",
        replace(GOOD, version="29.0.1", oldest_api="1.44"),
        "✓ Docker Engine 29.0.1; known to work: 20.10 to 29",
    ),
    (
        "version",
        replace(GOOD, version="19.03.9"),
        "– Docker Engine 19.03.9 is older than 20.10, the oldest known to work. Update Docker with your system's packages.",
    ),
    (
        "version",
        replace(GOOD, version="30.0.0", system="macos"),
        "– Docker Engine 30.0.0 is newer than 29, the newest tried",
    ),
    (
        "version",
        replace(GOOD, version="31.0", oldest_api="1.60"),
        "✗ Docker Engine 31.0 no longer speaks API 1.47, the newest known here. pip install --upgrade container-workbook, or update this folder with git pull.",
    ),
    (
        "version",
        replace(GOOD, version="5.4.1", product="Podman", oldest_api="1.24"),
        "– Podman 5.4.1 stands in for Docker; some commands answer otherwise than the lessons say",
    ),
    ("version", GONE, "– could not tell: no engine answers"),
    ("cli", GOOD, "✓ docker 26.1.5"),
    ("cli", replace(GOOD, cli=""), "✗ the command docker is missing. sudo apt install docker-cli"),
    (
        "cli",
        replace(GOOD, cli="", system="ubuntu"),
        "✗ the command docker is missing. sudo apt install docker.io",
    ),
    (
        "cli",
        replace(GOOD, cli="", system="linux"),
        "✗ the command docker is missing. Install the docker command as https://docs.docker.com/engine/install tells for your system.",
    ),
    ("cli", replace(GOOD, cli=None), "– could not tell: docker gave no answer"),
    ("compose", GOOD, "✓ docker compose 2.26.1"),
    ("compose", replace(GOOD, compose="5.0.0"), "✓ docker compose 5.0.0"),
    (
        "compose",
        replace(GOOD, compose="1.29.2"),
        "✗ docker compose is 1.29.2, and the lessons need version 2 or later. sudo apt install docker-compose",
    ),
    (
        "compose",
        replace(GOOD, compose="", system="arch"),
        "✗ the command docker compose is missing. sudo pacman -S docker-compose",
    ),
    (
        "buildx",
        replace(GOOD, buildx="", system="macos"),
        "✗ the command docker buildx is missing. Docker Desktop brings it: update it, or install it.",
    ),
    ("disk", GOOD, "✓ 50.0 GB free at /var/lib/docker"),
    (
        "disk",
        replace(GOOD, free=3 * GB),
        "– 3.0 GB free at /var/lib/docker; 5 GB is enough for all lessons. docker system df shows what Docker holds; docker image prune removes old layers.",
    ),
    (
        "disk",
        replace(GOOD, free=GB // 2),
        "✗ 0.5 GB free at /var/lib/docker; a lesson needs 1 GB. docker system df shows what Docker holds; docker image prune removes old layers.",
    ),
    ("disk", replace(GOOD, free=None), "– could not tell: the free space could not be read"),
    ("memory", GOOD, "✓ 8.0 GB for containers"),
    (
        "memory",
        replace(GOOD, memory=GB // 2, system="macos"),
        "✗ 0.5 GB for containers; a lesson needs 1 GB. Docker Desktop: Settings, Resources, Memory.",
    ),
    (
        "memory",
        replace(GOOD, memory=None),
        "– could not tell: the engine's memory could not be read",
    ),
    ("ports", GOOD, "✓ free for lessons: 8888 and 8881"),
    (
        "ports",
        replace(GOOD, ports=(PortFact(number=8888, free=False, holder="lab", ours=True),)),
        "✓ free for lessons: 8888 (held by the lesson's container lab)",
    ),
    (
        "ports",
        replace(GOOD, ports=(PortFact(number=8888, free=False, holder="other"),)),
        "✗ port 8888 is held by container other. docker stop other, if it is yours.",
    ),
    (
        "ports",
        replace(GOOD, ports=(PortFact(number=8888, free=False),)),
        "✗ port 8888 is held by another program. sudo ss -ltnp 'sport = :8888' shows the program; end it.",
    ),
    (
        "ports",
        replace(GOOD, system="windows", ports=(PortFact(number=80, free=False),)),
        "✗ port 80 is held by another program. netstat -ano | findstr :80 shows the program; end it.",
    ),
    (
        "ports",
        replace(GOOD, ports=(PortFact(number=80, free=None),)),
        "– could not tell: 80: the engine is on another computer",
    ),
    ("images", GOOD, "✓ the hub answers"),
    ("images", replace(GOOD, mirror=True), "✓ the hub and the course mirror answer"),
    ("images", replace(GOOD, hub=False, mirror=True), "✓ the course mirror answers"),
    (
        "images",
        replace(GOOD, hub=False, missing=()),
        "✓ all images of the lessons are on the engine",
    ),
    (
        "images",
        replace(GOOD, hub=None),
        "– could not tell: whether the hub answers could not be found out",
    ),
    (
        "images",
        replace(GOOD, hub=False),
        "✗ neither the hub nor the course mirror answers, and python:3.13-slim is needed. Connect to the network, or make mirror FROM=stand-ins fills a mirror here.",
    ),
    (
        "stand-ins",
        replace(GOOD, stand_ins=("a:1", "b:2")),
        "– stand-ins in use, built here instead of pulled: a:1 and b:2",
    ),
]


@pytest.mark.parametrize(("about", "facts", "line"), CASES)
def test_facts_become_a_line(about: str, facts: Facts, line: str) -> None:
    assert lines(facts, about) == [line]


def test_a_good_computer_gets_ticks_alone() -> None:
    assert {one.mark for one in findings(GOOD)} == {"✓"}
    assert lines(GOOD, "stand-ins") == []


def test_every_trouble_comes_with_a_remedy() -> None:
    troubles = [one for _, facts, _ in CASES for one in findings(facts) if one.mark == "✗"]

    assert [one.found for one in troubles if not one.remedy] == []


@pytest.mark.parametrize("system", [*FALLBACK, "linux"])
@pytest.mark.parametrize("about", sorted(REMEDIES))
def test_every_system_has_a_remedy_for_everything(about: str, system: str) -> None:
    said = remedy(about, system, port=8888, named="DOCKER_HOST")

    assert said
    assert "{" not in said
    assert about not in PACKAGES or "apt" not in said or system in ("debian", "ubuntu")


@pytest.mark.parametrize(
    ("name", "release", "system"),
    [
        ("Darwin", {}, "macos"),
        ("Windows", {}, "windows"),
        ("Linux", {"ID": "debian"}, "debian"),
        ("Linux", {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "ubuntu"),
        ("Linux", {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "fedora"),
        ("Linux", {"ID": "opensuse-leap", "ID_LIKE": "suse opensuse"}, "suse"),
        ("Linux", {"ID": "nixos"}, "linux"),
    ],
)
def test_a_system_is_known_by_its_family(name: str, release: dict[str, str], system: str) -> None:
    assert asking.system(name, release) == system


def test_a_question_that_takes_too_long_has_no_answer() -> None:
    late = threading.Event()

    assert asking.Later(late.wait).answer(0.01) is None
    late.set()


def test_a_question_that_fails_has_no_answer() -> None:
    def fail() -> str:
        raise EngineTrouble("died", "It stopped.")

    assert asking.Later(fail).answer() is None


def test_a_port_is_taken_while_somebody_listens() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        number = server.getsockname()[1]

        assert not asking.is_free(number)
    assert asking.is_free(number)


class Engine:
    """An engine with one container that publishes port 8888."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.engine = type("At", (), {"ports_at": "127.0.0.1"})()

    def get(self, path: str, **_: object) -> object:
        return [{"Names": [f"/{self.name}"], "Ports": [{"PublicPort": 8888}, {"PrivatePort": 80}]}]


@pytest.mark.parametrize(("name", "ours"), [("web", True), ("foreign", False)])
def test_a_port_held_by_the_lessons_container_is_its_own(name: str, ours: bool) -> None:
    from checker import container, lesson, step

    one = lesson("?", step("s", container("web").is_running()), minutes=1, ports=(8888,))

    (port,) = asking.ports((one,), cast(Client, Engine(name)))

    assert port == PortFact(number=8888, free=False, holder=name, ours=ours)


@pytest.mark.parametrize(
    ("facts", "code"), [(GOOD, 0), (replace(GOOD, version="19.03"), 0), (GONE, 1)]
)
def test_the_exit_code_says_whether_a_lesson_could_not_run(
    facts: Facts, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "gather", lambda lessons: facts)

    result = CliRunner().invoke(main, ["doctor"])

    assert result.exit_code == code
    assert "\x1b" not in result.output
    assert [line[0] for line in result.output.splitlines()] == [one.mark for one in findings(facts)]


def test_a_remedy_says_where_to_read_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "gather", lambda lessons: GONE)

    first, *_ = CliRunner().invoke(main, ["doctor"]).output.splitlines()

    assert first.endswith("and starts it. (docs/troubleshoot.md#doctor-engine)")


@pytest.mark.parametrize(("about", "facts", "line"), CASES)
def test_the_page_has_a_place_for_every_remedy(about: str, facts: Facts, line: str) -> None:
    page = Path("docs/troubleshoot.md")
    text = (Path(__file__).parent.parent / page).read_text(encoding="utf-8")
    for one in findings(facts):
        if one.remedy:
            assert one.page.startswith(f"{page}#")
            assert f"({one.page.partition('#')[2]})=" in text


def test_json_has_a_value_for_each_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "gather", lambda lessons: GONE)

    data = json.loads(CliRunner().invoke(main, ["doctor", "--json"]).output)

    assert data[0] == {
        "check": "engine",
        "verdict": "no",
        "found": "No Docker engine was found on this machine",
        "remedy": "Type make start: it installs an engine and starts it.",
        "page": "docs/troubleshoot.md#doctor-engine",
    }
    assert {one["verdict"] for one in data} == {"ok", "no", "unknown"}


def test_without_an_engine_nothing_of_it_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")

    facts = gather(())

    assert (facts.trouble, facts.version, facts.hub) == ("absent", None, None)
    assert judges.engine(facts) == Finding(
        about="engine",
        mark="✗",
        found="No Docker engine answers at unix:///nowhere/docker.sock",
        remedy="Start the engine there, or name another: DOCKER_HOST chose this one.",
    )
