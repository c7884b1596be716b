"""The command `workbook` on a real engine: check, watch, reset, map and doctor."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from statistics import median
from typing import Any
from xml.etree import ElementTree

import pytest

from checker import engine
from checker.evidence import from_json
from tests.course_copy import ROOT, copy
from tests.live.bench import Bench
from tests.live.relay import Relay

BUSYBOX = "busybox:1.37"
COMMAND = (sys.executable, "-m", "checker")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Lessons 1 and 4 in a course of the test's own."""
    copy(tmp_path, "01_images", "04_volumes")
    return tmp_path


@pytest.fixture
def table(bench: Bench) -> Iterator[Bench]:
    """The bench with busybox on it; what a test adds is taken away."""
    bench.images_ready([BUSYBOX])
    before = bench.things()
    yield bench
    bench.remove(bench.things().beyond(before))


def environ(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **more}


def run(course: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (*COMMAND, *arguments),
        cwd=course,
        env=environ(**more),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def a_box(bench: Bench, name: str, command: list[str], **host: Any) -> str:
    """A container that runs `command` in busybox."""
    config = bench.api.create_host_config(**host)
    made = bench.api.create_container(BUSYBOX, command, name=name, host_config=config)
    bench.api.start(made["Id"])
    return str(made["Id"])


class Watching:
    """`workbook watch` as a process whose lines are read as they come, each with its time."""

    def __init__(self, course: Path, *arguments: str, **more: str) -> None:
        self.process = subprocess.Popen(
            (*COMMAND, "watch", *arguments),
            cwd=course,
            env=environ(**more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: SimpleQueue[tuple[float, str]] = SimpleQueue()
        self.seen: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.lines.put((time.time(), line.rstrip("\n")))

    def until(self, start: str, seconds: float = 15) -> float:
        """When a line that starts so came; fails with all lines where none does."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                at, line = self.lines.get(timeout=left)
            except Empty:
                break
            self.seen.append(line)
            if line.startswith(start):
                return at
        raise AssertionError(f"no line starts with {start!r} among {self.seen}")

    def end(self, how: int = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(timeout=15)
        if self.process.stdout:
            self.process.stdout.close()
        return code


def test_a_check_tells_what_holds_and_keeps_the_evidence(table: Bench, course: Path) -> None:
    table.remove_image("python:3.13-slim")

    result = run(course, "check", "1", "--step", "1")

    assert result.returncode == 1
    assert "  ✓ image busybox:1.37 is there\n" in result.stdout
    assert "  ✗ image python:3.13-slim is there\n" in result.stdout
    assert result.stdout.endswith("1 of 2 points\n")
    assert "\x1b" not in result.stdout
    kept = from_json((course / "exercises/01_images/01_images.evidence.json").read_bytes())
    assert [image.name for image in kept.now.images if image.name == BUSYBOX] == [BUSYBOX]


def test_a_check_of_all_that_holds_ends_with_zero(table: Bench, course: Path) -> None:
    table.images_ready(["python:3.13-slim"])

    result = run(course, "check", "1", "--step", "1", "--json")

    assert result.returncode == 0
    assert json.loads(result.stdout)["points"] == 2
    assert "01_images  2/" in run(course, "status").stdout


def test_watch_ticks_when_a_container_has_run(table: Bench, course: Path) -> None:
    watching = Watching(course, "4")
    try:
        watching.until("watching 04_volumes: 0 of 6 steps done, step 1 is next")
        delays = []
        for _ in range(5):
            box = a_box(table, "run1", ["sh", "-c", "echo accuracy 0.97 > /result.txt; sleep 60"])
            started = time.time()
            delays.append(watching.until("done: step 1: container run1 runs image") - started)
            table.api.remove_container(box, force=True)
            watching.until("lost: step 1: container run1 runs image")
        print(
            f"\nwatch, from the engine's answer to the line: median {median(delays) * 1000:.0f} ms"
        )
    finally:
        code = watching.end()
    assert code == 0


def test_watch_sees_by_itself_what_sends_no_event(table: Bench, course: Path) -> None:
    """A file that is written later in a running container: only the poll can see it."""
    watching = Watching(course, "4")
    try:
        watching.until("watching")
        a_box(table, "run1", ["sh", "-c", "sleep 3; echo accuracy 0.97 > /result.txt; sleep 60"])
        watching.until("done: step 1: container run1 runs image")
        watching.until("done: step 1: file /result.txt in container run1")
    finally:
        watching.end()


def test_watch_outlives_an_engine_that_goes_and_comes_back(
    table: Bench, course: Path, tmp_path: Path
) -> None:
    socket = engine.find().socket
    assert socket is not None, "this test needs an engine on a socket"
    relay = Relay(tmp_path / "relay.sock", socket)
    relay.begin()
    watching = Watching(course, "4", DOCKER_HOST=relay.host)
    try:
        watching.until("watching")
        relay.cut()
        watching.until("engine: ")
        a_box(table, "run1", ["sleep", "60"])
        relay.begin()
        watching.until("engine: it answers again")
        watching.until("done: step 1: container run1 runs image")
    finally:
        code = watching.end()
        relay.cut()
    assert code == 0


def test_watching_by_itself_wakes_nobody(table: Bench, course: Path) -> None:
    """Reading a file of a container sends an event, too; it must not lead to the next look."""
    a_box(table, "run1", ["sh", "-c", "echo accuracy 0.1 > /result.txt; sleep 60"])
    watching = Watching(course, "4")
    try:
        watching.until("watching")
        time.sleep(1)
        since = time.time()
        time.sleep(4)
        told = list(table.api.events(since=since, until=time.time(), decode=True))
    finally:
        watching.end()
    reads = [one for one in told if one["Action"] == "archive-path"]
    assert 2 <= len(reads) <= 8, f"{len(reads)} reads in 4 seconds"


def test_watch_until_done_ends_by_itself(table: Bench, course: Path) -> None:
    golden = ROOT / "tests/evidence/04_volumes.json"
    (course / "exercises/04_volumes/04_volumes.evidence.json").write_bytes(golden.read_bytes())

    result = run(course, "watch", "4", "--until-done")

    assert result.returncode == 0
    assert result.stdout.startswith("watching 04_volumes: 6 of 6 steps done")


def test_ctrl_c_before_all_is_done_is_told(table: Bench, course: Path) -> None:
    watching = Watching(course, "4", "--until-done")
    watching.until("watching")

    assert watching.end() == 1


def test_watch_draws_anew_when_the_terminal_changes_size(table: Bench, course: Path) -> None:
    ours, theirs = pty.openpty()
    _resize(ours, rows=30, columns=100)
    process = subprocess.Popen(
        (*COMMAND, "watch", "4"),
        cwd=course,
        env=environ(),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    try:
        first = _read_until(ours, "Ctrl-C ends")
        _resize(ours, rows=40, columns=60)
        process.send_signal(signal.SIGWINCH)
        second = _read_until(ours, "Ctrl-C ends")
        process.send_signal(signal.SIGINT)
        last = _read_until(ours, "\x1b[?1049l")
        code = process.wait(timeout=15)
    finally:
        process.kill()
        os.close(ours)
    assert code == 0
    assert "Step 1. " in first
    assert "\x1b[?1049h" in first
    widths = [len(line) for line in re.sub(r"\x1b\[[^a-zA-Z]*[a-zA-Z]", "", second).splitlines()]
    assert 0 < max(widths) <= 60
    assert "\x1b[?25h" in last or "\x1b[?25h" in first + second


def _resize(terminal: int, *, rows: int, columns: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def _read_until(terminal: int, words: str, seconds: float = 15) -> str:
    end, said = time.monotonic() + seconds, ""
    while words not in said and time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            said += os.read(terminal, 65536).decode(errors="replace")
    assert words in said, f"{words!r} did not come: {said!r}"
    return said


def test_reset_removes_the_lessons_things_and_keeps_all_others(table: Bench, course: Path) -> None:
    folder = course / "exercises" / "04_volumes"
    (folder / "data" / "plants.csv").write_text("mine")
    (folder / "own.txt").write_text("own")
    a_box(table, "run1", ["sleep", "60"])
    a_box(table, "reader", ["sleep", "60"], binds=["iris-results:/results"])
    a_box(table, "run1-of-a-stranger", ["sleep", "60"], binds=["sensor-feed:/feed"])
    table.api.create_volume("iris-results-of-a-stranger")
    run(course, "check", "4", "--step", "1")
    shown = run(course, "reset", "4")

    result = run(course, "reset", "4", "--yes")

    assert (shown.returncode, result.returncode) == (1, 1)
    assert "Nothing is changed." in shown.stdout
    assert "remove container run1 (running, from busybox:1.37)" in shown.stdout
    assert "✓ removed container run1\n" in result.stdout
    assert "✓ removed volume iris-results\n" in result.stdout
    assert "✗ kept volume sensor-feed: run1-of-a-stranger uses it.\n" in result.stdout
    there = table.things()
    names = {name for _, name in there.containers}
    assert "run1-of-a-stranger" in names
    assert names & {"run1", "reader"} == set()
    assert {"sensor-feed", "iris-results-of-a-stranger"} <= there.volumes
    assert "iris-results" not in there.volumes
    assert BUSYBOX in {tag for tag, _ in there.images}
    _files_are_restored(folder)


def _files_are_restored(folder: Path) -> None:
    """The handed-out file is as it was, the learner's files and evidence are kept beside it."""
    released = ROOT / "solutions" / "04_volumes" / "data" / "plants.csv"
    assert (folder / "data" / "plants.csv").read_bytes() == released.read_bytes()
    assert [p.read_text() for p in (folder / "data").glob("plants.csv.backup-*")] == ["mine"]
    assert (folder / "own.txt").read_text() == "own"
    assert from_json((folder / "04_volumes.evidence.json").read_bytes()).snapshots == ()
    assert len(list(folder.glob("04_volumes.evidence.json.backup-*"))) == 1


def test_a_second_reset_finds_nothing(table: Bench, course: Path) -> None:
    run(course, "check", "4", "--step", "1")
    first = run(course, "reset", "4", "--yes")

    result = run(course, "reset", "4", "--yes")

    assert "✓ began new evidence\n" in first.stdout
    assert (result.returncode, result.stdout) == (0, "There is nothing to reset.\n")


def test_the_map_shows_what_is_on_the_engine(table: Bench, course: Path, tmp_path: Path) -> None:
    ports = {"port_bindings": {80: 18080}}
    config = table.api.create_host_config(binds=["sensor-feed:/feed"], **ports)
    made = table.api.create_container(
        BUSYBOX, ["sleep", "60"], name="sensor", ports=[80], host_config=config
    )
    table.api.start(made["Id"])

    text = run(course, "map").stdout
    picture = run(course, "map", "--svg", str(tmp_path / "map.svg"))

    assert "container sensor  running  host port 18080 → 80, network bridge, volume sen" in text
    assert "sensor-feed: sensor at /feed" in text
    assert picture.returncode == 0
    drawn = "".join(ElementTree.parse(tmp_path / "map.svg").getroot().itertext())
    assert "host port 18080 → 80" in drawn
    assert "volume sensor-feed" in drawn


def test_the_doctor_finds_the_engine_at_hand(table: Bench, course: Path) -> None:
    found = {one["check"]: one for one in json.loads(run(course, "doctor", "--json").stdout)}

    assert found["engine"]["verdict"] == "ok"
    assert found["permission"]["verdict"] == "ok"
    assert table.api.version()["Version"] in found["version"]["found"]
    assert found["cli"]["verdict"] == "ok"
    assert {"disk", "memory", "images"} <= set(found)
