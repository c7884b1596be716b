"""Where a learner works on a lesson: folder, evidence, hints, a session, and a reset's plan."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from checker import course, engine, hints, reset
from checker.evidence import Store
from checker.lesson import Lesson
from checker.observe import Observer
from checker.reset import Plan
from checker.session import Session


def folder_of(lesson: Lesson) -> Path:
    """The lesson's folder; `FileNotFoundError` says how to make it."""
    folder = course.exercise(lesson.name)
    if not folder.is_dir():
        raise FileNotFoundError(
            f"the folder exercises/{lesson.name} is not there; make exercises writes it."
        )
    return folder


def evidence_of(lesson: Lesson) -> Path:
    """The lesson's evidence, beside its notebook."""
    return course.exercise(lesson.name) / f"{lesson.name}.evidence.json"


def session_on(client: engine.Client, lesson: Lesson) -> Session:
    """The lesson's session, as the notebook has it, on this engine."""
    folder = folder_of(lesson)
    return Session(lesson, Observer(client, folder), Store(evidence_of(lesson), lesson.name))


def hints_file() -> Path:
    """Where the hints shown so far are remembered."""
    return course.root() / ".workbook" / "hints.json"


def plan_for(lesson: Lesson, step: int | None, client: engine.Client, folder: Path) -> Plan:
    """The plan, from what the engine and the folder hold now."""
    from checker.authoring import release  # nbconvert is slow to import

    def on_disk(name: str) -> bytes | None:
        path = folder / name
        return path.read_bytes() if path.is_file() else None

    there = Observer(client, folder).see(lesson.makes(step))
    time = f"{datetime.now():%Y%m%dT%H%M%S}"
    return reset.plan(lesson, there, release(lesson.name), on_disk, time, step=step)


def forget_hints(lesson: Lesson, step: int | None) -> None:
    """Let the ladders of hints begin at their first rung."""
    file = hints_file()
    if seen := hints.recall(file):
        hints.remember(file, hints.without(seen, lesson.name, step))
