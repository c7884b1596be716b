"""`workbook grades`: all marks for a learning platform. It grades nothing."""

from __future__ import annotations

from pathlib import Path

import click

from checker import course
from checker.commands import screen
from checker.machine.trouble import Trouble

FORMATS = ("csv", "canvas", "moodle", "json")


@click.command()
@click.option(
    "--format",
    "shape",
    type=click.Choice(FORMATS),
    default="csv",
    show_default=True,
    help="csv is what nbgrader export writes.",
)
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option("--db", metavar="URL", help="Another gradebook than gradebook.db.")
def command(*, shape: str, to: Path | None, db: str | None) -> None:
    """Write all grades, for a learning platform or a program.

    csv has a line for each learner and lesson; canvas and moodle have a line
    for each learner under the platform's own headings; json has it all. There
    is no score, and not a zero, where a submission waits to be graded; in
    canvas, moodle and json neither where nothing was handed in.

    \b
    Example:
      workbook grades --format moodle --to grades.csv

    \b
    Exit codes: 0 written, 2 no such format, 4 there is no gradebook.
    """
    from checker.grading import platforms, totals

    book = totals.read(db or url_of(course.root() / "gradebook.db"))
    text = platforms.FORMATS[shape](book)
    waiting = sum(mark.waiting for mark in book.marks.values())
    if to is None:
        click.echo(text, nl=False)
    else:
        to.write_text(text, encoding="utf-8")
        screen.put(f"{to} has {len(book.learners)} learners and {len(book.lessons)} lessons.")
    if waiting:
        click.echo(f"{waiting} submissions have no score yet; Formgrader shows which.", err=True)


def url_of(path: Path) -> str:
    """The gradebook's address, if it is there: to open a file that is not there makes one."""
    if not path.is_file():
        raise Trouble(
            f"There is no gradebook at {path}; nbgrader generate_assignment LESSON makes it."
        )
    return f"sqlite:///{path}"
