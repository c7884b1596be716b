"""The report of a check, read in JupyterLab in every way that people read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.desk import Desk, Theme

NAMES = 'registry = "quay.io"\nofficial = "postgis/postgis"'
ENOUGH = 4.5
"""The contrast that WCAG 2 asks for text of this size (AA)."""

CONTRAST = """(element) => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const linear = (part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const luminance = (colour) => {
    const [red, green, blue] = colour.map((part) => linear(part / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const paper = (node) => {
    const colour = parts(getComputedStyle(node).backgroundColor);
    return colour.length === 4 && colour[3] === 0 ? paper(node.parentElement) : colour;
  };
  const both = [parts(getComputedStyle(element).color), paper(element)].map(luminance);
  return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
}"""


@pytest.fixture(autouse=True)
def light_again(desk: Desk) -> Iterator[None]:
    """JupyterLab is light for the next test."""
    yield
    desk.wears("Light")


@pytest.fixture
def report(desk: Desk) -> Locator:
    """A report with right and wrong lines."""
    desk.runs("setup")
    desk.types("name", NAMES)
    desk.runs("name")
    desk.runs("check-2")
    return desk.report("check-2")


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_every_word_stands_out_in_light_and_dark(desk: Desk, report: Locator, theme: Theme) -> None:
    desk.wears(theme)

    parts = report.locator("p, .cw-mark, li > span, dt, dd").all()
    faint = [(p.inner_text(), c) for p in parts if (c := p.evaluate(CONTRAST)) < ENOUGH]

    assert len(parts) > 10
    assert faint == []


def test_the_overview_opens_and_closes_by_keyboard(desk: Desk) -> None:
    desk.runs("setup")
    step = desk.report("setup").locator("details")
    claim = step.first.get_by_text("image python:3.13-slim is there")
    step.first.locator("summary").focus()

    expect(claim).to_be_hidden()
    desk.page.keyboard.press("Enter")
    expect(claim).to_be_visible()
    desk.page.keyboard.press("Space")
    expect(claim).to_be_hidden()
    desk.page.keyboard.press("Tab")
    expect(step.nth(1).locator("summary")).to_be_focused()
