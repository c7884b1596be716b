"""What subcommands take: a lesson by any of its names, and a step of it. It knows no engine."""

from __future__ import annotations

import click

from checker import lessons
from checker.lesson import Lesson, Step


def lesson_named(ctx: click.Context, param: click.Parameter, value: str) -> Lesson:
    """The lesson named `04_volumes`, `volumes` or `4`; for an unknown one the nearest names."""
    try:
        return lessons.find(value)
    except lessons.UnknownLesson as fault:
        raise click.BadParameter(str(fault), ctx, param) from None


def lesson_or_none(ctx: click.Context, param: click.Parameter, value: str | None) -> Lesson | None:
    """The lesson of any of its names, where one is given."""
    return None if value is None else lesson_named(ctx, param, value)


def names_with(ctx: click.Context, param: click.Parameter, typed: str) -> list[str]:
    """The lessons whose name contains what was typed, for the shell to complete."""
    del ctx, param
    return [name for name in lessons.names() if typed in name]


def step_of(lesson: Lesson, number: int) -> Step:
    """The step of a lesson, or the numbers that there are."""
    try:
        return lesson.step(number)
    except LookupError as fault:
        raise click.BadParameter(str(fault), param_hint="step") from None


the_lesson = click.argument("lesson", callback=lesson_named, shell_complete=names_with)
maybe_step = click.option(
    "--step", type=click.IntRange(min=1), metavar="N", help="Only step N, counted from 1."
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
