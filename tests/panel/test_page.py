"""The plain page shows the same, beside any editor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from checker import lessons
from tests.browser.place import Place
from tests.browser.test_report import ENOUGH
from tests.live.bench import Bench
from tests.panel.conftest import LESSON, forget
from tests.panel.page import LivePage
from tests.panel.sidebar import Sidebar
from tests.panel.test_reading import CONTRASTS, WORDS
from tests.panel.test_ticks import RUNS, docker, greet

BASE = "python:3.13-slim"


@pytest.fixture
def page(browser: Browser, place: Place, live_page: LivePage) -> Iterator[Page]:
    """The page with a lesson open, where nothing was done before."""
    with closing(browser.new_page()) as page:
        page.goto(live_page.address(LESSON))
        Sidebar(page).shows(lessons.find(LESSON).question)
        forget(place, Sidebar(page))
        yield page


def test_the_page_ticks_and_helps_and_hides_its_token(page: Page) -> None:
    sidebar = Sidebar(page)
    assert "token" not in page.url
    greet()
    sidebar.ticks(RUNS)
    expect(sidebar.node.get_by_text("3 of 17 points hold now")).to_be_visible()
    sidebar.press("Hint: step 2")
    expect(sidebar.step(2).locator(".cwp-hints li")).to_have_count(1)
    docker("rm", "greeting")
    expect(sidebar.claim(RUNS)).to_contain_text("✓ Was done")
    page.reload()
    expect(sidebar.claim(RUNS)).to_contain_text("✓ Was done", timeout=5000)


def test_the_page_goes_from_lesson_to_lesson(page: Page) -> None:
    sidebar = Sidebar(page)
    sidebar.press("Open next lesson")
    sidebar.shows(lessons.find("03_ports_env").question)
    page.go_back()
    sidebar.shows(lessons.find(LESSON).question)


def test_what_waits_for_something_says_for_what(
    browser: Browser, live_page: LivePage, bench: Bench, tmp_path: Path
) -> None:
    bench.images_ready([BASE])
    command = '["python", "-c", "print(\'Hello from Python\') # hello.py"]'
    (tmp_path / "Dockerfile").write_text(f"FROM {BASE}\nCMD {command}\n")
    docker("build", "--quiet", "--tag", "hello-python:1", str(tmp_path))
    docker("run", "--name", "greeter", "hello-python:1")
    docker("rmi", BASE)
    with closing(browser.new_page()) as page:
        page.goto(live_page.address("05_dockerfiles"))
        claim = Sidebar(page).claim(f"image hello-python:1 is built from image {BASE}")
        expect(claim).to_contain_text(f"must be there to compare: docker pull {BASE}")
    bench.images_ready([BASE])


def test_the_page_resets_what_it_showed(page: Page) -> None:
    sidebar = Sidebar(page)
    docker("create", "--name", "greeting", "busybox:1.37", "true")
    sidebar.ticks(RUNS)
    sidebar.press("Reset this step: step 1")
    sidebar.press("Reset this step")
    expect(sidebar.dialog).to_contain_text("✓ removed container greeting")
    sidebar.press("Close")
    sidebar.press("Look at the map")
    expect(sidebar.dialog.get_by_role("img")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("forced", ["none", "active"])
def test_nobody_is_left_out_by_the_page(
    page: Page, scheme: Literal["light", "dark"], forced: Literal["none", "active"]
) -> None:
    sidebar = Sidebar(page)
    page.emulate_media(color_scheme=scheme, forced_colors=forced)
    greet()
    sidebar.ticks(RUNS)
    assert sidebar.faults() == []
    if forced == "none":
        words = sidebar.node.locator(WORDS).evaluate_all(CONTRASTS)
        assert [w for w, contrast in words if contrast < ENOUGH] == []
    page.set_viewport_size({"width": 320, "height": 400})
    assert sidebar.too_wide() <= 0
