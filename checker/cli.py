"""The command `workbook`: its subcommands, and a sentence for what stops them; no Docker here."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click

from checker.commands.codes import BLOCKED, NO_ENGINE
from checker.engine import EngineTrouble
from checker.evidence import EvidenceError
from checker.machine.trouble import Trouble

COMMANDS = (
    "status",
    "open",
    "check",
    "watch",
    "live",
    "hint",
    "reset",
    "submit",
    "map",
    "replay",
    "doctor",
    "start",
    "stop",
    "engine",
    "mirror",
    "grade",
    "grades",
    "grading",
)
"""The subcommands in the order of the help, each a module of `checker.commands`."""


class Sentence(click.ClickException):
    """What stops a command, said in one sentence on stderr."""

    exit_code = BLOCKED

    def show(self, file: Any = None) -> None:
        """The sentence alone."""
        click.echo(self.message, err=True, file=file)


class NotAsked(Sentence):
    """The Docker engine could not be asked."""

    exit_code = NO_ENGINE


def said(fault: BaseException) -> str:
    """A fault as a sentence; an error of the system names its file."""
    if isinstance(fault, OSError) and fault.strerror:
        where = f" {fault.filename}" if fault.filename else ""
        return f"The file or folder{where} cannot be used: {fault.strerror}."
    text = str(fault) or type(fault).__name__
    return f"{text[0].upper()}{text[1:]}" + ("" if text.endswith((".", ":")) else ".")


class Workbook(click.Group):
    """A group that imports a subcommand when it is asked for, and offers near names."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The subcommands in the order of the help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of this name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"checker.commands.{cmd_name}").command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The subcommand; for an unknown one the nearest names."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, n=2) or list(COMMANDS)
            ctx.fail(f"No command is named {args[0]}; there is {', '.join(near)}.")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand; what stops it becomes a sentence and an exit code."""
        try:
            return super().invoke(ctx)
        except EngineTrouble as fault:
            raise NotAsked(said(fault)) from None
        except BrokenPipeError:
            raise
        except (EvidenceError, Trouble, OSError) as fault:
            raise Sentence(said(fault)) from None


@click.group("workbook", cls=Workbook, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="container-workbook", prog_name="workbook")
def main() -> None:
    """Learn Docker for data science, and see how far you are.

    A LESSON is a folder's name, its short name or its number:
    04_volumes, volumes and 4 mean the same.

    \b
    Begin here:
      workbook start        open the first lesson in JupyterLab
      workbook status       how far you are
      workbook hint 1 2     help with lesson 1, step 2

    \b
    Exit codes:
      0  done, or all of it holds
      1  not yet, or not all of it
      2  the command was not understood
      3  the Docker engine could not be asked
      4  something else is in the way: a file, the disk, the network

    Output is plain text where it does not go to a terminal; NO_COLOR=1
    takes the colours away.
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a letter shows a question mark, and the command goes on.
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")
