"""An instructor opens nbgrader's formgrader; a learner has none."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import LESSON
from tests.browser.desk import Desk, server

FORMGRADER = "formgrader/manage_assignments"


def test_a_learner_has_no_formgrader(desk: Desk) -> None:
    answer = desk.page.request.get(f"{server(desk.page.url)}/{FORMGRADER}")
    assert answer.status == 404


def test_an_instructor_sees_the_lessons_in_the_formgrader(instructors_desk: Desk) -> None:
    instructors_desk.does("nbgrader:open-formgrader")
    formgrader = instructors_desk.page.frame_locator("iframe")
    expect(formgrader.get_by_role("heading", name="Manage Assignments")).to_be_visible()
    expect(formgrader.get_by_role("row").filter(has_text=LESSON)).to_be_visible()
