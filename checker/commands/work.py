"""Where a learner works on a lesson: folder, evidence, and a session on the engine at hand."""

from __future__ import annotations

from pathlib import Path

from checker import course, engine
from checker.evidence import Store
from checker.lesson import Lesson
from checker.observe import Observer
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
