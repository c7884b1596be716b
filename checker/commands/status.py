"""`workbook status`: how far you are, from the evidence alone. It asks no engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from checker import lessons, progress, work
from checker.commands import parameters, screen
from checker.progress import Progress

if TYPE_CHECKING:
    from rich.table import Table

STYLES = {"done": "green", "begun": "yellow", "to do": "dim"}


@click.command()
@parameters.as_json
def command(*, as_json: bool) -> None:
    """Show all lessons, your points, and what comes next.

    Points are the most that each step ever earned in a check, read from the
    evidence beside the notebooks. Docker is not asked; workbook check does that.

    \b
    Example:
      workbook status

    \b
    Exit codes: 0 shown, 4 the workbook's folder was not found.
    """
    found = tuple(progress.read(lesson, work.evidence_of(lesson)) for lesson in lessons.every())
    if as_json:
        screen.put_json([progress.as_json(one) for one in found])
        return
    terminal = screen.console()
    if terminal.is_terminal:
        terminal.print(table(found), soft_wrap=False)
    else:
        click.echo("\n".join(line(one) for one in found))
    for sentence in (*(one.note for one in found if one.note), next_thing(found)):
        screen.put(sentence)


def line(one: Progress) -> str:
    """A lesson in one plain line."""
    return f"{one.lesson.name}  {one.points}/{one.lesson.points}  {one.state}  {following(one)}"


def following(one: Progress) -> str:
    """The step to do next, or the lesson's question."""
    number = one.next_step
    if number is None or not one.looks:
        return one.lesson.question
    return f"next: step {number}, {one.lesson.step(number).title}"


def table(found: Sequence[Progress]) -> Table:
    """The lessons as a table for a terminal."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True, justify="right")
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for one in found:
        style = STYLES[one.state]
        grid.add_row(
            Text(one.lesson.name, style="bold"),
            Text(screen.bar(one.points, one.lesson.points), style=style),
            Text(f"{one.points}/{one.lesson.points}"),
            Text(one.state, style=style),
            Text(following(one)),
        )
    return grid


def next_thing(found: Sequence[Progress]) -> str:
    """What to do now."""
    todo = next((one for one in found if one.state != "done"), None)
    if todo is None:
        return "All lessons are done." if found else "There are no lessons yet."
    return f"Next: workbook open {todo.lesson.name}"
