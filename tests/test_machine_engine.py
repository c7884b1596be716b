"""The course's own engine: its configuration, what is remembered of it, what it leaves."""

import os
from pathlib import Path

import psutil
import pytest

from checker.machine import daemon, start, state, traces
from checker.machine.state import Before, State

RULES = """\
*filter
:INPUT ACCEPT [0:0]
:FORWARD DROP [0:0]
:DOCKER - [0:0]
:DOCKER-USER - [0:0]
:MINE - [0:0]
-A FORWARD -j DOCKER-USER
-A FORWARD -o docker0 -m comment --comment "two words" -j ACCEPT
-A FORWARD ! -i br-0123456789ab -o br-0123456789ab -j ACCEPT
-A FORWARD -i eth1 -j MINE
-A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -j ACCEPT
-A DOCKER-USER -j RETURN
-A MINE -s 10.0.0.0/8 -j DROP
COMMIT
"""


def a_place(folder: Path) -> state.Place:
    """Make a place for an engine in a folder."""
    return state.Place(home=folder / "home", run=folder / "run", socket=folder / "docker.sock")


def test_the_engine_keeps_everything_in_folders_of_its_own(tmp_path: Path) -> None:
    assert daemon.config(a_place(tmp_path), "1000") == {
        "hosts": [f"unix://{tmp_path}/docker.sock"],
        "group": "1000",
        "data-root": f"{tmp_path}/home/data",
        "exec-root": f"{tmp_path}/run/exec",
        "pidfile": f"{tmp_path}/run/dockerd.pid",
        "registry-mirrors": ["http://127.0.0.1:5001"],
    }


def test_the_place_is_the_usual_one_unless_the_environment_names_another() -> None:
    usual = state.place({})

    assert usual.host == "unix:///var/run/docker.sock"
    assert usual.home == Path("/var/lib/container-workbook")
    assert state.place({"WORKBOOK_ENGINE_SOCKET": "/x.sock"}).host == "unix:///x.sock"


def test_nothing_was_done_where_nothing_is_written(tmp_path: Path) -> None:
    assert state.load(a_place(tmp_path)) == State()


def test_what_was_done_is_remembered(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    before = Before(interfaces=("lo",), ip_forward="0", forward_policy={"iptables": "ACCEPT"})

    state.change(place, before=before, packages=("runc",))
    state.change(place, pid=7)

    assert state.load(place) == State(pid=7, before=before, packages=("runc",))


def test_a_process_that_took_over_the_number_is_not_the_engine(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    state.change(place, pid=os.getpid(), born=1.0)

    assert daemon.ours(place) is None


def test_the_process_that_was_started_is_the_engine(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    born = psutil.Process().create_time()
    state.change(place, pid=os.getpid(), born=born)

    assert daemon.ours(place) == psutil.Process()


def test_an_engine_that_was_not_started_here_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WORKBOOK_ENGINE_HOME", str(tmp_path))

    assert start.engine_down() == 0
    assert capsys.readouterr().out == (
        "The workbook started no engine on this computer; nothing was changed.\n"
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            'time="2026" level=info msg="Starting up"\n'
            'time="2026" level=fatal msg="failed to start: no disk" error="x"\n\n',
            "failed to start: no disk",
        ),
        ("dockerd: unknown flag\n", "dockerd: unknown flag"),
        ("", "it said nothing."),
    ],
)
def test_the_reason_is_the_last_line_that_says_something(said: str, expected: str) -> None:
    assert daemon.reason(said) == expected


def test_what_stays_is_said_with_how_to_remove_it(tmp_path: Path) -> None:
    done = State(packages=("a", "b", "c", "d", "e"), files=("/etc/x", "/etc/y"))

    assert daemon.summary(done, a_place(tmp_path)) == (
        f"What stays: its data in {tmp_path}/home; 5 packages (a, b, c, d …); /etc/x and /etc/y. "
        "Remove that too: make engine-down PURGE=1"
    )


def test_only_the_engines_rules_are_undone() -> None:
    assert list(traces.undo_rules(RULES)) == [
        ["-D", "FORWARD", "-j", "DOCKER-USER"],
        [
            "-D",
            "FORWARD",
            "-o",
            "docker0",
            "-m",
            "comment",
            "--comment",
            "two words",
            "-j",
            "ACCEPT",
        ],
        ["-D", "FORWARD", "!", "-i", "br-0123456789ab", "-o", "br-0123456789ab", "-j", "ACCEPT"],
        ["-F", "DOCKER"],
        ["-F", "DOCKER-USER"],
        ["-X", "DOCKER"],
        ["-X", "DOCKER-USER"],
    ]


def test_the_policy_for_passing_packets_is_read() -> None:
    assert traces.policy(RULES) == "DROP"
    assert traces.policy("") == "ACCEPT"
