"""What a hostile submission tries from inside a seal, for real, and what it meets.

Each attack is tried as root of the namespace, with all that `docker run --privileged` gives.
"""

from __future__ import annotations

import http.server
import shlex
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.engine import EngineTrouble
from checker.grading.seal import Limits, Seal, SealTrouble, Settings, open_seal, prepare
from tests.live.bench import Bench
from tests.live.sealed import ROOT, as_root, bash, machine, outer, said

pytestmark = pytest.mark.timeout(600)

SECRET = "the-instructors-gradebook"
REFUSED = ("not permitted", "Permission denied", "Read-only", "denied")


@pytest.fixture(scope="module")
def settings(bench: Bench) -> Settings:
    """How the tests' seals are made; what they are made from is there."""
    del bench
    prepare(Settings())
    return Settings()


@pytest.fixture(scope="module")
def seal(settings: Settings) -> Iterator[Seal]:
    """One seal for all attacks that leave it standing."""
    with open_seal(settings, run="tests") as seal:
        assert "uid=0(root)" in as_root(seal, "id")
        yield seal


@pytest.fixture
def small(settings: Settings) -> Iterator[Seal]:
    """A seal of its own with little of everything, to be filled."""
    little = Limits(memory="600m", processes=150, disk="400M", wall_seconds=120)
    with open_seal(Settings(host=settings.host, limits=little), run="tests") as seal:
        yield seal


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file of the instructor's, in a folder of the machine."""
    path = tmp_path / "gradebook.db"
    path.write_text(SECRET)
    return path


def refused(text: str) -> bool:
    """Whether the system said no."""
    return any(word in text for word in REFUSED)


def test_the_machines_files_are_not_to_be_found(seal: Seal, secret: Path) -> None:
    run = bash(seal, f"docker run --rm --volume /:/h busybox:1.37 cat /h{secret} /h/etc/hostname")
    assert SECRET not in said(run)
    assert "No such file" in said(run)
    assert (
        said(bash(seal, f"cat {secret} 2>&1 || true")).strip().endswith("No such file or directory")
    )


def test_only_the_seals_own_processes_are_seen(seal: Seal) -> None:
    shown = as_root(seal, "for p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline; echo; done")
    assert "start-engine" in shown or "dockerd" in shown
    assert "pytest" not in shown
    assert "init.py" not in shown
    assert SECRET not in as_root(seal, "nsenter --target 1 --mount --pid cat /etc/hostname")


@pytest.mark.parametrize("device", ["b 7 0", "b 254 0", "b 8 0", "c 1 1"])
def test_no_device_of_the_machine_is_read(seal: Seal, device: str) -> None:
    script = f"rm -f /tmp/d; mknod /tmp/d {device} && head -c 16 /tmp/d | od"
    assert refused(as_root(seal, script))


@pytest.mark.parametrize(
    "path",
    [
        "/proc/sys/kernel/core_pattern",
        "/proc/sys/vm/swappiness",
        "/proc/sysrq-trigger",
        "/sys/kernel/uevent_helper",
        "/proc/sys/fs/file-max",
    ],
)
def test_no_setting_of_the_kernel_is_written(seal: Seal, path: str) -> None:
    shown = as_root(seal, f"[ -e {path} ] || echo denied: absent; cat {path} > {path}")
    assert refused(shown), shown


def test_no_module_is_loaded_and_no_clock_is_set(seal: Seal) -> None:
    script = "import ctypes; c = ctypes.CDLL(None, use_errno=True); "
    for call in (175, 313, 227, 169):  # init_module, finit_module, clock_settime, reboot
        tried = f"{script}print(c.syscall({call}, 0, 0, 0), ctypes.get_errno())"
        assert as_root(seal, f"/opt/workbook/bin/python -c '{tried}'").split() == ["-1", "1"]


def test_the_control_groups_of_the_machine_are_out_of_reach(seal: Seal) -> None:
    script = (
        "mkdir -p /tmp/g; mount -t cgroup -o memory g /tmp/g; ls /tmp/g; "
        "echo x > /tmp/g/release_agent; echo 99999999999 > /tmp/g/memory.limit_in_bytes; "
        "find / -xdev -name release_agent 2>/dev/null; "
        "for f in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes; "
        "do [ -e $f ] && echo 99999999999 > $f; done; true"
    )
    before = limit_of(seal)
    assert refused(as_root(seal, script))
    assert limit_of(seal) == before


def limit_of(seal: Seal) -> str:
    """The memory that the seal's namespace may take, as its trusted part sees it."""
    places = "/sys/fs/cgroup/memory/inside/memory.limit_in_bytes /sys/fs/cgroup/inside/memory.max"
    return outer("exec", seal.name, "sh", "-c", f"cat {places} 2>/dev/null; true")


def test_the_outer_engines_socket_is_not_there(seal: Seal) -> None:
    host = Path(outer("context", "inspect", "--format", "{{.Endpoints.docker.Host}}").strip()[7:])
    shown = as_root(seal, f"ls {host} /host/var/run/docker.sock /proc/1/root{host} 2>&1")
    assert str(host) == "/var/run/docker.sock" or f"cannot access '{host}'" in shown
    names = as_root(seal, "docker ps --all --format '{{.Names}}'")
    assert seal.name not in names


class Told(http.server.BaseHTTPRequestHandler):
    """Says a secret to whoever asks."""

    def do_GET(self) -> None:
        """Say it."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(SECRET.encode())

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def service() -> Iterator[int]:
    """A service of the instructor's machine, on all its addresses; its port."""
    server = http.server.ThreadingHTTPServer(("0.0.0.0", 0), Told)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


ASK = (
    "import sys, urllib.request as r\n"
    "for at in sys.argv[1:]:\n"
    "    try: print(at, r.urlopen(f'http://{at}/', timeout=2).read().decode())\n"
    "    except Exception as fault: print(at, 'no:', fault)\n"
)


def addresses() -> list[str]:
    """The addresses of this machine, and those of the containers that run on its engine."""
    told = subprocess.run(("ip", "-4", "-brief", "address"), capture_output=True, text=True)
    own = [word.split("/")[0] for line in told.stdout.splitlines() for word in line.split()[2:]]
    return [*dict.fromkeys(own), socket.gethostbyname("localhost")]


def test_no_service_of_the_machine_or_beyond_answers(seal: Seal, service: int) -> None:
    """The machine's addresses stand for the internet too: the same filter refuses both."""
    asked = [f"{at}:{service}" for at in addresses()]
    trusted = outer("exec", seal.name, "python3", "-c", ASK, *asked)
    assert SECRET in trusted, "the attack would fail for want of a service"
    seal.put({"ask.py": ASK.encode()})
    assert SECRET not in said(bash(seal, f"python3 ask.py {' '.join(asked)}"))
    rules = "iptables -F; iptables -t nat -F; ip route replace default via 198.18.255.1; "
    shown = as_root(seal, f"{rules} cd /home/learner/work && python3 ask.py {' '.join(asked)}")
    assert SECRET not in shown
    assert shown.count("no:") == len(asked), shown


def test_another_container_on_the_same_engine_does_not_answer(seal: Seal) -> None:
    serve = f"mkdir /w; echo {SECRET} > /w/index.html; httpd -f -p 80 -h /w"
    label = ("--label", "workbook.tests=1")
    other = outer("run", "--detach", "--rm", *label, "busybox:1.37", "sh", "-c", serve).strip()
    try:
        shape = "{{.NetworkSettings.IPAddress}}"
        at = outer("inspect", "--format", shape, other).strip()
        assert SECRET in outer("exec", seal.name, "python3", "-c", ASK, at)
        seal.put({"ask.py": ASK.encode()})
        assert "no:" in said(bash(seal, f"python3 ask.py {at}"))
    finally:
        outer("rm", "--force", other)


def test_the_gate_lets_the_mirror_be_read_and_nothing_else(seal: Seal) -> None:
    script = (
        "docker pull -q busybox:1.37; "
        "docker tag busybox:1.37 198.18.255.1:5000/library/busybox:1.37; "
        "docker push 198.18.255.1:5000/library/busybox:1.37; "
        "for m in POST PUT PATCH DELETE; do curl -s -o /dev/null -w '%{http_code} ' -X $m "
        "http://198.18.255.1:5000/v2/library/busybox/blobs/uploads/; done; "
        "curl -s -o /dev/null -w '%{http_code} ' http://198.18.255.1:5000/debug; "
        "curl -s -m 2 -o /dev/null -w '%{http_code} ' http://198.18.255.1:3128/"
    )
    shown = said(bash(seal, script, 90))
    assert "501 501 501 501 404 000" in shown, shown
    assert "digest: sha256" not in shown


def test_kept_layers_cannot_be_written(seal: Seal, settings: Settings) -> None:
    script = (
        "l=$(grep -o '/var/lib/docker/overlay2/[^ ]*/diff ' /proc/self/mountinfo | head -1); "
        '[ -n "$l" ] || echo nothing; touch $l/poison; mount -o remount,rw,bind $l; '
        "touch $l/poison; umount $l; touch $l/own"
    )
    assert "nothing" not in as_root(seal, script)
    with open_seal(settings, run="tests") as other:
        shown = as_root(other, "find /var/lib/docker/overlay2 -name poison -o -name own")
        assert "/diff/" not in shown


def test_the_next_seal_finds_nothing_of_this_one(seal: Seal, settings: Settings) -> None:
    bash(
        seal,
        "docker tag busybox:1.37 python:3.13-slim; docker volume create poison; "
        "docker network create poison; docker run -d --name poison busybox:1.37 sleep 600; "
        f"docker run -d --name {seal.name} --restart always busybox:1.37 sleep 600; "
        "echo poison > ~/poison",
    )
    with open_seal(settings, run="tests") as other:
        client = other.client()
        assert client.get("/images/json") == []
        assert client.get("/volumes/poison") is None
        assert client.get("/networks/poison") is None
        assert client.get("/containers/json", all=1) == []
        assert said(bash(other, "ls ~")).split() == ["work"]
    assert seal.run("1").ok


def test_a_container_with_the_seals_name_is_only_a_container(seal: Seal) -> None:
    bash(seal, f"docker run -d --name {seal.name} busybox:1.37 sleep 600; docker rm -f {seal.name}")
    assert seal.run("1").ok


def test_the_first_programs_output_is_no_way_to_the_machines_disk(seal: Seal) -> None:
    shown = as_root(
        seal, "ls -l /proc/1/fd/1 /proc/1/fd/2; head -c 1000000 /dev/zero > /proc/1/fd/1"
    )
    assert shown.count("/dev/null") == 2


LISTEN = (
    "import socket, time\n"
    "s = socket.socket(1); s.bind('/run/docker.sock'); s.listen(); print('put'); time.sleep(60)"
)


@pytest.mark.parametrize(
    "put",
    [
        "ln -s /var/run/docker.sock /run/docker.sock; echo put",
        "ln -s /proc/1/root/run/docker.sock /run/docker.sock; echo put",
        "touch /run/docker.sock; echo put",
        "echo put",
        f'/opt/workbook/bin/python -u -c "{LISTEN}"',
    ],
    ids=["link", "link through proc", "file", "nothing", "listener"],
)
def test_somebody_else_in_the_engines_place_is_noticed(settings: Settings, put: str) -> None:
    with open_seal(settings, run="tests") as seal:
        detached = ROOT.replace("docker run", "docker run --detach --name evil")
        script = f"{detached} bash -c {shlex.quote(f'rm /run/docker.sock; {put}')}; sleep 1"
        assert bash(seal, f"docker pull --quiet busybox:1.37; {script}").ok
        with pytest.raises(EngineTrouble):
            seal.client().get("/version")
        assert any("no longer belongs" in one for one in seal.noticed())


def test_the_kernels_keeper_is_not_the_learners_to_end(seal: Seal) -> None:
    run = seal.run("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)")
    assert "PermissionError" in str(run.outputs)
    assert seal.run("1").ok


def test_a_fork_bomb_meets_its_limit(small: Seal) -> None:
    run = bash(small, "for i in $(seq 3000); do sleep 4 & done; jobs -p | wc -l", 60)
    assert not run.ok or "Resource temporarily unavailable" in said(run)
    assert outer("exec", small.name, "echo", "alive") == "alive\n"


def test_a_memory_hog_ends_and_the_seal_stays(small: Seal) -> None:
    run = small.run("hog = [bytearray(10_000_000) for _ in range(500)]", 60)
    assert run.stopped == "died"
    assert outer("exec", small.name, "echo", "alive") == "alive\n"


def test_a_disk_filler_meets_its_limit(small: Seal) -> None:
    run = bash(small, "head -c 3000000000 /dev/zero > fill; stat -c %s fill; rm fill", 90)
    assert "No space left" in said(run)
    assert small.run("1").ok


def test_a_gigabyte_of_output_is_cut(small: Seal) -> None:
    run = bash(small, "yes a line of output that says little | head -c 1000000000", 20)
    assert run.stopped in ("output", "time", "died")
    assert len(said(run)) < 2_100_000


def test_many_containers_and_files_end_with_the_seal(settings: Settings) -> None:
    before = machine()
    little = Limits(wall_seconds=60, disk="400M")
    with open_seal(Settings(host=settings.host, limits=little), run="tests") as seal:
        bash(
            seal,
            "docker pull -q busybox:1.37; docker volume create many; "
            "(seq 10000 | xargs -P4 -I{} docker create --name c{} busybox:1.37 true) & "
            "docker run --rm -v many:/m busybox:1.37 sh -c 'seq 10000000 | xargs -n 1000 "
            'sh -c "cd /m; touch \\$@"\'',
            6,
        )
    assert machine() == before


def test_what_ends_the_engine_ends_the_seal_and_is_said(settings: Settings) -> None:
    with open_seal(settings, run="tests") as seal:
        as_root(seal, "pkill -KILL dockerd", 10)
        time.sleep(1)
        with pytest.raises(SealTrouble) as trouble:
            bash(seal, "true")
        assert trouble.value.kind == "died"
