"""The page of commands, from the help that the program itself gives. It runs none of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from checker.cli import main

MAKEFILE = Path(__file__).resolve().parent.parent / "Makefile"
WIDTH = 88


def context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    """The context in which click writes a command's help; the same on every machine."""
    return click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH)


def tree(
    command: click.Command, name: str, parent: click.Context | None = None
) -> Iterator[tuple[str, str]]:
    """A command and all below it: what to type, and its help."""
    here = context(command, name, parent)
    with here:
        yield here.command_path, command.get_help(here)
        if isinstance(command, click.Group):
            for below in command.list_commands(here):
                found = command.get_command(here, below)
                if found is not None and not found.hidden:
                    yield from tree(found, below, here)


def targets() -> dict[str, str]:
    """The targets of the Makefile that it tells about, with what they do."""
    lines = (line.partition(":") for line in MAKEFILE.read_text(encoding="utf-8").splitlines())
    told = ((name, rest.partition("## ")[2]) for name, _, rest in lines)
    return {name: said for name, said in told if said and name.replace("-", "").isalpha()}


def page() -> str:
    """All commands, each with its help."""
    parts = ["## make\n", "| command | what it does |", "|---|---|"]
    parts += [f"| `make {name}` | {said} |" for name, said in targets().items()]
    parts += [""]
    for path, said in tree(main, "workbook"):
        parts += [f"## {path}\n", f"```text\n{said}\n```\n"]
    return "\n".join(parts)
