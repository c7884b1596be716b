"""`workbook engine`: an engine of the course's own. The work is done in `checker.machine`."""

from __future__ import annotations

import click

from checker.commands import codes
from checker.machine import start


@click.group()
def command() -> None:
    """Start or stop an engine of the course's own.

    An engine that the workbook did not start is never changed.
    """


@command.command()
@click.pass_context
def up(ctx: click.Context) -> None:
    """Find an engine that answers, or install and start one.

    \b
    Exit codes: 0 an engine answers, 4 something is in the way.
    """
    ctx.exit(codes.after(start.engine_up()))


@command.command()
@click.option("--purge", is_flag=True, help="Remove its data, packages and apt files as well.")
@click.pass_context
def down(ctx: click.Context, *, purge: bool) -> None:
    """Stop the engine that the workbook started.

    \b
    Exit codes: 0 stopped, 4 something is in the way.
    """
    ctx.exit(codes.after(start.engine_down(purge=purge)))
