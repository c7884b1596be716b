"""`workbook submit`: one zip with what a learner hands in. It sends nothing anywhere."""

from __future__ import annotations

import re
from pathlib import Path

import click

from checker import course, handing_in, progress, unwritten, work
from checker.authoring.release import handed_out
from checker.commands import parameters, screen
from checker.handing_in import Bundle, megabytes
from checker.lesson import Lesson
from checker.machine.trouble import Trouble

ID = r"[\w@.+ -]{1,100}"


@click.command()
@parameters.the_lesson
@click.option("--as", "student", metavar="NAME", default="", help="Your name for the file's name.")
@click.option(
    "--to",
    "into",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="The folder for the zip; else the workbook's.",
)
def command(*, lesson: Lesson, student: str, into: Path | None) -> None:
    """Put what you hand in of LESSON into one zip.

    The zip holds the notebook, the files beside it and the evidence. Secrets,
    links and large files stay at home; it shows what is in it and what is not.
    It sends nothing: you upload the zip where your course collects. Save the
    notebook first. Grading runs its cells, so it warns where a step was done
    and its cells are empty.

    \b
    Example:
      workbook submit 04_volumes --as anna

    \b
    Exit codes: 0 written, 2 no such lesson or name, 4 there is nothing to hand in.
    """
    folder = work.folder_of(lesson)
    target = (into or course.root()) / file_name(lesson.name, student)
    try:
        found = handing_in.gather(folder, lesson.name, belonging(lesson))
    except handing_in.NothingToHandIn as fault:
        raise Trouble(str(fault)) from None
    handing_in.write(folder, found, target)
    for line in lines(found):
        screen.put(line)
    if said := empty_cells(lesson, folder):
        screen.put(said)
    screen.put(f"{target} is written; upload it where your course collects.")


def file_name(lesson: str, student: str) -> str:
    """The zip's name, from which `nbgrader zip_collect` tells whose it is."""
    if student and not re.fullmatch(ID, student):
        raise click.BadParameter(
            "a name is of letters, digits, spaces, and the signs _ - . @ +", param_hint="--as"
        )
    return f"{student}-{lesson}.zip" if student else f"{lesson}.zip"


def belonging(lesson: Lesson) -> frozenset[str]:
    """The files that the lesson hands out or looks at: never secrets, whatever their names."""
    source = course.root() / "solutions" / lesson.name
    given = handed_out(source) if source.is_dir() else ()
    return frozenset({*given, *lesson.wanted().files})


def empty_cells(lesson: Lesson, folder: Path) -> str:
    """What to write into the notebook before it is graded."""
    solution = course.solution(lesson.name)
    if not solution.is_file():
        return ""
    notebook = (folder / f"{lesson.name}.ipynb").read_bytes()
    seen = progress.read(lesson, work.evidence_of(lesson))
    return unwritten.warning(notebook, solution.read_bytes(), seen)


def lines(found: Bundle) -> list[str]:
    """What is in the zip, what is not and why, and what to look at."""
    taken = [f"  {name}  {megabytes(size)}" for name, size in found.takes]
    left = [f"  {name}  ({reason})" for name, reason in found.leaves]
    return [
        f"In the zip, {megabytes(found.size)} before packing:",
        *taken,
        *(["Not in it:", *left] if left else []),
        *found.warnings,
    ]
