"""`workbook replay`: an evidence file judged again, without an engine."""

from __future__ import annotations

from pathlib import Path

import click

from checker import lessons, report
from checker.commands import codes, parameters, screen
from checker.evidence import EvidenceError, from_json
from checker.judge import Report
from checker.lesson import Lesson
from checker.model import Evidence
from checker.session import at_best


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@parameters.maybe_step
@parameters.as_json
@click.pass_context
def command(ctx: click.Context, *, file: Path, step: int | None, as_json: bool) -> None:
    """Judge the evidence in FILE again, without Docker.

    Evidence is what a lesson's checks saw, kept beside the notebook. The
    report tells of each step how it stood when it earned most.

    \b
    Example:
      workbook replay exercises/01_images/01_images.evidence.json

    \b
    Exit codes: 0 all of it holds, 1 not yet, 2 no such file or step,
    4 the file is no evidence of this version.
    """
    evidence = read(file)
    lesson = lesson_of(evidence, file)
    if step is not None:
        parameters.step_of(lesson, step)
    numbers = range(1, len(lesson.steps) + 1) if step is None else (step,)
    steps = tuple(at_best(number, lesson, evidence) for number in numbers)
    found = Report(lesson.name, lesson.question, steps)
    if as_json:
        data = report.json(found)
        screen.put_json(
            {**data, "looks": len(evidence.snapshots)} if isinstance(data, dict) else data
        )
    else:
        screen.put_report(found)
        screen.put(f"\n{seen(evidence)}; {found.points} of {found.out_of} points")
    ctx.exit(codes.OK if found.done else codes.NOT_YET)


def read(file: Path) -> Evidence:
    """The evidence in a file; `EvidenceError` names the file."""
    try:
        return from_json(file.read_bytes())
    except EvidenceError as fault:
        raise EvidenceError(f"{file} cannot be judged: {fault}.") from fault


def lesson_of(evidence: Evidence, file: Path) -> Lesson:
    """The lesson that the evidence is of."""
    try:
        return lessons.find(evidence.lesson)
    except lessons.UnknownLesson as fault:
        raise EvidenceError(f"{file} cannot be judged: {fault}") from fault


def seen(evidence: Evidence) -> str:
    """How much was seen."""
    count = len(evidence.snapshots)
    looks = "1 look" if count == 1 else f"{count} looks"
    return f"{looks}, the last at {evidence.now.taken or 'no time'}"
