"""`workbook doctor`: what this computer has and lacks. It changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

import click

from checker import doctor, lessons
from checker.commands import codes, parameters, screen
from checker.doctor import Finding
from checker.model import Json

WORDS = {"✓": ("ok", "green"), "✗": ("no", "red"), "–": ("unknown", "yellow")}


@click.command()
@parameters.as_json
@click.option("--grading", is_flag=True, help="Tell whether sealed grading can run here.")
@click.pass_context
def command(ctx: click.Context, *, as_json: bool, grading: bool) -> None:
    """Tell whether lessons can run here, and what to do.

    ✓ is fine, ✗ means that a lesson could not run, – is worth knowing or
    could not be told. Nothing is changed. With --grading one seal is made
    and removed, to see whether this engine can.

    \b
    Examples:
      workbook doctor
      workbook doctor --grading

    \b
    Exit codes: 0 every lesson can run, 1 a lesson could not run.
    """
    found = _of_grading() if grading else doctor.findings(doctor.gather(lessons.every()))
    if as_json:
        screen.put_json([_data(one) for one in found])
    else:
        _put(found)
    ctx.exit(codes.NOT_YET if any(one.mark == "✗" for one in found) else codes.OK)


def _of_grading() -> Sequence[Finding]:
    from checker.doctor import grading
    from checker.grading.seal import Settings

    return grading.findings(grading.gather(Settings()))


def _data(one: Finding) -> Json:
    return {
        "check": one.about,
        "verdict": WORDS[one.mark][0],
        "found": one.found,
        "remedy": one.remedy,
        "page": one.page,
    }


def _put(found: Sequence[Finding]) -> None:
    """Write one line for each finding, its remedy on the same line, and where to read on."""
    from rich.text import Text

    for one in found:
        remedy = f". {one.remedy} ({one.page})" if one.remedy else ""
        mark = (one.mark, WORDS[one.mark][1])
        screen.console().print(Text.assemble(mark, f" {one.about:<11} {one.found}{remedy}"))
