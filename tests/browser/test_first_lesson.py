"""A newcomer does lesson 1 in JupyterLab; the tests go on where the one before left off."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from checker import lessons
from tests.browser.conftest import LESSON
from tests.browser.desk import Desk
from tests.live.notebooks import solution

HALF_DONE = """
- 'group "Check of lesson 01_images: 1 of 2 points"':
  - paragraph:
    - strong: Step 1. Pull two images – 1 of 2 points
  - list:
    - listitem: Done image python:3.13-slim is there
    - listitem:
      - text: Not yet image busybox:1.37 is there
      - term: found
      - definition: no image is named busybox:1.37
      - term: hint
      - definition: docker pull busybox:1.37 downloads it. {}
""".format("Without a tag, Docker takes the tag latest.")


def turns() -> dict[str, str]:
    """What the solution types into the learner's cells."""
    cells = [(cell, cell.metadata.get("nbgrader", {})) for cell in solution(LESSON).cells]
    return {said["grade_id"]: cell.source for cell, said in cells if said.get("solution")}


def shown(outputs: list[Any]) -> dict[str, Any]:
    """The kinds in which a cell's only output is there."""
    (output,) = outputs
    data: dict[str, Any] = output["data"]
    return data


def test_nothing_stands_between_a_newcomer_and_the_lesson(desk: Desk) -> None:
    expect(desk.page.get_by_role("dialog")).to_have_count(0)
    expect(desk.page.locator(".Toastify__toast, .jp-toast-viewport *")).to_have_count(0)
    expect(desk.page.get_by_role("heading", name="1. Images").first).to_be_visible()


def test_a_wrong_answer_is_told_with_what_was_found_and_what_to_do(desk: Desk) -> None:
    desk.runs("setup")
    desk.types("pull", "%%bash\ndocker pull python:3.13-slim")
    desk.runs("pull")
    data = shown(desk.runs("check-1"))

    assert data["text/plain"] == "1"
    report = desk.report("check-1")
    expect(report).to_be_visible()
    expect(report).to_match_aria_snapshot(HALF_DONE)
    expect(report).to_contain_text("✓ Done image python:3.13-slim is there")
    expect(report).to_contain_text("✗ Not yet image busybox:1.37 is there")


def test_the_right_answers_earn_every_point_and_stay_after_a_reload(desk: Desk) -> None:
    steps = lessons.find(LESSON).steps
    answers = turns()
    for number, name in desk.code().items():
        if name in answers:
            desk.types(name, answers[name])
        outputs = desk.runs(number)
        assert not [one for one in outputs if one["output_type"] == "error"]

    earned = {n: shown(desk.outputs(f"check-{n}"))["text/plain"] for n in range(1, len(steps) + 1)}
    assert earned == {n: str(step.points) for n, step in enumerate(steps, 1)}

    desk.reload()

    for number, step in enumerate(steps, 1):
        assert shown(desk.outputs(f"check-{number}"))["text/plain"] == str(step.points)
        report = desk.report(f"check-{number}")
        expect(report.get_by_role("listitem")).to_have_count(step.points)
        expect(report.get_by_text("✓ Done")).to_have_count(step.points)
