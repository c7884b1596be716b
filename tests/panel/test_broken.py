"""A panel that is broken, or finds no server, keeps nobody from working in JupyterLab."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.desk import Desk
from tests.panel.conftest import LESSON
from tests.panel.sidebar import Sidebar

STATIC = "**/lab/extensions/container-workbook/**"


def garbage(route: Route) -> None:
    route.fulfill(content_type="text/javascript", body="this is no program (")


def failing(route: Route) -> None:
    route.fulfill(content_type="text/javascript", body="throw new Error('broken');")


def absent(route: Route) -> None:
    route.fulfill(status=404, body="")


def parts_fail(route: Route) -> None:
    """What JupyterLab loads is whole; what that loads is not."""
    if "remoteEntry" in route.request.url:
        route.continue_()
    else:
        failing(route)


@pytest.mark.parametrize("answer", [garbage, failing, absent, parts_fail])
def test_jupyterlab_starts_with_a_broken_panel(
    stranger: BrowserContext, address: str, answer: Callable[[Route], None]
) -> None:
    asked: list[str] = []

    def told(route: Route) -> None:
        asked.append(route.request.url)
        answer(route)

    with closing(Desk(stranger.new_page())) as desk:
        desk.page.route(STATIC, told)
        desk.open(address, LESSON)
        assert asked
        assert desk.runs("setup")
        expect(Sidebar(desk.page).node).to_have_count(0)


def test_a_panel_without_its_server_says_so_and_goes_on_when_it_is_back(
    stranger: BrowserContext, address: str
) -> None:
    with closing(Desk(stranger.new_page())) as desk:
        desk.page.route_web_socket("**/workbook/live*", lambda socket: socket.close())
        desk.open(address, LESSON)
        desk.does("container-workbook:show")
        sidebar = Sidebar(desk.page)
        expect(sidebar.node).to_contain_text("The server does not answer.")
        assert sidebar.faults() == []
        assert desk.runs("setup")


def test_notebook_shows_the_panel_too(stranger: BrowserContext, address: str) -> None:
    with closing(stranger.new_page()) as page:
        page.goto(address.replace("/lab/tree/", "/notebooks/").replace("01_images", LESSON))
        page.get_by_role("menuitem", name="View").click()
        sidebar = Sidebar(page)
        page.keyboard.press("Escape")
        page.keyboard.press("ControlOrMeta+Alt+w")
        expect(sidebar.node).to_be_visible()
        sidebar.shows("What happens when an image runs?")
