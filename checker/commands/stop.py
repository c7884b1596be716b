"""`workbook stop`: end JupyterLab. The work is done in `checker.machine`."""

from __future__ import annotations

import click

from checker.commands import codes
from checker.machine import start


@click.command()
@click.pass_context
def command(ctx: click.Context) -> None:
    """Stop the JupyterLab that workbook start started; the engine stays.

    \b
    Exit codes: 0 stopped, 4 something is in the way.
    """
    ctx.exit(codes.after(start.stop()))
