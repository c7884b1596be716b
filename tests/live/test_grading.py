"""nbgrader on the engine at hand, without a seal: handed out, handed in, graded, told."""

from __future__ import annotations

import csv
import re
from html import unescape

import pytest

from checker import authoring
from tests.live.bench import Bench
from tests.live.nbgraded import Course, made
from tests.live.submissions import LESSON, NAME, NB, NONE, POINTS, SCORES, SUBMISSIONS, notebook

pytestmark = pytest.mark.timeout(1200)


@pytest.fixture(scope="module")
def course(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course of one lesson, registered in the gradebook, with all submissions handed in."""
    bench.images_ready(LESSON.images)
    course = made(tmp_path_factory.mktemp("course"), NAME, bench.things(), "on-engine")
    (course.folder / "solutions" / NAME / f"{NAME}.evidence.json").write_text("the author's own")
    mine = course.folder / "exercises" / NAME / "notes.txt"
    mine.write_text("mine\n")
    course.nbgrader("generate_assignment", NAME, "--force")
    for student, make in SUBMISSIONS.items():
        course.submit(student, make())
    return course


@pytest.fixture(scope="module")
def told(course: Course) -> str:
    """Everything graded, with its feedback; what autograde said."""
    said = course.nbgrader("autograde", NAME)
    course.nbgrader("generate_feedback", NAME)
    return said


def test_generating_an_assignment_hands_out_what_release_says(course: Course) -> None:
    place = course.folder / "exercises" / NAME
    made = {str(p.relative_to(place)): p.read_bytes() for p in place.rglob("*") if p.is_file()}

    assert made == authoring.release(NAME, course.folder)


def test_generating_an_assignment_keeps_work_that_stood_in_its_place(course: Course) -> None:
    (kept,) = (course.folder / ".workbook" / "kept").iterdir()

    assert (kept / "notes.txt").read_text() == "mine\n"


@pytest.mark.parametrize("student", SUBMISSIONS)
def test_a_submission_gets_its_points(course: Course, told: str, student: str) -> None:
    assert course.scores(student) == SCORES[student], told


def test_the_engine_is_as_it_was(course: Course, told: str, bench: Bench) -> None:
    assert bench.things() == course.before, told


def test_grading_tells_what_was_put_back(told: str) -> None:
    for sentence in (
        "02_containers of meddled: cell check-1 was edited and is put back",
        "02_containers of meddled: cell check-5 was removed and is put back",
        "The kernel stopped: Kernel died",
    ):
        assert sentence in told


def test_grading_says_no_word_too_many(told: str) -> None:
    assert told.partition("Traceback")[1:] == ("", "")
    assert "SAWarning" not in told
    assert "without encryption" not in told


def test_a_learners_evidence_comes_along_and_counts_for_nothing(course: Course, told: str) -> None:
    place = course.folder / "autograded" / "perfect" / NAME

    assert (place / f"{NAME}.evidence.json").read_text() == "no evidence at all", told


def test_feedback_says_what_the_checks_say(course: Course, told: str) -> None:
    page = course.feedback("half")
    words = unescape(re.sub(r"<[^>]*>", " ", page))

    for sentence in (
        "Step 1. Run a command in a container – 3 of 3 points",
        "Done container greeting runs image busybox:1.37",
        "Not yet container failed runs image python:3.13-slim",
        "found no container is named failed",
    ):
        assert sentence in " ".join(words.split()), told
    assert page.count("\n.cw{") == len(POINTS) + 1
    assert "&lt;style&gt;" not in page


def test_feedback_runs_nothing_that_a_learner_wrote(course: Course, told: str) -> None:
    page = course.feedback("half")

    assert "<script>document" not in page, told
    assert "&lt;script&gt;document" in page


def test_feedback_of_a_stopped_kernel_says_so_without_a_traceback(
    course: Course, told: str
) -> None:
    page = course.feedback("dying")

    assert "the notebook's kernel stopped before" in unescape(page), told
    assert "most recent call last" not in page


@pytest.fixture(scope="module")
def refused(course: Course, told: str, bench: Bench) -> str:
    """What autograde said of a submission when the engine held one of the lesson's objects."""
    course.submit("refused", notebook("solutions"))
    other = bench.api.create_container("busybox:1.37", name="greeting")
    try:
        said = course.nbgrader("autograde", NAME, "--student", "refused", fails=True)
        assert bench.api.inspect_container("greeting")["Id"] == other["Id"]
    finally:
        bench.api.remove_container(other["Id"])
    return said


def test_an_engine_with_the_lessons_objects_is_refused(course: Course, refused: str) -> None:
    assert (
        "The submission of refused could not be graded: container greeting must not be there "
        "before the run; see workbook reset 02_containers, then grade again."
    ) in refused
    assert course.scores("refused") == [None] * len(POINTS)


def test_scores_are_exported_and_what_was_refused_has_none(course: Course, refused: str) -> None:
    course.nbgrader("export")

    with (course.folder / "grades.csv").open() as file:
        found = {row["student_id"]: row["score"] for row in csv.DictReader(file)}
    scored = {student: str(sum(points)) for student, points in SCORES.items()}
    assert found == scored | {"refused": ""}, refused


def test_an_engine_that_does_not_answer_is_no_zero(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    course.submit("nobody", notebook("solutions"))
    monkeypatch.setenv("DOCKER_HOST", f"unix://{course.folder}/nothing.sock")

    said = course.nbgrader("autograde", NAME, "--student", "nobody", fails=True)

    assert "The submission of nobody could not be graded: No Docker engine answers at" in said
    assert course.scores("nobody") == [None] * len(POINTS)


def test_a_cell_without_end_is_stopped_and_the_rest_goes_on(course: Course) -> None:
    short = notebook("exercises")
    kept = ("setup", "run", "check-1", "background")
    short.cells = [cell for cell in short.cells if cell["id"] in kept]
    answer = "%%bash\ndocker run --name greeting busybox:1.37 echo hello from a container"
    short.cells[1].source = answer
    short.cells[3].source = "while True:\n    pass"
    short.cells.insert(3, NB.v4.new_code_cell("for _ in range(100):\n    print('x' * 100_000)"))
    course.submit("endless", short)

    course.nbgrader("autograde", NAME, "--student", "endless", "--GradeOnEngine.timeout=20")

    assert course.scores("endless") == POINTS[:1] + NONE[1:]
    page = (course.folder / "autograded" / "endless" / NAME / f"{NAME}.ipynb").read_text()
    assert "This cell took more than 20 seconds and was stopped." in page
    assert len(page) < 2_000_000
