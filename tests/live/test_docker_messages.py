"""What the troubleshooting page says of Docker is what Docker says, on a real engine."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import pytest

from tests.live.bench import Bench
from tests.pages import ROOT

PAGE = (ROOT / "docs" / "troubleshoot.md").read_text(encoding="utf-8")
BUSYBOX = "busybox:1.37"
TAKEN = 18937

MESSAGES = {
    "a taken name": (f"docker run --name trouble {BUSYBOX}", "Conflict. The container name"),
    "a published port": (f"docker run -p {TAKEN}:80 {BUSYBOX}", "port is already allocated"),
    "a word for a port": (f"docker run -p 80:x {BUSYBOX}", "invalid containerPort: x"),
    "no such container": ("docker logs nobody-there", "No such container"),
    "an ended container": ("docker exec ended ls", "is not running"),
    "a volume in use": ("docker volume rm in-use", "volume is in use"),
    "an image in use": (f"docker rmi {BUSYBOX}", "unable to remove repository reference"),
    "an option too late": (
        f"docker run {BUSYBOX} --name x",
        "executable file not found in $PATH",
    ),
    "capital letters": ("docker run Busybox", "invalid reference format: repository name"),
    "a space in a port": (f"docker run -p 80: 80 {BUSYBOX}", "no port specified: 80:<empty>"),
    "a space in a mount": (f"docker run -v /tmp :/data {BUSYBOX}", "invalid reference format"),
    "no plugin": ("docker comopse up", "docker: unknown command: docker"),
    "no engine": (
        "DOCKER_HOST=unix:///nowhere.sock docker ps",
        "Cannot connect to the Docker daemon|failed to connect to the docker API",
    ),
}
"""What to type, and what Docker then says; another version may say it in other words after |."""

CODES = {
    f"docker run --name trouble {BUSYBOX}": 125,
    f"docker run {BUSYBOX} /etc/passwd": 126,
    f"docker run {BUSYBOX} nosuch": 127,
    f"docker run {BUSYBOX} sh -c 'exit 2'": 2,
    f"docker run --name killed -d {BUSYBOX} sleep 60 && docker kill killed && "
    "exit $(docker wait killed)": 137,
    f"docker run --name asked --init -d {BUSYBOX} sleep 60 && docker stop asked && "
    "exit $(docker wait asked)": 143,
}
"""What to type, and the exit code that follows."""


def typed(line: str) -> tuple[int, str]:
    """Type a line; its exit code and all that it printed."""
    done = subprocess.run(
        ("bash", "-c", line),
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.fixture(scope="module")
def troubled(bench: Bench) -> Iterator[None]:
    """An engine with a container that runs, one that has ended, and a volume in use."""
    bench.images_ready([BUSYBOX])
    before = bench.things()
    for line in (
        f"docker run -d --name trouble -p {TAKEN}:80 {BUSYBOX} sleep 600",
        f"docker run --name ended -v in-use:/v {BUSYBOX} true",
    ):
        code, said = typed(line)
        assert code == 0, said
    yield
    bench.remove(bench.things().beyond(before))


@pytest.mark.parametrize("name", MESSAGES)
def test_docker_says_what_the_page_says(troubled: None, name: str) -> None:
    line, message = MESSAGES[name]
    code, said = typed(line)
    assert code != 0
    assert any(one in said for one in message.split("|")), said
    assert [one for one in message.split("|") if one not in PAGE] == []


@pytest.mark.parametrize(("line", "code"), CODES.items(), ids=map(str, CODES.values()))
def test_an_exit_code_means_what_the_page_says(troubled: None, line: str, code: int) -> None:
    found, said = typed(line)
    assert found == code, said
    assert f"{code}" in PAGE.partition("| exit code | means |")[2]


def test_a_container_that_could_not_have_its_port_is_there(troubled: None) -> None:
    typed(f"docker run --name late -p {TAKEN}:80 {BUSYBOX}")
    _, said = typed("docker inspect --format '{{.State.Status}}' late")
    assert said.strip() == "created"
