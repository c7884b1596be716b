"""`workbook hint`: one rung of a step's ladder at a time. It asks no engine."""

from __future__ import annotations

import click

from checker import hints, work
from checker.commands import parameters, screen
from checker.hints import Rung
from checker.lesson import Lesson


@click.command()
@parameters.the_lesson
@click.argument("step", type=click.IntRange(min=1))
@click.option(
    "--rung",
    "number",
    type=click.IntRange(min=1),
    metavar="N",
    help="Show hint N again, and stay where you are.",
)
def command(*, lesson: Lesson, step: int, number: int | None) -> None:
    """Give a hint for STEP of LESSON, a little more each time.

    The first call tells where to look, the next what to use, the last the
    command. What you have seen is remembered until the lesson is reset.

    \b
    Example:
      workbook hint 04_volumes 2

    \b
    Exit codes: 0 shown, 2 no such lesson, step or hint.
    """
    the_step = parameters.step_of(lesson, step)
    file = work.hints_file()
    seen = hints.recall(file)
    before = seen.get(hints.key(lesson.name, step), 0)
    try:
        rung = hints.rung(the_step, number or before + 1)
    except LookupError as fault:
        raise click.UsageError(str(fault)) from None
    if number is not None and number > rung.of:
        raise click.BadParameter(f"step {step} has {rung.of} hints.", param_hint="--rung")
    if number is None:
        hints.remember(file, {**seen, hints.key(lesson.name, step): rung.number})
    put(rung, lesson, step, again=number is None and before >= rung.of)


def put(rung: Rung, lesson: Lesson, step: int, *, again: bool) -> None:
    """Write a hint and how many are left."""
    screen.put(f"Step {step}. {lesson.step(step).title}", style="bold")
    screen.put(f"  hint {rung.number} of {rung.of}  {rung.hint}")
    screen.put(f"  {after(rung, again=again)}", style="dim")


def after(rung: Rung, *, again: bool) -> str:
    """What follows a hint."""
    if again:
        return "That is the last hint again; see all with --rung 1, --rung 2 and so on."
    if not rung.left:
        return "That was the last hint."
    return f"{rung.left} more: the same command again shows the next."
