"""nbgrader misreads outputs in many ways; each gets a row here, and scores what it should."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest
from nbgrader.utils import determine_grade

from checker.grading import scores

NB: Any = nbformat.v4


def shown(points: Any, plain: str = "2") -> Any:
    """What a check cell shows."""
    data = {"text/plain": plain, "text/html": "<p>", scores.REPORT: {"points": points}}
    return NB.new_output("execute_result", data=data, execution_count=1)


def line(said: str, to: str = "stderr") -> Any:
    """A line on a stream."""
    return NB.new_output("stream", name=to, text=said)


def bare(plain: str) -> Any:
    """A result that is no check's."""
    return NB.new_output("execute_result", data={"text/plain": plain}, execution_count=1)


FAULT = NB.new_output("error", ename="CouldNotCheck", evalue="No engine.", traceback=["No engine."])

SCORED: dict[str, tuple[list[Any], float]] = {
    "a report": ([shown(2)], 2),
    "a report of nothing": ([shown(0)], 0),
    "a report after a line on stderr": ([line("pulling"), shown(2)], 2),
    "a report before a line on stderr": ([shown(2), line("late")], 2),
    "a report whose text was changed": ([shown(2, plain="3")], 2),
    "a report with a picture": ([NB.new_output("display_data", data={}), shown(1)], 1),
    "nothing": ([], 0),
    "a line alone": ([line("fine", "stdout")], 0),
    "a bare number": ([bare("3")], 0),
    "text": ([bare("'full marks'")], 0),
    "a truth": ([bare("True")], 0),
    "not a number": ([bare("nan")], 0),
    "less than nothing": ([shown(-1)], 0),
    "more than there is": ([shown(4)], 0),
    "points that are text": ([shown("3")], 0),
    "points that are a truth": ([shown(True)], 0),
    "points that are no number": ([shown(float("nan"))], 0),
    "two reports": ([shown(3), shown(3)], 0),
    "an error": ([FAULT], 0),
    "a report and an error": ([shown(3), FAULT], 0),
}


@pytest.mark.parametrize(("outputs", "points"), SCORED.values(), ids=SCORED)
def test_only_the_checks_own_report_scores(outputs: list[Any], points: float) -> None:
    cell = NB.new_code_cell(metadata={"nbgrader": {"grade": True, "points": 3, "solution": False}})
    cell.outputs = [nbformat.from_dict(one) for one in scores.settled(outputs, 3)]  # type: ignore[no-untyped-call]

    assert determine_grade(cell) == (points, 3)


def test_a_check_without_a_report_says_so() -> None:
    (fault,) = scores.settled([], 3)

    assert fault["traceback"] == ["The check gave no report that can be scored."]
