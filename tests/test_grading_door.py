"""The last look at a submission: no links go into autograded/, no notebook fills the machine."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from checker.grading.intake.door import fault_of, without_links
from checker.grading.intake.names import Limits

CELL: dict[str, Any] = {
    "id": "one",
    "cell_type": "code",
    "source": "1",
    "metadata": {},
    "outputs": [],
    "execution_count": None,
}


def notebook(*cells: object, **more: object) -> dict[str, Any]:
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells), **more}


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    """A submission beside things that are nobody's business."""
    (tmp_path / "gradebook.db").write_text("all marks")
    place = tmp_path / "submitted" / "anna" / "04_volumes"
    place.mkdir(parents=True)
    (place / "04_volumes.ipynb").write_text(json.dumps(notebook(CELL)))
    return place


def hook(place: Path) -> None:
    without_links(assignment="04_volumes", student="*", notebooks=[str(place / "04_volumes.ipynb")])


def test_links_are_taken_out_and_what_they_lead_to_stays(submission: Path) -> None:
    (submission / "g.db").symlink_to("../../../gradebook.db")
    (submission / "data").mkdir()
    (submission / "data" / "all").symlink_to("/")
    (submission / "dangling").symlink_to("nothing")
    os.mkfifo(submission / "waits-for-ever")

    hook(submission)

    left = {one.relative_to(submission).as_posix() for one in submission.rglob("*")}
    assert left == {"04_volumes.ipynb", "data"}
    assert (submission / "../../../gradebook.db").read_text() == "all marks"


def test_a_submission_that_is_a_link_is_not_followed(submission: Path) -> None:
    other = submission.parents[1] / "bert" / "04_volumes"
    other.parent.mkdir()
    other.symlink_to(submission)

    hook(other)

    assert not other.is_symlink()
    assert (submission / "04_volumes.ipynb").exists()


def test_a_notebook_that_was_a_link_cannot_be_graded(submission: Path) -> None:
    path = submission / "04_volumes.ipynb"
    path.unlink()
    path.symlink_to("../../../gradebook.db")

    assert fault_of(path, Limits()) == "04_volumes.ipynb is a link or no file"
    hook(submission)
    assert fault_of(path, Limits()) == "04_volumes.ipynb was a link, which is not followed"


DEEP = "[" * 200_000


@pytest.mark.parametrize(
    ("holds", "said"),
    [
        (b"no notebook", "n.ipynb is no notebook that can be read"),
        (b"\xff\xfe", "n.ipynb is no notebook that can be read"),
        (DEEP.encode(), "n.ipynb is no notebook that can be read"),
        (b"[]", "it is no notebook of format 4"),
        (json.dumps(notebook(nbformat=3)).encode(), "it is no notebook of format 4"),
        (json.dumps(notebook(metadata=[])).encode(), "it is no notebook of format 4"),
        (json.dumps(notebook(cells={})).encode(), "it is no notebook of format 4"),
        (json.dumps(notebook(CELL, 7)).encode(), "its cell 2 is not as notebooks have them"),
        (
            json.dumps(notebook({**CELL, "cell_type": "heading"})).encode(),
            "its cell 1 is not as notebooks have them",
        ),
        (
            json.dumps(notebook({**CELL, "source": [1]})).encode(),
            "its cell 1 is not as notebooks have them",
        ),
        (
            json.dumps(notebook({**CELL, "metadata": {"nbgrader": "x"}})).encode(),
            "its cell 1 is not as notebooks have them",
        ),
        (
            json.dumps(notebook(*[CELL] * 2001)).encode(),
            "it has 2,001 cells, and 2,000 are allowed",
        ),
    ],
    ids=range(12),
)
def test_a_notebook_that_cannot_be_graded_says_why(tmp_path: Path, holds: bytes, said: str) -> None:
    (tmp_path / "n.ipynb").write_bytes(holds)

    assert fault_of(tmp_path / "n.ipynb", Limits()) == said


def test_a_notebook_of_100_megabytes_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "n.ipynb").open("wb") as file:
        file.truncate(100_000_000)

    assert fault_of(tmp_path / "n.ipynb", Limits()) == (
        "n.ipynb has 100,000,000 bytes, and 20,000,000 are allowed; "
        "without its outputs it is smaller"
    )


def test_a_notebook_as_it_should_be_comes_through(submission: Path) -> None:
    assert fault_of(submission / "04_volumes.ipynb", Limits()) == ""
