"""Evidence that was handed in, beside a replay: when they differ, and how that is shown."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from nbgrader.api import Gradebook

from checker import lessons
from checker.cli import main
from checker.evidence import from_json, to_json
from checker.grading import compare, record, replay
from checker.grading.outcome import CouldNotGrade, ending, keep_reason, reason_of
from checker.grading.seal import Limits
from checker.judge import Report, judge, judge_step
from checker.lesson import Lesson, lesson, step
from checker.model import Evidence
from checker.session import at_best
from checker.words import container
from tests.builders import a_container, a_snapshot, an_image, seen

LESSON = lessons.find("01_images")
GOLDEN = Path(__file__).parent / "evidence" / "01_images.json"

web = container("web")
pytestmark = pytest.mark.filterwarnings("ignore:Object of type <Submitted")
"""nbgrader's way to add a submission makes SQLAlchemy warn three times for each."""

RUNS = lesson("Does it run?", step("Run it", web.is_running()), minutes=1)
UP, DOWN = a_snapshot(a_container(), taken="1"), a_snapshot(taken="2")


def replayed(evidence: Evidence, of: Lesson = LESSON) -> dict[int, Any]:
    """What a replay that saw this would report."""
    numbers = range(1, len(of.steps) + 1)
    return {number: judge_step(number, of.step(number), evidence) for number in numbers}


def test_the_best_moment_of_a_step_counts_not_the_last() -> None:
    assert at_best(1, RUNS, seen(DOWN, UP, DOWN)).done


def test_no_evidence_at_all_has_no_best_moment() -> None:
    assert at_best(1, RUNS, seen()).points == 0


def test_only_the_last_moments_are_judged() -> None:
    assert not at_best(1, RUNS, seen(UP, DOWN, DOWN, DOWN, DOWN), 2).done
    assert at_best(1, RUNS, seen(UP, DOWN, DOWN, DOWN, DOWN), 5).done


def test_a_replay_that_earns_what_the_evidence_does_agrees() -> None:
    golden = from_json(GOLDEN.read_bytes())
    best = {n: at_best(n, LESSON, golden) for n in range(1, len(LESSON.steps) + 1)}

    assert list(compare.disagreements(LESSON, golden, best)) == []


def test_a_replay_that_earns_less_is_listed_with_both_reports() -> None:
    golden = from_json(GOLDEN.read_bytes())

    first = next(compare.disagreements(LESSON, golden, replayed(seen())))

    assert (first.step, first.replay["points"], first.evidence["points"]) == (1, 0, 2)
    assert first.evidence["claims"][0]["verdict"] == "held"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is no evidence: it is not JSON of ours"),
        (b"[" * 5000, "is no evidence: it is not JSON of ours"),
        (b'{"version": 9}', "is no evidence: its version is 9"),
        (to_json(Evidence(lesson="04_volumes")), "is of lesson '04_volumes'"),
        (b" " * 101, "has more than 100 bytes"),
    ],
    ids=["empty", "nested", "newer", "another lesson's", "large"],
)
def test_what_cannot_be_judged_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, why: str
) -> None:
    if data.startswith(b" "):
        monkeypatch.setattr(compare, "MOST_BYTES", 100)
    (tmp_path / "01_images.evidence.json").write_bytes(data)

    with pytest.raises(compare.Unreadable, match=why):
        compare.handed_in(tmp_path, "01_images")


def test_a_link_is_no_evidence(tmp_path: Path) -> None:
    (tmp_path / "01_images.evidence.json").symlink_to(GOLDEN)

    assert compare.handed_in(tmp_path, "01_images") is None


@dataclass
class Grader:
    """The engine of a replay: it saw this, and knows no answers."""

    saw: Evidence

    def check(self, number: int, _: object) -> Report:
        """The report on what was seen."""
        return judge(MAY_DIFFER, self.saw, number)

    def answers(self, _: object) -> dict[str, Any]:
        """No variables."""
        return {}


MAY_DIFFER = lesson(
    "Alone?",
    step("Ask a neighbour", web.is_running(), on_evidence="it takes another computer"),
    minutes=1,
)


def beside(saw: Evidence, handed_in: Evidence | None) -> replay.Replay:
    """A replay that saw this, beside what was handed in."""
    grader: Any = Grader(saw)
    return replay.Replay(MAY_DIFFER, grader, grader, Limits(), handed_in)


def judged(saw: Evidence, handed_in: Evidence | None) -> tuple[str, str, set[int]]:
    """Points, page, and steps judged on evidence, of a replay beside what was handed in."""
    one = beside(saw, handed_in)
    found = one.check(1)["data"]
    return found["text/plain"], found["text/html"], one.on_evidence


def test_a_step_that_the_replay_does_not_repeat_is_judged_on_evidence_and_says_so() -> None:
    points, page, on_evidence = judged(seen(DOWN), seen(UP))

    assert (points, on_evidence) == ("1", {1})
    assert "judged on the evidence that was handed in: it takes another" in page


def test_what_the_replay_saw_is_kept_where_evidence_counts() -> None:
    one = beside(seen(DOWN), seen(UP))

    one.check(1)

    assert (one.replayed[1].points, one.reports[1].points) == (0, 1)


def test_a_step_that_the_replay_repeats_needs_no_evidence() -> None:
    points, page, on_evidence = judged(seen(UP), seen(DOWN))

    assert (points, on_evidence) == ("1", set())
    assert "evidence" not in page


def test_evidence_that_shows_no_more_than_the_replay_does_not_count() -> None:
    points, page, on_evidence = judged(seen(DOWN), seen(DOWN))

    assert (points, on_evidence) == ("0", set())
    assert "judged on the evidence" not in page


def test_without_evidence_such_a_step_earns_what_the_replay_shows_and_says_so() -> None:
    points, page, on_evidence = judged(seen(DOWN), None)

    assert (points, on_evidence) == ("0", set())
    assert "No evidence was handed in" in page


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A gradebook in which ada and bob handed in lesson 1, and bob has two points."""
    file = tmp_path_factory.mktemp("book") / "gradebook.db"
    with pytest.MonkeyPatch.context() as patch:
        tools = str(Path(sys.executable).parent)  # nbgrader calls alembic by name
        patch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
        with Gradebook(f"sqlite:///{file}") as book:
            fill(book)
    return file.read_bytes()


def fill(book: Any) -> None:
    """Put an assignment, two learners and two submissions into a gradebook."""
    book.add_assignment("01_images")
    book.add_notebook("01_images", "01_images")
    cells = {"notebook": "01_images", "assignment": "01_images", "cell_type": "code"}
    book.add_grade_cell("check-1", max_score=2, **cells)
    for name in ("pull", "tag"):
        book.add_solution_cell(name, "01_images", "01_images")
    for student in ("ada", "bob"):
        book.add_student(student)
        book.add_submission("01_images", student)
    book.find_grade("check-1", "01_images", "01_images", "bob").auto_score = 2
    book.db.commit()


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gradebook: bytes) -> Path:
    """A course with that gradebook."""
    for kind in ("exercises", "solutions"):
        (tmp_path / kind / "01_images").mkdir(parents=True)
    (tmp_path / "gradebook.db").write_bytes(gradebook)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fail(course: Path, student: str, reason: str) -> None:
    """Let grading of a submission fail."""
    names = {"notebook": "01_images", "assignment": "01_images", "student": student}
    keep_reason({**names, "db_url": f"sqlite:///{course}/gradebook.db"}, reason)


def graded(course: Path, student: str, **changes: Any) -> None:
    """Let a submission be graded."""
    folder = course / "autograded" / student / "01_images"
    folder.mkdir(parents=True)
    usual = {"points": 1, "out_of": 20, "seconds": 12.5, "cells": 9}
    one = record.Record(lesson="01_images", student=student, **{**usual, **changes})
    record.write(one, seen(), folder)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ("grading", *arguments))


def test_what_could_not_be_graded_waits_for_a_human_and_has_no_score(course: Path) -> None:
    fail(course, "bob", "the engine stopped")

    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        grade = book.find_grade("check-1", "01_images", "01_images", "bob")
        submission = book.find_submission("01_images", "bob")
        assert (grade.auto_score, grade.needs_manual_grade) == (None, True)
        assert submission.needs_manual_grade
        comments = {one.name: one.auto_comment for one in submission.notebooks[0].comments}
    assert comments == {"pull": "Could not be graded: the engine stopped", "tag": None}


def test_outcomes_are_told_one_by_one_and_counted(course: Path) -> None:
    graded(course, "bob", notes=("cell check-1 was edited and is put back",), on_evidence=(2,))
    fail(course, "ada", "the engine stopped")

    result = run("outcomes", "1")

    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "bob: 1 of 20 points, in 12.5 seconds",
        "    judged on evidence: step 2",
        "    look at it: cell check-1 was edited and is put back",
        "ada: could not be graded, and has no score",
        "    the engine stopped",
        "1 scored, 1 could not be graded, 1 to look at",
    ]


def test_outcomes_of_what_nobody_handed_in_are_empty(course: Path) -> None:
    result = run("outcomes", "1")

    assert (result.exit_code, result.output) == (
        0,
        "0 scored, 0 could not be graded, 0 to look at\n",
    )


def test_outcomes_are_data_for_programs(course: Path) -> None:
    graded(course, "bob")
    fail(course, "ada", "the engine stopped")

    found = json.loads(run("outcomes", "1", "--json").output)

    assert [one["student"] for one in found["scored"]] == ["bob"]
    assert found["could not be graded"] == {"ada": "the engine stopped"}


def test_disagreements_stand_side_by_side(course: Path) -> None:
    golden = from_json(GOLDEN.read_bytes())
    saw = seen(a_snapshot(an_image("busybox:1.37")))
    two = next(compare.disagreements(LESSON, golden, replayed(saw)))
    graded(course, "bob", disagreements=(two,))

    result = run("disagreements", "1")

    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0] == "bob, step 1. Pull two images"
    assert "replayed  [1/2]" in lines[1]
    assert lines[1].endswith("evidence handed in  [2/2]")
    assert lines[2].startswith("  ✗ image python:3.13-slim is there")
    assert lines[2].endswith("  ✓ image python:3.13-slim is there")
    assert lines[-1] == "Evidence and replay differ in 1 steps of 1 submissions."


def test_without_disagreements_there_is_nothing_to_list(course: Path) -> None:
    graded(course, "bob")

    assert run("disagreements", "1").exit_code == 0
    assert run("disagreements", "1", "--json").output == "[]\n"


def test_the_last_lines_count_what_could_not_be_graded() -> None:
    assert ending({"01_images": 1, "04_volumes": 3}) == (
        "1 of lesson 01_images could not be graded and has no score. "
        "The reasons: workbook grading outcomes 01_images\n"
        "3 of lesson 04_volumes could not be graded and have no score. "
        "The reasons: workbook grading outcomes 04_volumes"
    )


def test_a_reason_of_ours_stays_and_one_of_others_becomes_a_line() -> None:
    assert reason_of(CouldNotGrade("the mirror is away; start it")) == (
        "the mirror is away; start it"
    )
    assert reason_of(ValueError("bad\x1b[31m thing\nmore")) == (
        "its notebook cannot be read or run (ValueError: bad [31m thing); "
        "open it, and grade it by hand."
    )
