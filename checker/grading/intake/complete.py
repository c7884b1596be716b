"""What a submission is graded with beside its notebook: the learner's files, and what lacks."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from checker.authoring.release import handed_out
from checker.grading.intake.door import without_links


def complete(*, notebooks: list[str], **_: object) -> None:
    """Take links out of submissions, and lay beside each what nbgrader does not copy itself.

    nbgrader calls this before it copies a submission, leaves notebooks in subfolders where they
    are, and may be told not to put the course's files over the learner's: then a file that is not
    in the submission would lack. What is laid out here stays unless the submission has it.
    """
    without_links(notebooks=notebooks)
    for submission in {Path(notebook).parent for notebook in notebooks}:
        root = submission.parents[2]
        source = root / "solutions" / submission.name
        target = root / "autograded" / submission.parent.name / submission.name
        lay(source, handed_out(source), target)
        nested = (path.relative_to(submission) for path in submission.glob("*/**/*.ipynb"))
        lay(submission, map(str, nested), target)


def lay(source: Path, names: Iterable[str], target: Path) -> None:
    """Copy these files, with the folders that they are in."""
    for name in names:
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, place)
