"""What the panel's buttons do: hint, reset, next lesson, map; by mouse and by keyboard alone."""

from __future__ import annotations

import subprocess

from playwright.sync_api import expect

from checker import lessons
from tests.browser.desk import Desk
from tests.live.bench import Bench
from tests.panel.conftest import LESSON
from tests.panel.sidebar import Sidebar
from tests.panel.test_ticks import RUNS, docker, greet

HINTS = lessons.find(LESSON).step(1).hints


def boxes() -> set[str]:
    """The names of all containers."""
    words = ["docker", "ps", "--all", "--format", "{{.Names}}"]
    return set(subprocess.run(words, check=True, capture_output=True, text=True).stdout.split())


def test_a_hint_is_one_rung_more_and_stays_after_a_reload(desk: Desk, sidebar: Sidebar) -> None:
    shown = sidebar.step(1).locator(".cwp-hints li")
    expect(shown).to_have_count(0)

    sidebar.press("Hint: step 1")
    expect(shown).to_have_text(HINTS[:1])
    sidebar.press("One more hint: step 1")
    expect(shown).to_have_text(HINTS[:2])
    desk.reload()
    expect(shown).to_have_text(HINTS[:2])
    sidebar.press("One more hint: step 1")
    expect(shown).to_have_text(list(HINTS))
    last = sidebar.node.get_by_role("button", name="No more hints: step 1")
    expect(last).to_have_attribute("aria-disabled", "true")
    expect(last).to_be_focused()


def test_a_reset_shows_what_goes_and_changes_nothing_unless_it_is_wanted(
    bench: Bench, sidebar: Sidebar
) -> None:
    docker("run", "--name", "mine", "busybox:1.37", "true")
    greet()
    sidebar.ticks(RUNS)
    sidebar.step(1).locator("summary").click()
    sidebar.step(1).locator("summary").click()
    sidebar.press("Reset this step: step 1")

    expect(sidebar.dialog).to_contain_text("remove container greeting (exited, from busybox:1.37)")
    expect(sidebar.node.get_by_role("button", name="Change nothing")).to_be_focused()
    sidebar.page.keyboard.press("Escape")
    expect(sidebar.dialog).to_have_count(0)
    assert {"mine", "greeting"} <= boxes()

    sidebar.press("Reset this step: step 1")
    sidebar.press("Reset this step")
    expect(sidebar.dialog).to_contain_text("✓ removed container greeting")
    sidebar.press("Close")
    expect(sidebar.claim(RUNS)).to_contain_text("no container is named greeting")
    assert "mine" in boxes()
    assert "greeting" not in boxes()


def test_where_nothing_was_done_there_is_nothing_to_reset(sidebar: Sidebar) -> None:
    sidebar.press("Reset this step: step 1")
    expect(sidebar.dialog).to_contain_text("There is nothing to reset.")
    sidebar.press("Close")


def test_the_map_is_a_picture_and_a_text(sidebar: Sidebar) -> None:
    greet()
    sidebar.press("Look at the map")

    picture = sidebar.dialog.get_by_role("img")
    expect(picture).to_be_visible()
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 100
    assert str(picture.get_attribute("alt")).startswith("Map of the engine: ")
    sidebar.dialog.get_by_text("The map as text").click()
    expect(sidebar.dialog.locator("pre")).to_contain_text("greeting")
    sidebar.page.keyboard.press("Escape")
    expect(sidebar.dialog).to_have_count(0)


def test_the_next_lesson_opens(desk: Desk, sidebar: Sidebar) -> None:
    sidebar.press("Open next lesson")

    sidebar.shows(lessons.find("03_ports_env").question)
    front = "() => window.jupyterapp.shell.currentWidget.context.path"
    assert desk.page.evaluate(front) == "exercises/03_ports_env/03_ports_env.ipynb"
    sidebar.node.get_by_role("button", name=lessons.find(LESSON).question).click()
    sidebar.shows(lessons.find(LESSON).question)


def test_all_of_it_goes_by_keyboard(sidebar: Sidebar) -> None:
    keys, shown = sidebar.page.keyboard, sidebar.step(1).locator(".cwp-hints li")
    sidebar.step(1).locator("summary").focus()
    keys.press("Tab")
    expect(sidebar.node.get_by_role("button", name="Hint: step 1")).to_be_focused()
    keys.press("Enter")
    expect(shown).to_have_count(1)
    expect(sidebar.node.get_by_role("button", name="One more hint: step 1")).to_be_focused()
    keys.press("Tab")
    keys.press("Tab")
    expect(sidebar.step(2).locator("summary")).to_be_focused()
    keys.press("Enter")
    expect(sidebar.step(2)).to_have_attribute("open", "")
    greet()
    sidebar.ticks(RUNS)
    expect(sidebar.step(2).locator("summary")).to_be_focused()


def test_the_panel_comes_to_the_front_by_keyboard(desk: Desk, sidebar: Sidebar) -> None:
    desk.does("application:toggle-right-area")
    expect(sidebar.node).to_be_hidden()
    desk.page.keyboard.press("ControlOrMeta+Alt+w")
    expect(sidebar.node).to_be_visible()
    expect(sidebar.node).to_be_focused()
    desk.page.keyboard.press("Tab")
    expect(sidebar.step(1).locator("summary")).to_be_focused()
