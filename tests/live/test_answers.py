"""Other right ways earn all points; wrong answers lose exactly what they break."""

from __future__ import annotations

import pytest

from checker import lessons
from tests.live.ahead import Ahead, Job
from tests.live.cases import Case, Lost, StepAnswers, every, file_of, read
from tests.live.harness import Harness, as_yaml, losses, same


def answer(
    harness: Harness, lesson: str, step: int, answers: StepAnswers, case: Case
) -> tuple[str, tuple[Lost, ...]]:
    """The points of a learner who gives this answer, and the lines lost."""
    report = harness.outcome(lessons.find(lesson), step, answers, case)
    return f"{report.points} of {report.out_of} points", losses(report)


STEPS = [(one.name, n) for one in lessons.every() for n in range(1, len(one.steps) + 1)]
CASES = [
    pytest.param(
        (answer, (lesson, step, answers, case)), id=f"{lesson}-step_{step}-{way}-{case.name}"
    )
    for lesson, step, answers in every()
    for way, case in answers.cases()
]


@pytest.mark.parametrize("job", CASES)
def test_answer(harness: Harness, ahead: Ahead, job: Job) -> None:
    """A right answer loses nothing; a wrong one loses the lines it names."""
    case: Case = job[1][-1]
    points, seen = ahead.result(harness, job)

    assert same(case.loses, seen), (
        f"{case.name}: {points}\n"
        f"--- seen ---\n{as_yaml(seen)}--- expected ---\n{as_yaml(case.loses)}"
    )


@pytest.mark.parametrize(("lesson", "step"), STEPS, ids=[f"{one}-step_{n}" for one, n in STEPS])
def test_each_step_has_answers(lesson: str, step: int) -> None:
    """At least three other right ways and five wrong ones are known for each step."""
    answers = read(file_of(lesson, step))

    assert len(answers.right) >= 3
    assert len(answers.wrong) >= 5


def test_no_answers_without_a_step() -> None:
    """Every file of answers belongs to a step that there is."""
    assert {(lesson, step) for lesson, step, _ in every()} <= set(STEPS)
