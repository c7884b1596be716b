"""How long a solution takes in a seal and on the engine at hand: `python -m tools.bench_overhead`.

The engine at hand gets the lesson's images first, and is left as it was but for them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree, ignore_patterns
from statistics import median
from subprocess import DEVNULL
from typing import Any

import nbformat

from checker import lessons
from checker.grading.execute import GradeOnEngine
from checker.grading.seal import Settings, open_seal, prepare
from checker.grading.sealed import SealedExecute
from checker.machine.run import ROOT

NB: Any = nbformat
TIMES = 3
FEW = ("01_images", "02_containers", "03_ports_env", "04_volumes")


@contextmanager
def submission(lesson: str) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The solution as nbgrader would grade it, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, lesson)
        copytree(ROOT / "solutions" / lesson, place, ignore=ignore_patterns("*.evidence*"))
        named = {"assignment": lesson, "notebook": lesson, "student": "bench"}
        notebook = NB.read(place / f"{lesson}.ipynb", as_version=4)
        yield notebook, {"nbgrader": named, "metadata": {"path": str(place)}}


def timed(lesson: str, how: Callable[[], Any]) -> tuple[float, str]:
    """Seconds that grading takes, and the points it gives."""
    with submission(lesson) as (notebook, resources):
        start = time.monotonic()
        graded, _ = how().preprocess(notebook, resources)
        seconds = time.monotonic() - start
    shown = [out for cell in graded.cells if "nbgrader" in cell.metadata for out in told(cell)]
    return seconds, f"{sum(map(float, shown)):g}"


def told(cell: Any) -> list[str]:
    """The points of a check."""
    graded = cell.metadata["nbgrader"]["grade"]
    return [out["data"]["text/plain"] for out in cell.outputs if "data" in out] if graded else []


def start_of_a_seal() -> float:
    """Seconds until a seal is there and gone again."""
    begin = time.monotonic()
    with open_seal(Settings(), run="bench"):
        pass
    return time.monotonic() - begin


def main(names: tuple[str, ...]) -> None:
    """Print a line for each lesson."""
    prepare(Settings())
    start_of_a_seal()
    start = median(start_of_a_seal() for _ in range(TIMES))
    sys.stdout.write(f"start and stop of a seal {start:.2f} s\n")
    for name in names:
        lesson = lessons.find(name)
        both: dict[type, list[tuple[float, str]]] = {GradeOnEngine: [], SealedExecute: []}
        for _ in range(TIMES):
            for how, runs in both.items():
                for image in lesson.images:
                    subprocess.run(("docker", "pull", "--quiet", image), check=True, stdout=DEVNULL)
                runs.append(timed(name, how))
        direct, sealed = (median(seconds for seconds, _ in runs) for runs in both.values())
        points = {points for runs in both.values() for _, points in runs}
        factor = (sealed - start) / direct
        sys.stdout.write(
            f"{name:<16} direct {direct:6.2f} s   sealed {sealed:6.2f} s   "
            f"beside the start {factor:.2f} times   points {', '.join(points)}\n"
        )


if __name__ == "__main__":
    main(tuple(sys.argv[1:]) or FEW)
