"""`workbook live`: the panel as a page, for front ends that have no sidebar. It asks no engine."""

from __future__ import annotations

import secrets
import signal

import click

from checker import course
from checker.commands import parameters, screen
from checker.lesson import Lesson
from checker.machine import lab, root

FIRST_PORT = 8990


@click.command()
@click.argument("lesson", required=False, callback=parameters.lesson_or_none)
@click.option("--port", type=click.IntRange(1024, 65535), help="Listen here, not on a free port.")
@click.option("--no-browser", is_flag=True, help="Print the address only.")
def command(*, lesson: Lesson | None, port: int | None, no_browser: bool) -> None:
    """Show LESSON live on a page in your browser, beside any editor.

    JupyterLab has the same as a sidebar. Elsewhere, in VS Code for example, leave
    this page open next to your notebook: ticks appear by themselves. The page is
    for this computer alone, and for those who have the token in its address.
    Ctrl-C ends it.

    \b
    Example:
      workbook live 04_volumes

    \b
    Exit codes: 0 ended; 2 no such lesson; 4 the port is taken, or no workbook is here.
    """
    from checker.live import plain  # Jupyter's server is slow to import

    at, token = port or lab.free_port(FIRST_PORT), secrets.token_hex(16)
    if not lab.is_free(at):
        raise OSError(f"port {at} is taken; name another with --port")
    address = f"http://{plain.LOOPBACK}:{at}/workbook?token={token}"
    address += f"#{lesson.name}" if lesson else ""

    def ready() -> None:
        screen.put(f"The workbook is here: {address}")
        if not no_browser and lab.has_display():
            click.launch(address)

    signal.signal(signal.SIGINT, signal.default_int_handler)
    plain.serve(at, token, course.root(), as_root=root.am_root(), ready=ready)
