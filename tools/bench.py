"""Measure what looking costs, as ratios to raw HTTP and to `docker inspect` in the same run.

It needs an engine and asserts nothing. It makes containers labelled `workbook-bench` and
removes them at the end; nothing else is touched.
"""

from __future__ import annotations

import http.client
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from rich.console import Console
from rich.table import Table

from checker import container, engine, image, lesson, lessons, step, volume
from checker.engine import Client
from checker.evidence import Memory, Store
from checker.lesson import Lesson
from checker.model import Evidence
from checker.observe import Observer
from checker.session import Recorder, Session

IMAGE, BOX, LABEL = "busybox:1.37", "workbook-bench", "workbook-bench"
ROUNDS = 100
CROWDS = (0, 100, 300)

web = container(BOX)
MISSING = lesson(
    "What does a look cost when something is not there?",
    step("Look", container("wokbench").is_running(), volume("wokbench").is_there()),
    minutes=1,
)
STEP = lesson(
    "What does a look cost?",
    step(
        "Look", web.is_running(), web.runs(IMAGE), image(IMAGE).is_there(), volume(BOX).is_there()
    ),
    minutes=1,
)


class Socket(http.client.HTTPConnection):
    """Raw HTTP on the engine's socket: the floor of every question."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost")
        self.path = path

    def connect(self) -> None:
        """Connect to the socket."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(str(self.path))

    def ask(self, url: str) -> object:
        """One GET, its JSON decoded as any reader would."""
        self.request("GET", url)
        body = self.getresponse().read()
        return [json.loads(line) for line in body.splitlines()]


class Written(Client):
    """A client that also writes down what it asks."""

    asked: list[str]

    @contextmanager
    def _open(
        self,
        path: str,
        params: Mapping[str, object],
        timeout: float | None,
        method: str = "GET",
        sent: bytes | None = None,
    ) -> Iterator[Any]:
        query = f"?{urlencode(params)}" if params else ""
        self.asked.append(f"/v{self.version}{quote(path, safe='/:@')}{query}")
        with super()._open(path, params, timeout, method, sent) as answer:
            yield answer


def docker(*words: str) -> str:
    """One docker command; its output."""
    return subprocess.run(["docker", *words], check=True, capture_output=True, text=True).stdout


def medians(*calls: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The median time of each call, in milliseconds, taken in turns after ten to warm up."""
    times: list[list[float]] = [[] for _ in calls]
    for turn in range(-10, rounds):
        for call, own in zip(calls, times, strict=True):
            start = time.perf_counter()
            call()
            if turn >= 0:
                own.append(1000 * (time.perf_counter() - start))
    return [statistics.median(own) for own in times]


def crowd(size: int) -> None:
    """Other people's containers, up to `size` of them."""
    there = len(docker("ps", "-aq", "--filter", f"label={LABEL}=crowd").split())
    for number in range(there, size):
        docker("create", "--name", f"bench-{number}", "--label", f"{LABEL}=crowd", IMAGE, "true")


def clean() -> None:
    """Remove what the bench made."""
    ids = docker("ps", "-aq", "--filter", f"label={LABEL}").split()
    for start in range(0, len(ids), 50):
        docker("rm", "-f", *ids[start : start + 50])
    subprocess.run(["docker", "volume", "rm", BOX], check=False, capture_output=True)


def asked_by(client: Client, one: Lesson, folder: Path) -> list[str]:
    """The questions that a second look of the lesson asks."""
    written = Written(client.engine, client._api, client.version, client.drift)
    written.asked = []
    session = Session(one, Observer(written, folder), Memory(Evidence(lesson=one.name)))
    session.look(one.wanted())
    written.asked.clear()
    session.look(one.wanted())
    return list(written.asked)


def look_rows(client: Client, name: str, one: Lesson, others: int) -> tuple[str, ...]:
    """A lesson's check against its raw requests and against docker inspect."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        urls = asked_by(client, one, folder)
        session = Session(one, Observer(client, folder), Store(folder / "e.json", one.name))
        raw = Socket(client.engine.socket or Path("/var/run/docker.sock"))
        number = None if len(one.steps) > 1 else 1
        floor, ours = medians(lambda: [raw.ask(url) for url in urls], lambda: session.check(number))
        (command,) = medians(lambda: docker("inspect", BOX), rounds=10)
    shown = (f"{name}, {others} others", f"{len(urls)}", f"{floor:.2f}", f"{ours:.2f}")
    return (*shown, f"{ours / floor:.2f}", f"{ours / command:.2f}")


def imports() -> tuple[float, float]:
    """Bare Python and `import checker`, taken in turns, in milliseconds."""

    def python(code: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return 1000 * (time.perf_counter() - start)

    pairs = [(python("pass"), python("import checker")) for _ in range(15)]
    bare, ours = zip(*pairs, strict=True)
    return statistics.median(bare), statistics.median(ours)


def event_to_verdict(client: Client, rounds: int = 20) -> list[float]:
    """Milliseconds from the engine's time stamp of an event to the verdict that follows it."""
    with tempfile.TemporaryDirectory() as place:
        session = Session(
            STEP, Observer(client, Path(place)), Store(Path(place, "e.json"), "bench")
        )
        done: list[float] = []

        def react() -> None:
            session.check(1)
            done.append(time.time())

        recorder = Recorder(engine.connect(client.engine), react)
        recorder.start()
        time.sleep(0.5)
        waits = []
        for number in range(rounds):
            done.clear()
            since = time.time()
            docker(("stop", "start")[number % 2], *(("-t", "0") if number % 2 == 0 else ()), BOX)
            time.sleep(0.3)
            stamps = [int(e["timeNano"]) / 1e9 for e in client.events(since, time.time())]
            wanted = [s for s in stamps if any(d > s for d in done)]
            waits += [1000 * min(d - s for d in done if d > s) for s in wanted[-1:]]
        recorder.stop()
    return waits


def main() -> int:
    """Print the table."""
    client = engine.connect(engine.find())
    clean()
    docker("pull", "-q", IMAGE)
    docker("volume", "create", BOX)
    docker(
        "run",
        "-d",
        "--init",
        "--name",
        BOX,
        "--label",
        f"{LABEL}=own",
        "-v",
        f"{BOX}:/data",
        IMAGE,
        "sleep",
        "3600",
    )
    table = Table(
        "look", "requests", "raw HTTP ms", "check ms", "ratio to raw", "ratio to docker inspect"
    )
    console = Console()
    try:
        for others in CROWDS:
            crowd(others)
            with console.status(f"{others} other containers"):
                table.add_row(*look_rows(client, "a step", STEP, others))
                table.add_row(*look_rows(client, "a step, nothing there", MISSING, others))
                for one in lessons.every():
                    table.add_row(*look_rows(client, f"lesson {one.name}", one, others))
        bare, ours = imports()
        waits = event_to_verdict(client)
    finally:
        clean()
    console.print(table)
    longer = ours - bare
    console.print(f"import checker: {longer:.0f} ms over bare Python ({bare:.0f}), target 60")
    middle, most = statistics.median(waits), max(waits)
    console.print(f"event to verdict: median {middle:.1f} ms, longest {most:.1f} ms, target 50")
    return 0


if __name__ == "__main__":
    sys.exit(main())
