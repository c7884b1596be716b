"""Write golden evidence: `python -m tests.live.record [NN_short ...]`, or all lessons.

Runs each solution notebook on the engine at hand, in a folder of its own, and keeps the evidence
that its checks and its recorder wrote, as `tests/evidence/NN_short.json`.
"""

from __future__ import annotations

import getpass
import re
import socket
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from checker import engine, lessons
from checker.evidence import from_json, to_json
from checker.lesson import Lesson
from checker.model import Evidence
from checker.session import best
from tests.live.bench import Bench, open_bench
from tests.live.cases import ROOT
from tests.live.harness import Harness, everything_made
from tests.live.learner import folder_for
from tests.live.notebooks import run

GOLDEN = ROOT / "tests" / "evidence"


def record(harness: Harness, lesson: Lesson) -> Evidence:
    """The evidence of the lesson's solution; raises `ValueError` when it earns less than all."""
    with (
        harness.lesson_ready(lesson, without=lesson.images),
        folder_for(lesson.name) as folder,
    ):
        run(lesson.name, folder)
        evidence = from_json((folder / f"{lesson.name}.evidence.json").read_bytes())
    points = tuple(step.points for step in lesson.steps)
    if best(lesson, evidence) != points:
        raise ValueError(f"{lesson.name}: earned {best(lesson, evidence)} of {points}")
    for name in personal(to_json(evidence).decode()):
        raise ValueError(f"{lesson.name}: the evidence names {name}, which is this machine's own")
    return evidence


def personal(text: str) -> Iterator[str]:
    """What of this machine and its user stands in a text; names everybody has do not count."""
    for name in {str(Path.home()), getpass.getuser(), socket.gethostname()} - {"root", "localhost"}:
        if re.search(rf"(?<![\w/.-]){re.escape(name)}(?![\w.-])", text):
            yield name


def main(names: list[str]) -> int:
    """Record the lessons named, or all."""
    chosen = [lessons.find(name) for name in names] or list(lessons.every())
    with (
        closing(open_bench(engine.find().host).api) as api,
        closing(engine.connect(engine.find())) as client,
    ):
        bench = Bench(api)
        bench.begin(everything_made())
        before = bench.things()
        try:
            for lesson in chosen:
                _write(record(Harness(bench, client), lesson))
        finally:
            bench.remove(bench.things().beyond(before))
            bench.end()
    return 0


def _write(evidence: Evidence) -> None:
    GOLDEN.mkdir(exist_ok=True)
    target = GOLDEN / f"{evidence.lesson}.json"
    target.write_bytes(to_json(evidence))
    print(f"✓ {target.relative_to(ROOT)}: {len(evidence.snapshots)} looks")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
