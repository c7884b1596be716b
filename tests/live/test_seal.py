"""A seal does for a submission what the learner's own engine did, and is gone afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.grading.seal import Limits, Seal, SealTrouble, Settings, open_seal, prepare
from checker.grading.seal.outside import at
from checker.grading.seal.reaper import reap
from checker.model import Question, Wanted
from checker.observe import Observer
from checker.observe.files import Stored
from tests.live.bench import Bench
from tests.live.sealed import bash, disk_of, is_let_go, machine, outer, said

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def settings(bench: Bench) -> Settings:
    """How the tests' seals are made; what they are made from is there."""
    del bench
    prepare(Settings())
    return Settings()


@pytest.fixture(scope="module")
def seal(settings: Settings) -> Iterator[Seal]:
    """One seal for all tests that leave it usable."""
    with open_seal(settings, run="tests") as seal:
        yield seal


def test_its_engine_is_empty_and_answers(seal: Seal) -> None:
    client = seal.client()
    assert client.get("/version")["Os"] == "linux"
    assert client.get("/images/json") == []
    assert client.get("/containers/json", all=1) == []
    assert client.get("/volumes")["Volumes"] == []


def test_the_learner_is_nobody_special_and_may_use_docker(seal: Seal) -> None:
    run = bash(seal, "id --user; id --groups --name; docker version --format '{{.Server.Os}}'")
    assert said(run).split() == ["1000", "learner", "docker", "linux"]


def test_a_pull_finds_the_layers_to_be_there(seal: Seal) -> None:
    run = bash(seal, "docker pull python:3.13-slim")
    assert "Already exists" in said(run)
    assert run.seconds < 5


def test_an_image_that_the_mirror_lacks_is_told_at_once(seal: Seal) -> None:
    run = bash(seal, "docker pull no-such-image:1")
    assert not run.ok
    assert run.seconds < 5


def test_files_go_in_and_come_out_and_links_do_not(seal: Seal) -> None:
    seal.put({"data/one.txt": b"one", "two.txt": b"two"})
    run = bash(seal, "cat data/one.txt; ln -s /etc/passwd link; ln two.txt hard; mkfifo pipe")
    assert said(run) == "one"
    taken = seal.take(100_000)
    assert taken["data/one.txt"] == Stored(b"one", 1000)
    assert "link" not in taken
    assert "pipe" not in taken
    bash(seal, "rm link hard pipe")


def test_files_change_in_the_midst_as_far_as_the_learner_could(seal: Seal) -> None:
    seal.put({"edit/app.py": b"one", "edit/gone.txt": b"x"})
    owned = "docker run --rm -v $PWD/edit:/edit busybox:1.37 sh -c 'echo roots > /edit/owned.txt'"
    assert bash(seal, owned).ok

    seal.change({"edit/app.py": b"two", "edit/owned.txt": b"mine"}, ["edit/gone.txt", "edit/no"])

    assert said(bash(seal, "cd edit; cat app.py owned.txt; ls")).split() == [
        *("tworoots", "app.py", "owned.txt")
    ]
    bash(seal, "docker run --rm -v $PWD:/here busybox:1.37 rm -r /here/edit")


def test_a_build_sees_that_a_file_has_changed_whose_size_has_not(seal: Seal) -> None:
    dockerfile = b'FROM busybox:1.37\nCOPY seed /seed\nCMD ["cat", "/seed"]\n'
    again = "docker build --quiet --tag seed:1 lot >/dev/null && docker run --rm seed:1"
    seal.put({"lot/Dockerfile": dockerfile, "lot/seed": b"null"})
    assert said(bash(seal, again)) == "null"

    seal.change({"lot/seed": b"1936"})

    assert said(bash(seal, again)) == "1936"


def test_a_file_below_a_link_stays_away_and_the_others_change(seal: Seal) -> None:
    assert bash(seal, "ln -s /tmp away").ok

    seal.change({"away/a.txt": b"x", "b.txt": b"y"})

    assert said(bash(seal, "cat b.txt; ls /tmp/a.txt; rm away b.txt")).startswith("y")
    assert "No such file" in said(bash(seal, "ls /tmp/a.txt 2>&1"))


@pytest.mark.parametrize("name", ["../up.txt", "/root.txt"])
def test_a_name_that_leaves_the_folder_is_not_removed(seal: Seal, name: str) -> None:
    with pytest.raises(SealTrouble, match="outside its folder"):
        seal.change({}, [name])


def test_what_is_too_much_stays_inside(seal: Seal) -> None:
    seal.put({"small.txt": b"s"})
    bash(seal, "head -c 5000000 /dev/zero > big.bin")
    taken = seal.take(1000)
    assert "small.txt" in taken
    assert "big.bin" not in taken
    bash(seal, "rm big.bin")


@pytest.mark.parametrize("name", ["../up.txt", "/root.txt", "a/../../b", ""])
def test_a_name_that_leaves_the_folder_is_refused(seal: Seal, name: str) -> None:
    with pytest.raises(SealTrouble, match="outside its folder"):
        seal.put({name: b"x"})


def test_variables_cross_as_json_and_others_not_at_all(seal: Seal) -> None:
    seal.run("import os\nanswer = {'mean': 2.5, 'names': ['a', None]}\nbare = object()")
    assert seal.answers(["answer", "bare", "os", "missing"]) == {
        "answer": {"mean": 2.5, "names": ["a", None]}
    }


def test_a_value_is_shown_as_a_notebook_shows_it(seal: Seal) -> None:
    run = seal.run("from IPython.display import HTML, display\ndisplay(HTML('<b>x</b>'))\n6 * 7")
    assert [one["output_type"] for one in run.outputs] == ["display_data", "execute_result"]
    assert run.outputs[0]["data"]["text/html"] == "<b>x</b>"
    assert run.outputs[1]["data"]["text/plain"] == "42"
    assert run.ok


def test_an_error_is_told_and_the_next_cell_runs(seal: Seal) -> None:
    run = seal.run("1 / 0")
    assert not run.ok
    assert run.outputs[-1]["ename"] == "ZeroDivisionError"
    assert seal.run("1").ok


SERVER = (
    "docker run --detach --name web --publish 8000:80 busybox:1.37 "
    "sh -c 'mkdir /w && echo here > /w/index.html && httpd -f -p 80 -h /w'"
)


def test_a_published_port_is_asked_through_the_seal(seal: Seal, tmp_path: Path) -> None:
    assert bash(seal, f"{SERVER}; sleep 0.5").ok
    question = Question(container="web", port=80, method="GET", path="/")
    wanted = Wanted(containers=("web",), questions=(question,))
    snapshot = Observer(seal.client(), tmp_path).see(wanted)
    assert [(one.status, one.body) for one in snapshot.replies] == [(200, "here\n")]


def test_a_build_begins_from_an_image_that_nobody_pulled(seal: Seal) -> None:
    seal.put({"Dockerfile": b"FROM hello-world\nLABEL a=b\n"})
    for _ in range(3):
        run = bash(
            seal,
            "docker rmi --force $(docker images --quiet) 2>/dev/null >/dev/null; "
            "docker builder prune --all --force >/dev/null; docker build . 2>&1",
        )
        assert run.ok, said(run)


def test_buildkit_compose_and_limits_work(seal: Seal) -> None:
    seal.put(
        {
            "Dockerfile": b"FROM busybox:1.37\nRUN --mount=type=cache,target=/c touch /made\n",
            "compose.yaml": b"services:\n  one:\n    build: .\n    command: sleep 60\n"
            b"    healthcheck: {test: [CMD, test, -f, /made], interval: 1s}\n"
            b"  two: {image: 'busybox:1.37', command: ping -c1 one,"
            b" depends_on: {one: {condition: service_healthy}}}\n",
        }
    )
    run = bash(
        seal,
        "docker compose up --detach --quiet-pull 2>&1 && docker wait work-two-1 && "
        "docker compose down --timeout 0 2>&1 && "
        "docker run --rm --memory 32m busybox:1.37 sh -c "
        "'dd if=/dev/zero of=/dev/shm/x bs=1M count=20 && tail /dev/zero'; echo code $?; "
        "docker run --rm --cpus 0.5 --pids-limit 20 busybox:1.37 true && docker stats --no-stream",
        90,
    )
    assert run.ok, said(run)
    assert "code 137" in said(run), said(run)


def test_a_cell_that_never_ends_is_ended_and_the_kernel_stays(seal: Seal) -> None:
    seal.run("kept = 1")
    run = seal.run("while True: pass", 1)
    assert (run.ok, run.stopped) == (False, "time")
    assert said(seal.run("print(kept)")) == "1\n"


def test_a_cell_that_will_not_be_ended_costs_its_kernel(seal: Seal) -> None:
    run = seal.run(
        "import time\nwhile True:\n    try: time.sleep(9)\n    except BaseException: pass", 1
    )
    assert (run.ok, run.stopped) == (False, "time")
    assert run.seconds < 15
    assert seal.run("1").ok


def test_output_that_never_ends_is_cut(settings: Settings, seal: Seal) -> None:
    run = seal.run("while True: print('x' * 10_000)")
    assert run.stopped == "output"
    assert len(said(run)) < 2 * settings.limits.output_bytes
    assert seal.run("1").ok


def test_a_picture_that_is_too_large_is_left_out_and_said(seal: Seal) -> None:
    run = seal.run("from IPython.display import HTML\nHTML('x' * 3_000_000)")
    assert len(str(run.outputs)) < 10_000
    assert "left out" in said(run)


def test_a_kernel_that_dies_is_told_and_followed_by_a_new_one(seal: Seal) -> None:
    assert seal.run("import os; os._exit(1)").stopped == "died"
    assert said(seal.run("print('anew')")) == "anew\n"


def test_the_time_of_a_seal_is_limited(settings: Settings) -> None:
    short = Settings(host=settings.host, limits=Limits(wall_seconds=5))
    with open_seal(short, run="tests") as seal:
        time.sleep(6)
        with pytest.raises(SealTrouble, match="seconds of the seal are over") as trouble:
            seal.run("1")
        assert trouble.value.kind == "time"


def test_without_a_network_nothing_is_pulled(settings: Settings) -> None:
    with open_seal(Settings(host=settings.host, network="none"), run="tests") as seal:
        assert not bash(seal, "docker pull busybox:1.37").ok
        assert "eth0" not in said(bash(seal, "ip -brief address"))


def test_nothing_stays_after_a_run(settings: Settings) -> None:
    before = machine()
    with open_seal(settings, run="tests") as seal:
        bash(seal, "docker run -d --restart always --name web busybox:1.37 sleep 600")
        seal.client().get("/version")
        assert machine() != before
        disk = disk_of(seal)
    assert machine() == before
    assert is_let_go(disk)


KILLED = """
import sys
from checker.grading.seal import Settings, open_seal
with open_seal(Settings(), run="killed") as seal:
    seal.client().get("/version")
    print("ready", flush=True)
    seal.run("import time; time.sleep(600)", 600)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_nothing_stays_of_a_run_that_was_ended(settings: Settings, how: signal.Signals) -> None:
    before = machine()
    command = (sys.executable, "-c", KILLED)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdout
        while b"ready" not in (line := child.stdout.readline()):
            assert line
        os.kill(child.pid, how)
    end = time.monotonic() + 15
    while machine()["containers"] != before["containers"] and time.monotonic() < end:
        time.sleep(0.1)
    reap(at(settings.host))
    assert machine() == before


def test_the_reaper_leaves_living_seals_alone(settings: Settings, seal: Seal) -> None:
    assert seal.name not in reap(at(settings.host))
    assert seal.run("1").ok


def test_an_engine_that_refuses_is_told_with_the_way_on(settings: Settings) -> None:
    with (
        pytest.raises(SealTrouble, match="no seal of the kind 'bare'"),
        open_seal(Settings(host=settings.host, kind="bare"), run="tests"),  # type: ignore[arg-type]
    ):
        pass


def test_an_engine_that_cannot_is_told_with_what_it_says(settings: Settings) -> None:
    little = Settings(host=settings.host, limits=Limits(cpus=0.001))
    with (
        pytest.raises(
            SealTrouble, match=r"cannot make a seal: .*quota.* workbook doctor --grading"
        ),
        open_seal(little, run="tests"),
    ):
        pass


@pytest.fixture
def index() -> Iterator[str]:
    """A package index: a container beside the seal, under its address as its name."""
    serve = "mkdir /w; echo a-package > /w/index.html; httpd -f -p 80 -h /w"
    label = ("--label", "workbook.tests=1")
    box = outer("run", "--detach", "--rm", *label, "busybox:1.37", "sh", "-c", serve).strip()
    yield outer("inspect", "--format", "{{.NetworkSettings.IPAddress}}", box).strip()
    outer("rm", "--force", box)


def test_builds_reach_the_package_index_through_the_gate_alone(
    settings: Settings, index: str
) -> None:
    allowed = Settings(host=settings.host, network="packages", packages=(index,))
    with open_seal(allowed, run="tests") as seal:
        seal.put({"Dockerfile": b"FROM busybox:1.37\nARG AT\nRUN wget -qO- http://$AT/ | tee /x\n"})
        build = "docker build --progress plain --build-arg AT="
        assert "a-package" in said(bash(seal, f"{build}{index} . 2>&1"))
        assert "403" in said(bash(seal, f"{build}127.0.0.2:8000 . 2>&1; {build}10.9.9.9 . 2>&1"))
        direct = bash(seal, f"curl --silent --show-error --max-time 3 http://{index}/ 2>&1")
        assert "a-package" not in said(direct)


def test_the_weaker_kind_is_opted_into_by_name(settings: Settings) -> None:
    weaker = Settings(host=settings.host, kind="userns-privileged")
    with open_seal(weaker, run="tests") as seal:
        assert "true" in outer("inspect", "--format", "{{.HostConfig.Privileged}}", seal.name)
        assert bash(seal, "docker run --rm busybox:1.37 true").ok
