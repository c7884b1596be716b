"""Measure how soon a tick follows its command in a real JupyterLab, and what the panel costs idle.

It needs an engine, Chromium and the images of lesson 2; it asserts nothing, and leaves the engine
as it was. `make bench` runs it after the other one.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec
import nbformat
import psutil
from playwright.sync_api import expect
from rich.console import Console
from rich.table import Table

from checker import engine, lessons
from checker.machine.lab import Lab
from tests.browser.desk import WINDOW, Desk, chromium
from tests.browser.place import Place
from tests.live.bench import Bench, at_work
from tests.live.harness import everything_made
from tests.panel.sidebar import Sidebar

LESSON, IMAGE, NAME = "02_containers", "busybox:1.37", "greeting"
CLAIM = f"container {NAME} runs image {IMAGE}"
ROUNDS = 12
CROWDS = (0, 100)
NB: Any = nbformat
PLAIN = "plain.ipynb"
IDLE = 15.0
"""Seconds over which the cost of doing nothing is measured."""

WATCH = """(claim) => {
  const panel = document.querySelector('.cwp');
  const held = () => [...panel.querySelectorAll('details ul > li')]
    .some((line) => line.textContent.includes(claim) && line.textContent.includes('✓ Done'));
  let was = held();
  window.ticks = [];
  new MutationObserver(() => {
    if (held() !== was) {
      was = !was;
      window.ticks.push(performance.timeOrigin + performance.now());
    }
  }).observe(panel, {subtree: true, childList: true, characterData: true, attributes: true});
}"""

DEEDS = {
    "docker run -d": ("run", "-d", "--name", NAME, IMAGE, "sleep", "60"),
    "docker rm -f": ("rm", "-f", NAME),
}


@contextmanager
def at_lesson(folder: Path) -> Iterator[tuple[Desk, psutil.Process]]:
    """JupyterLab with a lesson and the panel open, and the server's process."""
    place = Place(folder)
    place.fill(*lessons.names())
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    (folder / PLAIN).write_text(NB.writes(NB.v4.new_notebook(metadata={"kernelspec": kernel})))
    try:
        with chromium() as browser, closing(Desk(browser.new_page(viewport=WINDOW))) as desk:
            desk.open(place.start(), LESSON)
            note = (folder / ".workbook" / "lab.json").read_bytes()
            yield desk, psutil.Process(msgspec.json.decode(note, type=Lab).pid)
    finally:
        place.stop()


def late(desk: Desk, deed: tuple[str, ...]) -> float:
    """Milliseconds from a command's return to the change of the tick on the page."""
    desk.page.evaluate("() => { window.ticks = []; }")
    subprocess.run(["docker", *deed], check=True, capture_output=True)
    returned = 1000 * time.time()
    desk.page.wait_for_function("() => window.ticks.length > 0")
    return float(desk.page.evaluate("() => window.ticks[0]")) - returned


def latencies(desk: Desk) -> dict[str, list[float]]:
    """What each deed takes, again and again."""
    times: dict[str, list[float]] = {name: [] for name in DEEDS}
    for _ in range(ROUNDS):
        for name, deed in DEEDS.items():
            times[name].append(late(desk, deed))
            time.sleep(0.2)
    return times


def crowd(bench: Bench, size: int) -> None:
    """Other people's containers."""
    for number in range(size):
        bench.api.create_container(IMAGE, "true", name=f"other-{number}")


def cost(process: psutil.Process) -> float:
    """The share of a core that the server takes while nobody does anything, in percent."""
    time.sleep(3)
    before, start = process.cpu_times(), time.monotonic()
    time.sleep(IDLE)
    now = process.cpu_times()
    return 100 * (now.user + now.system - before.user - before.system) / (time.monotonic() - start)


def idle(desk: Desk, process: psutil.Process) -> Iterator[tuple[str, float, float]]:
    """The cost with each lesson in front, and then with a notebook that is no lesson.

    What differs between the two is the panel's own: everything else stays open.
    """
    desk.does("docmanager:save-all")
    desk.does("application:close-all")
    for name in lessons.names():
        desk.does("docmanager:open", path=f"exercises/{name}/{name}.ipynb")
        Sidebar(desk.page).shows(lessons.find(name).question)
        with_lesson = cost(process)
        desk.does("docmanager:open", path=PLAIN)
        expect(Sidebar(desk.page).node).to_contain_text("Open the notebook of a lesson")
        yield name, with_lesson, cost(process)


def main() -> int:
    """Print the tables."""
    console = Console()
    ticks = Table("command", "others", "median ms", "shortest", "longest", title="return to tick")
    costs = Table(
        "lesson", "in front", "another notebook", "panel", title="JupyterLab's server, idle"
    )
    with (
        at_work(engine.find().host, everything_made()) as bench,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        at_lesson(Path(folder)) as (desk, process),
    ):
        Sidebar(desk.page).shows(lessons.find(LESSON).question)
        desk.page.evaluate(WATCH, CLAIM)
        for others in CROWDS:
            crowd(bench, others)
            for name, times in latencies(desk).items():
                row = (statistics.median(times), min(times), max(times))
                ticks.add_row(name, str(others), *(f"{one:.0f}" for one in row))
        for name, here, elsewhere in idle(desk, process):
            costs.add_row(name, *(f"{one:.2f} %" for one in (here, elsewhere, here - elsewhere)))
    console.print(ticks)
    console.print("Target: median 200 ms; below zero means before the command returned.")
    console.print(costs)
    console.print("Shares of a core. Target: the panel under 1 %.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
