"""`workbook check`: what the notebook's check shows, in a terminal. It judges nothing itself."""

from __future__ import annotations

import click

from checker import engine, report, work
from checker.commands import codes, parameters, screen
from checker.judge import Report
from checker.lesson import Lesson


@click.command()
@parameters.the_lesson
@parameters.maybe_step
@parameters.as_json
@click.pass_context
def command(ctx: click.Context, *, lesson: Lesson, step: int | None, as_json: bool) -> None:
    """Look at your containers and tell what holds in LESSON.

    This is the check of the notebook, on the same evidence: answers count as
    the notebook last gave them. Nothing of yours is changed.

    \b
    Example:
      workbook check 04_volumes --step 2

    \b
    Exit codes: 0 all of it holds, 1 not yet, 2 no such lesson or step,
    3 the Docker engine could not be asked.
    """
    if step is not None:
        parameters.step_of(lesson, step)
    found = work.session_on(engine.connect(engine.find()), lesson).check(step)
    if as_json:
        screen.put_json(report.json(found))
    else:
        screen.put_report(found)
        screen.put(f"\n{found.points} of {found.out_of} points")
    ctx.exit(code(found))


def code(found: Report) -> int:
    """The exit code for a report."""
    if found.trouble:
        return codes.NO_ENGINE
    return codes.OK if found.done else codes.NOT_YET
