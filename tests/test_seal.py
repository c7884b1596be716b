"""The parts of a seal that need no engine: what crosses, what is asked for, what is let out."""

from __future__ import annotations

import http.client
import io
import json
import os
import socket
import tarfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import gate
import kernel
import machine
import pytest
import runtime

from checker.doctor.grading import Grounds, findings
from checker.grading.seal import Limits, SealTrouble, Settings, files, grader, launch, reaper
from checker.grading.seal.lines import Lines, NoLine
from checker.grading.seal.shown import cell_run
from checker.observe.files import Stored

ROOT = Path(__file__).resolve().parent.parent
MOST = 1000


def told(**run: Any) -> bytes:
    """A line as the kernel's side writes it."""
    return json.dumps(run).encode()


def shown(*outputs: Any, **more: Any) -> tuple[Any, ...]:
    """The outputs that a line with these gives."""
    run = cell_run(told(outputs=outputs, ok=True, **more), MOST)
    assert run
    return run.outputs


STREAM = {"output_type": "stream", "name": "stdout", "text": "hello"}
RESULT = {
    "output_type": "execute_result",
    "data": {"text/plain": "42"},
    "metadata": {},
    "execution_count": 3,
}
ERROR = {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["one"]}


@pytest.mark.parametrize("output", [STREAM, RESULT, ERROR])
def test_what_nbformat_knows_is_kept(output: Any) -> None:
    assert shown(output) == (output,)


@pytest.mark.parametrize(
    "output",
    [
        {},
        {"output_type": "stream", "name": "elsewhere", "text": "x"},
        {"output_type": "stream", "name": "stdout", "text": 3},
        {"output_type": "display_data", "data": "no bundle"},
        {"output_type": "pyout"},
    ],
)
def test_what_nbformat_does_not_know_is_left_out(output: Any) -> None:
    assert shown(output) == ()


def test_metadata_and_strange_values_do_not_cross() -> None:
    output = {
        "output_type": "display_data",
        "data": {"text/html": ["<b>"], "text/plain": "x", "application/json": {"a": 1}},
        "metadata": {"trusted": True},
        "extra": 1,
    }
    assert shown(output) == (
        {
            "output_type": "display_data",
            "data": {"text/plain": "x", "application/json": {"a": 1}},
            "metadata": {},
        },
    )


def test_outputs_are_cut_and_an_error_is_still_told() -> None:
    long = {**STREAM, "text": "é" * 5000}
    first, second = shown(long, {**ERROR, "traceback": ["x" * 5000]})
    assert first == {**STREAM, "text": "é" * 500}
    assert second == {**ERROR, "traceback": []}


def test_a_cut_cell_says_so() -> None:
    assert "more than 1,000 bytes" in shown(STREAM, stopped="output")[-1]["text"]


@pytest.mark.parametrize("line", [b"", b"[]", b"{", b'{"outputs": 3}', b"\xff", b"null"])
def test_a_line_that_is_no_run_is_none(line: bytes) -> None:
    assert cell_run(line, MOST) is None


def test_an_error_is_never_called_a_success() -> None:
    run = cell_run(told(outputs=[ERROR], ok=True), MOST)
    assert run
    assert not run.ok


def test_an_end_that_is_not_known_is_a_death() -> None:
    run = cell_run(told(outputs=[], ok=True, stopped="fine, really"), MOST)
    assert run
    assert (run.ok, run.stopped) == (False, "died")


def archive(*members: tuple[tarfile.TarInfo, bytes]) -> io.BytesIO:
    """An archive as somebody inside may write it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for member, content in members:
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    out.seek(0)
    return out


def member(name: str, kind: bytes = tarfile.REGTYPE, to: str = "") -> tarfile.TarInfo:
    """One entry of an archive."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.uid = kind, to, 1000
    return info


def test_files_cross_as_they_were() -> None:
    given = {"a/b.txt": b"one", "c": b""}
    taken = dict(files.unpacked(io.BytesIO(files.packed(given)), MOST))
    assert {name: stored.content for name, stored in taken.items()} == given


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, b"3", b"5"])
def test_only_regular_files_come_out(kind: bytes) -> None:
    found = archive((member("x", kind, "/etc/passwd"), b""), (member("y"), b"y"))
    assert dict(files.unpacked(found, MOST)) == {"y": Stored(b"y", 1000)}


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x"])
def test_no_file_comes_out_under_a_name_that_leaves_the_folder(name: str) -> None:
    assert dict(files.unpacked(archive((member(name), b"x")), MOST)) == {}


def test_what_comes_out_is_limited() -> None:
    found = archive((member("a"), b"x" * 600), (member("b"), b"x" * 600), (member("c"), b"x"))
    assert list(dict(files.unpacked(found, MOST))) == ["a"]


@pytest.mark.parametrize("cut", [0, 100, 600])
def test_an_archive_that_ends_too_soon_gives_what_was_whole(cut: int) -> None:
    whole = archive((member("a"), b"x" * 600)).getvalue()
    assert set(dict(files.unpacked(io.BytesIO(whole[:cut]), MOST))) <= {"a"}


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """A pipe, both ends."""
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


def test_lines_come_one_at_a_time(pipe: tuple[int, int]) -> None:
    lines = Lines(pipe[0], MOST)
    os.write(pipe[1], b"one\ntwo\nthr")
    assert [lines.next(1), lines.next(1)] == [b"one", b"two"]
    with pytest.raises(NoLine, match="silent"):
        lines.next(0)
    os.write(pipe[1], b"ee\n")
    assert lines.next(1) == b"three"


def test_a_line_that_never_ends_is_given_up(pipe: tuple[int, int]) -> None:
    os.write(pipe[1], b"x" * 3000)
    with pytest.raises(NoLine, match="too much"):
        Lines(pipe[0], MOST).next(1)


def words(**more: Any) -> list[str]:
    """The command of a seal with these settings."""
    settings = Settings(**more)
    return launch.words(settings, "n", "r", "image", seed="s", mirror="m:5000", loops=True)


def test_the_usual_seal_is_not_privileged_and_shares_only_layers_to_read() -> None:
    command = words()
    assert "--privileged" not in command
    assert [w for w in command if w.startswith("s:")] == ["s:/seed:ro"]
    assert not {"--publish", "--network", "--pid", "--volumes-from", "--mount"} & set(command)


def test_the_learners_limits_are_inside_those_of_the_seal() -> None:
    command = words(limits=Limits(memory="1g", processes=50))
    inside = json.loads(command[-1])
    assert int(command[command.index("--memory") + 1]) > int(inside["memory"]) == 1 << 30
    assert int(command[command.index("--pids-limit") + 1]) > inside["processes"] == 50


def test_a_weaker_kind_must_be_named() -> None:
    assert "--privileged" in words(kind="userns-privileged")
    with pytest.raises(SealTrouble, match="no seal of the kind 'privileged'"):
        words(kind="privileged")


@pytest.mark.parametrize(("text", "size"), [("512m", 512 << 20), ("2g", 2 << 30), ("7", 7)])
def test_sizes_are_read_as_docker_reads_them(text: str, size: int) -> None:
    assert launch.size_of(text) == size
    assert machine.size_of(text) == size


@pytest.mark.parametrize("text", ["", "much", "-1g", "2 tons"])
def test_a_size_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(SealTrouble, match="is no size"):
        launch.size_of(text)


@pytest.mark.parametrize("folder", ["", "a/b", "..", ".x", "a b", "x" * 101])
def test_a_folder_inside_has_a_plain_name(folder: str) -> None:
    with pytest.raises(SealTrouble, match="cannot name a folder"):
        words(folder=folder)


def test_a_change_in_any_file_changes_the_images_name(tmp_path: Path) -> None:
    (tmp_path / "grader").mkdir()
    (tmp_path / "grader/a.py").write_text("one")
    first = grader.fingerprint(("grader",), tmp_path)
    (tmp_path / "grader/a.pyc").write_text("not part of it")
    assert grader.fingerprint(("grader",), tmp_path) == first
    (tmp_path / "grader/a.py").write_text("two")
    assert grader.fingerprint(("grader",), tmp_path) != first


def test_the_build_sees_all_that_names_the_image() -> None:
    let = (ROOT / ".dockerignore").read_text()
    assert all(f"!{name}\n" in let for name in grader.MADE_FROM if name != "Dockerfile.course")


def test_an_owner_is_gone_when_its_process_is() -> None:
    here = socket.gethostname()
    assert not reaper.is_gone(launch.owner())
    assert reaper.is_gone(f"{here}:{os.getpid()}:12345")
    assert reaper.is_gone(f"{here}:4194399:12345")
    assert not reaper.is_gone("another-machine:4194399:12345")
    assert not reaper.is_gone("no owner at all")


def test_no_right_outside_the_namespace_and_no_device() -> None:
    config = runtime.config("/m/root", [], [], 1 << 30, 100)
    assert config["linux"]["resources"]["devices"] == [{"allow": False, "access": "rwm"}]
    assert {"type": "user"} in config["linux"]["namespaces"]
    assert config["linux"]["uidMappings"][0]["hostID"] > 0
    assert "open_by_handle_at" in config["linux"]["seccomp"]["syscalls"][0]["names"]


class Registry(BaseHTTPRequestHandler):
    """Something that would take whatever it is given."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        """Answer with what was asked."""
        self.asked.append(f"{self.command} {self.path}")
        body = f"{self.path} {self.headers['Accept']}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Docker-Content-Digest", "sha256:1")
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def serving(server: ThreadingHTTPServer) -> Iterator[int]:
    """A server at work; its port."""
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def registry() -> Iterator[int]:
    """A registry that may be written to."""
    Registry.asked.clear()
    yield from serving(ThreadingHTTPServer(("127.0.0.1", 0), Registry))


@pytest.fixture
def mirror(registry: int) -> Iterator[int]:
    """The gate before it."""
    yield from serving(gate.Gate("127.0.0.1", 0, gate.mirror_handler(f"127.0.0.1:{registry}")))


@pytest.fixture
def packages(registry: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The gate before a package index, which is this machine under its name."""
    monkeypatch.setitem(gate.DOORS, "http", registry)
    monkeypatch.setitem(gate.DOORS, "https", registry)
    yield from serving(gate.Gate("127.0.0.1", 0, gate.packages_handler(frozenset(["localhost"]))))


def ask(port: int, method: str, path: str) -> tuple[int, str]:
    """One request."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.putrequest(method, path)
    line.putheader("Accept", "one")
    line.putheader("Accept", "two")
    line.endheaders()
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    return answer.status, text


def test_the_gate_hands_on_what_is_read(mirror: int) -> None:
    assert ask(mirror, "GET", "/v2/library/x/manifests/1") == (
        200,
        "/v2/library/x/manifests/1 one, two",
    )


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "CONNECT", "TRACE"])
def test_the_gate_lets_nothing_be_written(mirror: int, method: str) -> None:
    assert ask(mirror, method, "/v2/library/x/blobs/uploads/")[0] == 501
    assert Registry.asked == []


@pytest.mark.parametrize("path", ["/", "/debug/vars", "http://elsewhere/v2/"])
def test_the_gate_hands_on_nothing_but_a_registrys_paths(mirror: int, path: str) -> None:
    assert ask(mirror, "GET", path)[0] == 404
    assert Registry.asked == []


def test_the_gate_answers_tls_in_plain_http_which_makes_buildkit_ask_again(mirror: int) -> None:
    with socket.create_connection(("127.0.0.1", mirror), timeout=5) as line:
        line.sendall(b"\x16\x03\x01\x02\x00")
        assert line.recv(5) == b"HTTP/"


@pytest.fixture
def lonely() -> Iterator[int]:
    """A gate whose mirror is gone."""
    yield from serving(gate.Gate("127.0.0.1", 0, gate.mirror_handler("127.0.0.1:1")))


def test_a_mirror_that_is_gone_is_an_answer(lonely: int) -> None:
    assert ask(lonely, "GET", "/v2/")[0] == 502


def test_the_package_gate_forwards_to_named_hosts_alone(packages: int) -> None:
    assert ask(packages, "GET", "http://localhost/simple/?a=b")[1].startswith("/simple/?a=b")
    for elsewhere in ("http://127.0.0.1/", "http://localhost:1/", "ftp://localhost/", "/simple/"):
        assert ask(packages, "GET", elsewhere)[0] == 403


def test_the_package_gate_carries_encrypted_lines_to_named_hosts_alone(
    packages: int, registry: int
) -> None:
    assert ask(packages, "CONNECT", "127.0.0.1:443")[0] == 403
    with socket.create_connection(("127.0.0.1", packages), timeout=10) as line:
        line.sendall(f"CONNECT localhost:{registry} HTTP/1.0\r\n\r\n".encode())
        assert b"200" in line.recv(100)
        line.sendall(b"GET /through HTTP/1.0\r\n\r\n")
        answer = b""
        while some := line.recv(1000):
            answer += some
        assert b"/through" in answer


def test_what_a_cell_shows_is_joined_replaced_and_cleared() -> None:
    cell = kernel.Shown(MOST)
    cell.add("stream", {"name": "stdout", "text": "a"})
    cell.add("stream", {"name": "stdout", "text": "b"})
    assert cell.told() == [{"output_type": "stream", "name": "stdout", "text": "ab"}]
    cell.add("clear_output", {"wait": True})
    value = {"data": {"text/plain": "1"}, "metadata": {}, "transient": {"display_id": "d"}}
    cell.add("display_data", dict(value))
    cell.add("update_display_data", {**value, "data": {"text/plain": "2"}})
    assert cell.told() == [
        {"output_type": "display_data", "data": {"text/plain": "2"}, "metadata": {}}
    ]


INFO = {
    "OperatingSystem": "Debian GNU/Linux 12 (bookworm)",
    "ServerVersion": "26.1.5",
    "SecurityOptions": ["name=seccomp,profile=builtin"],
    "MemTotal": 8 << 30,
    "NCPU": 4,
}
GOOD = Grounds(info=INFO, mirror="172.17.0.2:5000", has_image=True, tried="yes", seconds=1.2)


def marks(grounds: Grounds) -> str:
    """The marks of all lines."""
    return "".join(one.mark for one in findings(grounds))


def test_an_engine_that_can_is_told() -> None:
    assert marks(GOOD) == "✓✓✓✓"
    assert findings(GOOD)[-1].found == "a seal was made and removed in 1.2 s"


@pytest.mark.parametrize(
    ("more", "mark", "said"),
    [
        ({"SecurityOptions": ["name=rootless"]}, "✗", "is rootless"),
        ({"SecurityOptions": ["name=apparmor"]}, "–", "AppArmor, with which seals are untried"),
        ({"SecurityOptions": ["name=selinux"]}, "–", "SELinux, with which seals are untried"),
        ({"OperatingSystem": "Docker Desktop"}, "–", "untried on Docker Desktop"),
    ],
)
def test_an_engine_on_which_nobody_tried_is_told(more: Any, mark: str, said: str) -> None:
    line = findings(Grounds(info={**INFO, **more}, mirror="m", has_image=True))[0]
    assert line.mark == mark
    assert said in line.found


def test_what_is_missing_is_told_with_the_remedy() -> None:
    lacking = Grounds(info=INFO, no_mirror="No mirror here. Type make mirror.", refused="")
    lines = {one.about: one for one in findings(lacking)}
    assert lines["seal mirror"].remedy == "Type make mirror."
    assert lines["seal"].remedy == "Type make grader (1 GB)."
    refused = Grounds(info=INFO, mirror="m", has_image=True, refused="It said no.")
    assert "userns-privileged" in findings(refused)[-1].remedy
    assert marks(Grounds(why="No engine.")) == "✗"
