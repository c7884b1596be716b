"""Every attack is graded between honest neighbours; it gets nothing, and they their points."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from html.parser import HTMLParser

import pytest
from nbgrader.api import Gradebook

from tests.hostile.attacks import CANARY, FULL, TAKEN, Attack
from tests.hostile.handing import EVERY, HONEST, LIMITS, scored, short
from tests.live.bench import Bench
from tests.live.nbgraded import NB, Course
from tests.live.submissions import NAME

pytestmark = pytest.mark.timeout(900)


@pytest.mark.parametrize("student", HONEST)
def test_an_honest_neighbour_is_graded(course: Course, told: str, student: str) -> None:
    assert scored(course, student) == FULL, told


@pytest.mark.parametrize("attack", EVERY, ids=lambda attack: attack.name)
def test_an_attack_changes_no_score(course: Course, told: str, attack: Attack) -> None:
    assert scored(course, attack.name) == attack.scores, told


@pytest.mark.parametrize(
    "attack", [one for one in EVERY if one.scores is not None], ids=lambda attack: attack.name
)
def test_an_attack_gets_nothing(course: Course, told: str, attack: Attack) -> None:
    outputs = json.dumps([cell.get("outputs", []) for cell in course.graded(attack.name).cells])

    assert TAKEN not in outputs, outputs[:5000]
    assert CANARY not in outputs
    for words in attack.says:
        assert words in outputs
    assert len(outputs) < 3_000_000


def test_nobodys_manual_score_was_written(course: Course, told: str) -> None:
    with Gradebook(f"sqlite:///{course.folder}/gradebook.db") as book:
        grades = [
            grade.manual_score
            for submission in book.assignment_submissions(NAME)
            for notebook in submission.notebooks
            for grade in notebook.grades
        ]
    assert set(grades) == {None}, told


def test_the_engine_is_as_it_was(course: Course, told: str, bench: Bench) -> None:
    there = bench.things().beyond(course.before)

    assert not (there.containers | there.networks | there.volumes), told


class Running(HTMLParser):
    """Collects what a page would run: scripts, and attributes that hold them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.script = tag == "script"
        self.found += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        self.script = False

    def handle_data(self, data: str) -> None:
        if self.script and "taken" in data:
            self.found.append(data)


def test_feedback_of_scripts_runs_none(course: Course, told: str) -> None:
    page = Running()
    page.feed(course.feedback("writes_scripts"))

    assert page.found == []


def test_feedback_shows_no_path_of_this_machine_and_nobody_else(course: Course, told: str) -> None:
    for attack in EVERY:
        if attack.scores is not None:
            page = course.feedback(attack.name)
            others = {one.name for one in EVERY} - {attack.name} | set(HONEST)
            assert str(course.folder) not in page
            assert not [name for name in others if name in page]


def test_a_graded_submission_keeps_no_link(course: Course, told: str) -> None:
    links = [path for path in (course.folder / "autograded").rglob("*") if path.is_symlink()]

    assert links == []


def written(course: Course, student: str, text: str) -> None:
    """Hand in these words as a notebook."""
    place = course.submit(student, short(), {})
    (place / f"{NAME}.ipynb").write_text(text)


def with_cells(count: int) -> str:
    """A notebook of very many cells."""
    many = short()
    many.cells += [deepcopy(NB.v4.new_code_cell("pass")) for _ in range(count)]
    text: str = NB.writes(many)
    return text


NOTEBOOKS: dict[str, Callable[[], str]] = {
    "has_100_megabytes": lambda: with_cells(1).replace('"pass"', '"' + "x" * 100_000_000 + '"'),
    "has_10000_cells": lambda: with_cells(10_000),
    "has_a_wrong_schema": lambda: json.dumps({"cells": {"a": 1}, "nbformat": 4, "metadata": []}),
    "is_no_json": lambda: "[" * 100_000,
    "is_empty": lambda: "",
}

REASONS = {
    "has_100_megabytes": "and 20,000,000 are allowed",
    "has_10000_cells": "it has 10,003 cells, and 2,000 are allowed",
    "has_a_wrong_schema": "it is no notebook of format 4",
    "is_no_json": "is no notebook that can be read",
    "is_empty": "is no notebook that can be read",
}


@pytest.fixture(scope="module")
def unread(course: Course, told: str) -> str:
    """What autograde said of notebooks that are none."""
    for student, text in NOTEBOOKS.items():
        written(course, student, text())
    return course.nbgrader("autograde", NAME, *LIMITS, fails=True)


@pytest.mark.parametrize("student", NOTEBOOKS)
def test_a_notebook_that_is_none_has_no_score_but_a_reason(
    course: Course, unread: str, student: str
) -> None:
    assert scored(course, student) is None
    reason = f"The submission of {student} could not be graded: "
    assert re.search(f"{re.escape(reason)}.*{re.escape(REASONS[student])}", unread)
    assert "Traceback" not in unread


def test_the_last_line_counts_what_could_not_be_graded(course: Course, unread: str) -> None:
    waiting = sum(one.scores is None for one in EVERY) + len(NOTEBOOKS)

    assert unread.rstrip().endswith(
        f"{waiting} of lesson {NAME} could not be graded and have no score. "
        f"The reasons: workbook grading outcomes {NAME}"
    )


def test_what_was_graded_is_not_graded_again(course: Course, unread: str) -> None:
    assert unread.count("Skipping existing assignment") == len(HONEST) + sum(
        one.scores is not None for one in EVERY
    )
