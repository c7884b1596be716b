"""nbgrader with a seal for each submission: points, records, feedback, and what is no score."""

from __future__ import annotations

import re
from copy import deepcopy
from html import unescape

import pytest

from checker.evidence import from_json, to_json
from checker.model import Evidence
from tests import course_copy
from tests.live.bench import Bench
from tests.live.nbgraded import NB, Course, made
from tests.live.submissions import (
    LESSON,
    NAME,
    NONE,
    POINTS,
    dying,
    half,
    meddled,
    named,
    notebook,
)

pytestmark = pytest.mark.timeout(900)

GOLDEN = (course_copy.ROOT / "tests" / "evidence" / f"{NAME}.json").read_bytes()
EVIDENCE = f"{NAME}.evidence.json"
SCORES = {
    "perfect": POINTS,
    "half": POINTS[:3] + NONE[3:],
    "meddled": [*POINTS[:4], 0.0, *POINTS[5:]],
    "dying": POINTS,
}


@pytest.fixture(scope="module")
def course(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course whose submissions come with evidence: true, of more, of nothing, and none."""
    bench.images_ready(LESSON.images)
    course = made(tmp_path_factory.mktemp("course"), NAME, bench.things(), "sealed")
    course.nbgrader("generate_assignment", NAME, "--force")
    course.submit("perfect", notebook("solutions"), {EVIDENCE: GOLDEN})
    course.submit("half", half(), {EVIDENCE: GOLDEN})
    course.submit("meddled", meddled(), {EVIDENCE: b"no evidence at all"})
    course.submit("dying", dying(), {EVIDENCE: to_json(Evidence(lesson=NAME))})
    return course


@pytest.fixture(scope="module")
def told(course: Course) -> str:
    """Everything graded, with its feedback; what autograde said."""
    said = course.nbgrader("autograde", NAME)
    course.nbgrader("generate_feedback", NAME)
    return said


@pytest.mark.parametrize("student", SCORES)
def test_a_submission_gets_its_points(course: Course, told: str, student: str) -> None:
    assert course.scores(student) == SCORES[student], told


@pytest.mark.parametrize("student", SCORES)
def test_the_record_has_the_points_of_the_gradebook(
    course: Course, told: str, student: str
) -> None:
    assert course.record(student).points == sum(SCORES[student])


def test_the_engine_is_as_it_was(course: Course, told: str, bench: Bench) -> None:
    there = bench.things().beyond(course.before)

    assert not (there.containers | there.networks | there.volumes), told


def test_a_line_on_stderr_and_a_traceback_of_ours_is_not_said(course: Course, told: str) -> None:
    assert "Traceback" not in told
    assert "SAWarning" not in told


def test_what_was_noticed_is_told_to_the_instructor_and_not_to_the_learner(
    course: Course, told: str
) -> None:
    notes = course.record("meddled").notes
    words = unescape(re.sub(r"<[^>]*>", " ", course.feedback("meddled")))

    assert notes == (
        "cell check-1 was edited and is put back",
        "cell check-3 is there twice, and the last one counts",
        "cell check-5 was removed and is put back",
        f"{EVIDENCE} is no evidence: it is not JSON of ours (JSON is malformed: "
        "invalid character (byte 4))",
    )
    assert "put back" not in words
    assert "was not in the notebook that was handed in" in words


def test_evidence_that_agrees_is_no_disagreement(course: Course, told: str) -> None:
    assert course.record("perfect").disagreements == ()
    assert course.record("perfect").notes == ()


def test_evidence_of_more_than_the_notebook_does_is_listed(course: Course, told: str) -> None:
    found = course.record("half").disagreements

    assert [two.step for two in found] == [4, 5, 6]
    assert [two.evidence["points"] for two in found] == POINTS[3:]
    assert [two.replay["points"] for two in found] == NONE[3:]


def test_what_the_replay_saw_is_kept(course: Course, told: str) -> None:
    place = course.folder / "autograded" / "perfect" / NAME
    evidence = from_json((place / f"{NAME}.replay.grading.json").read_bytes())

    assert len(evidence.snapshots) > len(POINTS)


def test_records_are_not_handed_back(course: Course, told: str) -> None:
    assert list((course.folder / "feedback").rglob("*.grading.json")) == []


def test_feedback_says_what_the_checks_said_and_how_it_was_graded(
    course: Course, told: str
) -> None:
    words = " ".join(unescape(re.sub(r"<[^>]*>", " ", course.feedback("half"))).split())

    for sentence in (
        "Step 1. Run a command in a container – 3 of 3 points",
        "Not yet container failed runs image python:3.13-slim",
        "found no container is named failed",
        "How this was graded.",
        "in an engine that was empty before",
    ):
        assert sentence in words, told


def test_feedback_holds_no_path_of_this_machine_and_no_other_learner(
    course: Course, told: str
) -> None:
    for student in SCORES:
        page = course.feedback(student)
        words = unescape(re.sub(r"<[^>]*>", " ", page))
        assert str(course.folder) not in page
        assert str(course_copy.ROOT) not in page
        assert not [name for name in set(SCORES) - {student, "half"} if f" {name} " in words]


def test_an_engine_that_does_not_answer_is_no_zero_and_the_next_run_grades(
    course: Course, told: str
) -> None:
    one = notebook("exercises")
    one.cells = [one.cells[named(one.cells, name)] for name in ("setup", "run", "check-1")]
    course.submit("waiting", deepcopy(one), {})
    nowhere = f"unix://{course.folder}/nothing.sock"

    said = course.nbgrader("autograde", NAME, fails=True, DOCKER_HOST=nowhere)
    before = course.scores("waiting")
    again = course.nbgrader("autograde", NAME)

    assert "The submission of waiting could not be graded: " in said
    assert said.rstrip().splitlines()[-1] == (
        f"1 of lesson {NAME} could not be graded and has no score. "
        f"The reasons: workbook grading outcomes {NAME}"
    )
    assert "Traceback" not in said
    assert before == [None] * len(POINTS)
    assert course.scores("waiting") == NONE
    assert again.count("Skipping existing assignment") == len(SCORES)


def test_with_force_a_submission_is_run_again(course: Course, told: str) -> None:
    one = NB.v4.new_notebook(cells=[])
    course.submit("again", one, {})
    first = course.nbgrader("autograde", NAME, "--student=again")
    second = course.nbgrader("autograde", NAME, "--student=again", "--force")

    assert "Skipping" not in first
    assert "Skipping" not in second
    assert course.scores("again") == NONE
