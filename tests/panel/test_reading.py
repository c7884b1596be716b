"""The panel for those who read it otherwise: screen readers, themes, large letters, no motion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from playwright.sync_api import expect

from tests.browser.desk import WINDOW, Desk, Theme
from tests.browser.test_report import CONTRAST, ENOUGH
from tests.live.relay import Relay
from tests.panel.sidebar import Sidebar
from tests.panel.test_ticks import RUNS, docker, greet

WORDS = "h2, h3, p:not(:empty), summary, .cwp-badge, li > span, dt, dd, button"

CONTRASTS = f"""(nodes) => {{
  const contrast = {CONTRAST};
  return nodes.filter((node) => node.checkVisibility())
    .map((node) => [node.innerText, contrast(node)]);
}}"""


@pytest.fixture(autouse=True)
def as_before(desk: Desk) -> Iterator[None]:
    """JupyterLab is light and of the usual size for the next test."""
    yield
    desk.page.set_viewport_size(WINDOW)
    desk.wears("Light")


def read(desk: Desk, sidebar: Sidebar, what: str) -> None:
    """Have axe-core read the panel in all themes, and look at each word's contrast."""
    for theme in get_args(Theme):
        desk.wears(theme)
        assert sidebar.faults() == [], f"{what}, {theme}"
        found = sidebar.node.locator(WORDS).evaluate_all(CONTRASTS)
        assert len(found) > 3
        assert [w for w, contrast in found if contrast < ENOUGH] == [], f"{what}, {theme}"


def test_nobody_is_left_out_while_steps_are_done(desk: Desk, sidebar: Sidebar) -> None:
    sidebar.press("Hint: step 1")
    read(desk, sidebar, "a step to do, with a hint")
    greet()
    sidebar.ticks(RUNS)
    read(desk, sidebar, "a step done")
    docker("rm", "greeting")
    expect(sidebar.step(1).locator("summary")).to_contain_text("✓ Was done")
    read(desk, sidebar, "a step that was done")


def test_nobody_is_left_out_by_dialogs(desk: Desk, sidebar: Sidebar) -> None:
    greet()
    sidebar.ticks(RUNS)
    sidebar.press("Reset this step: step 1")
    expect(sidebar.dialog).to_be_visible()
    read(desk, sidebar, "a reset")
    sidebar.page.keyboard.press("Escape")
    sidebar.press("Look at the map")
    expect(sidebar.dialog.get_by_role("img")).to_be_visible()
    read(desk, sidebar, "the map")
    sidebar.page.keyboard.press("Escape")


def test_nobody_is_left_out_when_something_is_gone(
    desk: Desk, sidebar: Sidebar, relay: Relay
) -> None:
    relay.cut()
    expect(sidebar.node.locator(".cwp-trouble")).to_be_visible()
    read(desk, sidebar, "no engine")
    relay.begin()
    expect(sidebar.node.locator(".cwp-trouble")).to_have_count(0)
    desk.does("docmanager:save-all")
    desk.does("application:close-all")
    expect(sidebar.node).to_contain_text("Open the notebook of a lesson")
    read(desk, sidebar, "no lesson")


def test_large_letters_need_no_scrolling_to_the_side(desk: Desk, sidebar: Sidebar) -> None:
    """A page of half the size is what a browser lays out at 200 %."""
    sidebar.press("Hint: step 1")
    desk.page.set_viewport_size({"width": WINDOW["width"] // 2, "height": WINDOW["height"] // 2})
    expect(sidebar.node).to_be_visible()

    assert sidebar.too_wide() <= 0
    for button in sidebar.node.get_by_role("button").all():
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport()


@pytest.mark.parametrize(("wish", "moves"), [("reduce", False), ("no-preference", True)])
def test_nothing_moves_for_those_who_want_rest(
    desk: Desk, sidebar: Sidebar, wish: str, *, moves: bool
) -> None:
    desk.page.emulate_media(reduced_motion=wish)  # type: ignore[arg-type]
    greet()
    sidebar.ticks(RUNS)
    tick = sidebar.claim(RUNS).locator(".cwp-badge")

    assert (tick.evaluate("(node) => getComputedStyle(node).animationName") != "none") is moves
    desk.page.emulate_media(reduced_motion="null")
