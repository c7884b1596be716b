"""Every command that the documents name exists, and every one that exists is named."""

from __future__ import annotations

import shlex

import click
import pytest

from checker.cli import main
from tests.pages import ROOT, named
from tools import commands


def resolved(line: str) -> tuple[click.Command, list[str]]:
    """The command that a line runs, and what it is given."""
    command: click.Command = main
    given = shlex.split(line, comments=True)[1:]
    while isinstance(command, click.Group) and given and not given[0].startswith("-"):
        with commands.context(command, "workbook", None) as here:
            below = command.get_command(here, given[0])
        if below is None:
            raise LookupError(f"workbook knows no {given[0]}, which `{line}` names")
        command, given = below, given[1:]
    return command, given


@pytest.mark.parametrize("line", named("workbook"))
def test_a_named_workbook_command_exists(line: str) -> None:
    command, given = resolved(line)
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in given if word.startswith("--")} <= options | {"--help"}


@pytest.mark.parametrize("line", named("make"))
def test_a_named_make_command_exists(line: str) -> None:
    target, *settings = shlex.split(line, comments=True)[1:]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert target in commands.targets()
    assert [s for s in settings if f"$({s.partition('=')[0]})" not in makefile] == []


def test_every_command_is_named_by_a_page() -> None:
    with commands.context(main, "workbook", None) as here:
        workbook = {f"workbook {name}" for name in main.list_commands(here)}
    make = {f"make {name}" for name in commands.targets()}
    said = {" ".join(line.split()[:2]) for line in (*named("workbook"), *named("make"))}
    assert sorted((workbook | make) - said) == []


def test_the_page_of_commands_has_the_help_of_every_command() -> None:
    page = commands.page()
    for path, said in commands.tree(main, "workbook"):
        assert f"## {path}\n\n```text\n{said}\n```" in page
    assert "## workbook mirror serve" in page
