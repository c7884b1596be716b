"""How the submissions of a lesson were graded, as text. It grades none of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any

from checker.grading.record import Record, Two

WIDTH = 46
"""Letters of each of two reports that stand side by side."""

MARKS = {"held": "✓", "failed": "✗", "unknown": "–"}
ABOVE = ("replayed", "evidence handed in")


def reasons(lesson: str, database: Path) -> dict[str, str]:
    """Why submissions have no score, by learner, from the gradebook's comments."""
    from nbgrader.api import Gradebook  # it takes seconds to import

    from checker.grading.outcome import UNGRADED

    if not database.is_file():
        return {}
    with Gradebook(f"sqlite:///{database}") as book:
        return {
            submission.student.id: comment.auto_comment.removeprefix(UNGRADED)
            for submission in book.assignment_submissions(lesson)
            for notebook in submission.notebooks
            for comment in notebook.comments
            if (comment.auto_comment or "").startswith(UNGRADED)
        }


def outcomes(records: Sequence[Record], failed: dict[str, str]) -> Iterator[str]:
    """Each submission in a line; what was noticed and why there is no score below it."""
    for one in records:
        yield f"{one.student}: {one.points} of {one.out_of} points, in {one.seconds:g} seconds"
        if one.on_evidence:
            yield f"    judged on evidence: step {', '.join(map(str, one.on_evidence))}"
        yield from (f"    look at it: {note}" for note in one.notes)
    for student, reason in sorted(failed.items()):
        yield f"{student}: could not be graded, and has no score"
        yield f"    {reason}"
    yield (
        f"{len(records)} scored, {len(failed)} could not be graded, "
        f"{sum(bool(one.notes) for one in records)} to look at"
    )


def disagreements(records: Sequence[Record]) -> Iterator[str]:
    """Each step on which replay and evidence differ, with both reports side by side."""
    for one in records:
        for two in one.disagreements:
            yield f"{one.student}, step {two.step}. {two.title}"
            yield from (f"  {left:<{WIDTH}}  {right}".rstrip() for left, right in _beside(two))
            yield ""


def _beside(two: Two) -> Iterator[tuple[str, str]]:
    heads = [
        f"{name}  [{side['points']}/{side['out_of']}]"
        for name, side in zip(ABOVE, (two.replay, two.evidence), strict=True)
    ]
    yield heads[0], heads[1]
    for left, right in zip(two.replay["claims"], two.evidence["claims"], strict=False):
        columns = [_claim(left), _claim(right)]
        for row in range(max(map(len, columns))):
            first, second = (column[row] if row < len(column) else "" for column in columns)
            yield first, second


def _claim(claim: dict[str, Any]) -> list[str]:
    """A claim of a report in lines, as `report.text` has it."""
    said = [(label, claim[label]) for label in ("found", "later", "sorry") if label in claim]
    mark = MARKS.get(claim["verdict"], "–")
    lines = wrap(f"{mark} {claim['sentence']}", WIDTH, subsequent_indent="  ")
    for label, found in said:
        lines += wrap(f"    {label}  {found}", WIDTH, subsequent_indent="    ")
    return lines
