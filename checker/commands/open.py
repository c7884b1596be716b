"""`workbook open`: a lesson's notebook in the JupyterLab that runs. It starts none."""

from __future__ import annotations

import click

from checker import work
from checker.commands import codes, parameters, screen
from checker.lesson import Lesson
from checker.machine import lab


@click.command()
@parameters.the_lesson
@click.option("--no-browser", is_flag=True, help="Print the address only.")
@click.pass_context
def command(ctx: click.Context, *, lesson: Lesson, no_browser: bool) -> None:
    """Open LESSON in the running JupyterLab, and print its address.

    \b
    Example:
      workbook open 04_volumes

    \b
    Exit codes: 0 opened, 1 JupyterLab does not run, 2 no such lesson,
    4 the lesson's folder is not there.
    """
    work.folder_of(lesson)
    running = lab.noted()
    if running is None or not lab.answers(running):
        screen.put(f"JupyterLab does not run; make start LESSON={lesson.name} starts it.")
        ctx.exit(codes.NOT_YET)
    lab.show(running, lesson.name, browser=not no_browser)
