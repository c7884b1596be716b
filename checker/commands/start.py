"""`workbook start`: everything ready for a first lesson. The work is done in `checker.machine`."""

from __future__ import annotations

import click

from checker import lessons
from checker.commands import codes, parameters
from checker.lesson import Lesson
from checker.machine import start


@click.command()
@click.argument("lesson", required=False, callback=parameters.lesson_or_none)
@click.option("--no-browser", is_flag=True, help="Print the address only.")
@click.option("--instructor", is_flag=True, help="Show the instructor's panels, too.")
@click.pass_context
def command(
    ctx: click.Context, *, lesson: Lesson | None, no_browser: bool, instructor: bool
) -> None:
    """Have an engine, images and JupyterLab ready, and open LESSON.

    Without LESSON it opens the first. An engine that is there is used as it
    is; where there is none, and it may, it installs and starts one of its own.

    \b
    Example:
      workbook start 02_containers

    \b
    Exit codes: 0 ready, 2 no such lesson, 4 something is in the way.
    """
    name = lesson.name if lesson else lessons.names()[0]
    done = start.start(instructor=instructor, browser=not no_browser, lesson=name)
    ctx.exit(codes.after(done))
