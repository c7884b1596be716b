"""`workbook grading`: how submissions were graded, for instructors. It grades none of them."""

from __future__ import annotations

import click

from checker import course
from checker.commands import codes, parameters, screen
from checker.grading import listing, record
from checker.lesson import Lesson


@click.group()
def command() -> None:
    """See how submissions were graded.

    Only for instructors: what these commands show, learners are not told.
    """


@command.command()
@parameters.the_lesson
@parameters.as_json
@click.pass_context
def outcomes(ctx: click.Context, *, lesson: Lesson, as_json: bool) -> None:
    """List the submissions of LESSON: points, time, what was noticed.

    Those that could not be graded come last, each with its reason.

    \b
    Example:
      workbook grading outcomes 04_volumes

    \b
    Exit codes: 0 all are graded, 1 some could not be, 2 no such lesson.
    """
    root = course.root()
    found = list(record.every(lesson.name, root))
    failed = listing.reasons(lesson.name, root / "gradebook.db")
    if as_json:
        scored = [record.as_json(one) for one in found]
        screen.put_json({"scored": scored, "could not be graded": {**failed}})
    else:
        for line in listing.outcomes(found, failed):
            screen.put(line)
    ctx.exit(codes.NOT_YET if failed else codes.OK)


@command.command()
@parameters.the_lesson
@parameters.as_json
@click.pass_context
def disagreements(ctx: click.Context, *, lesson: Lesson, as_json: bool) -> None:
    """List where evidence and replay of LESSON differ, side by side.

    Evidence is what a learner's own checks saw. The score is always that of
    the replay; a difference is a reason to look, and proves nothing.

    \b
    Example:
      workbook grading disagreements 04_volumes

    \b
    Exit codes: 0 there is none, 1 there are some, 2 no such lesson.
    """
    found = [one for one in record.every(lesson.name, course.root()) if one.disagreements]
    if as_json:
        screen.put_json([record.as_json(one) for one in found])
    else:
        for line in listing.disagreements(found):
            screen.put(line)
        count = sum(len(one.disagreements) for one in found)
        screen.put(f"Evidence and replay differ in {count} steps of {len(found)} submissions.")
    ctx.exit(codes.NOT_YET if found else codes.OK)
