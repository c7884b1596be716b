"""The Container Workbook's checker: what a notebook and a lesson import from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.claim import Claim, now, once
from checker.lesson import Lesson, Step, lesson, step
from checker.words import (
    answer,
    container,
    dockerfile,
    file,
    image,
    network,
    registry,
    together,
    volume,
)

if TYPE_CHECKING:
    from checker.notebook import Result

__all__ = [
    "Claim",
    "Lesson",
    "Step",
    "answer",
    "check",
    "container",
    "dockerfile",
    "file",
    "image",
    "lesson",
    "network",
    "now",
    "once",
    "registry",
    "step",
    "together",
    "volume",
]


def check(lesson: str, step: int | None = None) -> Result:
    """Look at the learner's engine and tell how a step, or the whole lesson, stands.

    `lesson` is the lesson's folder, such as `04_volumes`; `step` counts from 1. In a notebook
    the result shows as a report, and as plain text it is the number of points, for nbgrader.
    Without `step` it gives an overview and begins to record what happens to the lesson's objects.
    """
    from checker.notebook import check as look  # the engine's library is slow to import

    return look(lesson, step)
