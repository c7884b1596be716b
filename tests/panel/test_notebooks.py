"""The panel follows the notebook in front: two at once, a reload, all lessons in turn."""

from __future__ import annotations

from contextlib import closing

import psutil
from playwright.sync_api import BrowserContext, expect

from checker import lessons
from checker.machine.lab import Lab
from tests.browser.desk import READY, SECONDS, Desk
from tests.browser.place import Place
from tests.panel.conftest import LESSON, notebook
from tests.panel.sidebar import Sidebar
from tests.panel.test_ticks import RUNS, docker, greet

OTHER = "04_volumes"
TURNS = 20


def server(place: Place) -> psutil.Process:
    """JupyterLab's own process."""
    import msgspec

    note = (place.folder / ".workbook" / "lab.json").read_bytes()
    return psutil.Process(msgspec.json.decode(note, type=Lab).pid)


def test_two_notebooks_on_two_pages_tick_each_its_own(
    stranger: BrowserContext, address: str, sidebar: Sidebar
) -> None:
    with closing(Desk(stranger.new_page())) as desk:
        desk.page.goto(address.replace("01_images", OTHER))
        desk.page.wait_for_function(READY, timeout=60 * SECONDS)
        other = Sidebar(desk.page)
        other.shows(lessons.find(OTHER).question)
        docker("volume", "create", "iris-results")
        greet()

        sidebar.ticks(RUNS)
        other.shows(lessons.find(OTHER).question)
        assert other.claim(RUNS).count() == 0
    docker("volume", "rm", "iris-results")


def test_two_notebooks_on_one_page_are_followed_as_they_come_to_the_front(
    desk: Desk, sidebar: Sidebar
) -> None:
    for lesson in (OTHER, LESSON, OTHER, LESSON):
        desk.does("docmanager:open", path=notebook(lesson))
        sidebar.shows(lessons.find(lesson).question)
    greet()
    sidebar.ticks(RUNS)


def test_after_a_reload_all_is_as_before(desk: Desk, sidebar: Sidebar) -> None:
    greet()
    sidebar.ticks(RUNS)
    desk.reload()
    sidebar.ticks(RUNS)
    expect(sidebar.node.get_by_text("3 of 17 points hold now")).to_be_visible()


def test_lessons_opened_in_turn_leave_nothing_behind(
    desk: Desk, sidebar: Sidebar, place: Place
) -> None:
    names, process = lessons.names(), server(place)
    for lesson in names:
        desk.does("docmanager:open", path=notebook(lesson))
        sidebar.shows(lessons.find(lesson).question)
        desk.page.wait_for_function(READY, timeout=60 * SECONDS)
    before = (process.num_threads(), process.num_fds())
    for turn in range(TURNS):
        lesson = names[turn % len(names)]
        desk.does("docmanager:open", path=notebook(lesson))
        sidebar.shows(lessons.find(lesson).question)
        expect(sidebar.node.locator("details")).to_have_count(len(lessons.find(lesson).steps))
    after = (process.num_threads(), process.num_fds())

    assert after[0] <= before[0] + 2
    assert after[1] <= before[1] + 4


def test_a_notebook_that_is_no_lesson_is_no_lesson(
    desk: Desk, sidebar: Sidebar, place: Place
) -> None:
    source = place.folder / notebook(LESSON)
    (place.folder / "mine.ipynb").write_bytes(source.read_bytes())
    desk.does("docmanager:open", path="mine.ipynb")
    expect(sidebar.node).to_contain_text("Open the notebook of a lesson")
    desk.does("docmanager:open", path=notebook(LESSON))
    sidebar.shows(lessons.find(LESSON).question)
