"""How subcommands write: rich on a terminal, plain text elsewhere. It judges nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from checker import report
from checker.judge import Line, Report, StepReport
from checker.model import Json

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

STYLES = {"held": "green", "failed": "red", "unknown": "dim"}
MARKS = {"held": "✓", "failed": "✗", "unknown": "–"}


def console(*, soft_wrap: bool = True) -> Console:
    """The terminal, or the file that output goes to; rich heeds NO_COLOR by itself.

    With `soft_wrap` lines stay whole, and the terminal breaks them.
    """
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False, soft_wrap=soft_wrap)


def put(text: str, style: str = "") -> None:
    """Write one line; what looks like markup in it is text."""
    console().print(text, style=style or None)


def put_json(data: Json) -> None:
    """Write data for programs."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def bar(points: int, out_of: int, width: int = 12) -> str:
    """Points as a bar; it is full only when all points are there."""
    filled = width * points // out_of if out_of else 0
    return "█" * filled + "░" * (width - filled)


def put_report(found: Report) -> None:
    """Write a report: drawn on a terminal, the same words as plain text elsewhere."""
    screen = console()
    if not screen.is_terminal:
        click.echo(report.text(found))
        return
    for step in found.steps:
        screen.print(drawn_step(step), soft_wrap=False)
        screen.print()
    for note in found.notes:
        screen.print(note)


def drawn_step(step: StepReport) -> RenderableType:
    """A step with all its claims."""
    from rich.console import Group

    return Group(heading(step), *(_drawn_line(line) for line in step.lines))


def heading(step: StepReport) -> Text:
    """A step's title and points."""
    from rich.text import Text

    text = Text(f"Step {step.number}. {step.title}  ", style="bold")
    return text.append(f"[{step.points}/{step.out_of}]", style="green" if step.done else "")


def _drawn_line(line: Line) -> RenderableType:
    """A claim with what was found below it; long sentences hang under their first word."""
    from rich.console import Group
    from rich.text import Text

    kind = report.kind(line)
    below = ((label, Text(said)) for label, said in report.details(line))
    first = _row(((2, Text("")), (1, Text(MARKS[kind], style=STYLES[kind]))), Text(line.sentence))
    return Group(
        first,
        *(_row(((5, Text("")), (6, Text(label, style="dim"))), said) for label, said in below),
    )


def _row(before: Iterable[tuple[int, Text]], last: Text) -> RenderableType:
    from rich.table import Table

    columns = list(before)
    grid = Table.grid(padding=(0, 1, 0, 0))
    for width, _ in columns:
        grid.add_column(width=width, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(*(text for _, text in columns), last)
    return grid
