"""All lessons with their progress, and what a panel's buttons do. It knows no web server."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from checker import course, engine, hints, lessons, progress, removal, reset, work
from checker import map as maps
from checker.lesson import Lesson
from checker.map_svg import svg
from checker.map_text import lines, tree
from checker.model import Json
from checker.progress import Progress
from checker.reset import Plan


def lessons_json(root: Path) -> Json:
    """All lessons, and how far the learner is in each; none where no workbook is.

    `root` is the folder that a server shows: the notebooks' paths are told from there.
    """
    try:
        return {"about": "lessons", "lessons": list(_lessons(root))}
    except FileNotFoundError:
        return {"about": "lessons", "lessons": []}


def _lessons(root: Path) -> Iterator[Json]:
    for name in lessons.names():
        evidence = work.evidence_of(lessons.find(name))
        done = _progress(name, evidence, _stamp(evidence))
        yield {
            "lesson": name,
            "question": done.lesson.question,
            "points": done.points,
            "out_of": done.lesson.points,
            "state": done.state,
            "path": _notebook(name, root),
        }


def _notebook(name: str, root: Path) -> str:
    """Where a lesson's notebook is below `root`; nothing where it is elsewhere."""
    path = course.exercise(name).resolve() / f"{name}.ipynb"
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else ""


@lru_cache(maxsize=100)
def _progress(name: str, evidence: Path, stamp: tuple[int, int]) -> Progress:
    """A lesson's progress; the stamp changes with the evidence."""
    del stamp
    return progress.read(lessons.find(name), evidence)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        now = path.stat()
    except OSError:
        return (0, 0)
    return (now.st_mtime_ns, now.st_size)


def hint(lesson: Lesson, step: int) -> None:
    """Show one rung more of a step's ladder; `LookupError` where there is none."""
    seen, key = hints.recall(work.hints_file()), hints.key(lesson.name, step)
    rung = hints.rung(lesson.step(step), seen.get(key, 0) + 1)
    hints.remember(work.hints_file(), {**seen, key: rung.number})


def reset_plan(lesson: Lesson, step: int) -> Plan:
    """What resetting a step would do now; raises `EngineTrouble`."""
    lesson.step(step)
    client = engine.connect(engine.find())
    try:
        return work.plan_for(lesson, step, client, work.folder_of(lesson))
    finally:
        client.close()


def plan_json(plan: Plan, name: str) -> Json:
    """A plan as a panel shows it before it asks; `name` is how it is referred to later."""
    return {"plan": name, "empty": plan.empty, "sentences": list(reset.sentences(plan))}


def carry_out(lesson: Lesson, plan: Plan) -> Json:
    """Do what a plan says, and tell what became of each line of it."""
    client = engine.connect(engine.find())
    try:
        done = list(removal.carry_out(plan, client, work.folder_of(lesson)))
    finally:
        client.close()
    work.forget_hints(lesson, plan.step)
    return {"done": [{"sentence": one.sentence, "well": one.well} for one in done]}


def map_json() -> Json:
    """What is on the engine, as a picture and as text; raises `EngineTrouble`."""
    client = engine.connect(engine.find())
    try:
        found = maps.look(client)
    finally:
        client.close()
    return {"summary": found.summary, "svg": svg(found), "text": "\n".join(lines(tree(found)))}
