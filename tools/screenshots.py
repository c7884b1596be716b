"""Take the README's pictures of JupyterLab: a real check on a real engine, light and dark.

`make screenshots` runs it. It needs Chromium, and an engine that holds nothing with the lessons'
names; it leaves that engine as it was. It knows nothing about how a check comes about.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize

from checker import engine
from checker.machine import run
from tests.browser.desk import Desk, Theme, chromium
from tests.browser.place import Place
from tests.live.bench import at_work
from tests.live.harness import everything_made

LESSON = "03_ports_env"
IMAGE = "python:3.13-slim"
ANSWER = f"%%bash\ndocker run -d --name site -p 8000:8881 {IMAGE} python -m http.server 8000"
"""The ports are the wrong way round: two lines hold, one does not, one waits."""

FOLDER = run.ROOT / "docs" / "images"
PICTURES: dict[str, Theme] = {
    "jupyterlab-check.png": "Light",
    "jupyterlab-check-dark.png": "Dark",
}
LIVE: dict[str, Theme] = {
    "jupyterlab-live.png": "Light",
    "jupyterlab-live-dark.png": "Dark",
}
WINDOW: ViewportSize = {"width": 1120, "height": 680}
SCALE = 1.25
"""Letters large enough to be read where a page shows the picture smaller."""


@contextmanager
def newcomer(browser: Browser, folder: Path) -> Iterator[Desk]:
    """Somebody who has opened the lesson in a workbook of their own."""
    place = Place(folder)
    place.fill(LESSON)
    try:
        context = browser.new_context(viewport=WINDOW, device_scale_factor=SCALE)
        with closing(Desk(context.new_page())) as desk:
            desk.open(place.start(), LESSON)
            yield desk
    finally:
        place.stop()


def answer(desk: Desk) -> None:
    """Give the answer and check it, with both in view."""
    for part in ("application:toggle-left-area", "statusbar:toggle"):
        desk.does(part)
    desk.does("application:toggle-right-area")  # the panel
    desk.runs("setup")
    desk.types("step-1", ANSWER)
    desk.runs("step-1")
    desk.runs("check-1")
    desk.does("docmanager:save")
    desk.shows("check-1")


def take(desk: Desk, pictures: dict[str, Theme]) -> None:
    """Take the same view in each theme."""
    for name, theme in pictures.items():
        desk.wears(theme)
        desk.page.wait_for_selector("#jupyterlab-splash", state="detached")
        desk.page.screenshot(path=FOLDER / name)


def main() -> int:
    """Take all pictures."""
    FOLDER.mkdir(exist_ok=True)
    with (
        at_work(engine.find().host, everything_made()) as bench,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        chromium() as browser,
    ):
        if bench.image(IMAGE) is None:
            bench.images_ready([IMAGE])
        with newcomer(browser, Path(folder)) as desk:
            answer(desk)
            take(desk, PICTURES)
            desk.does("container-workbook:show")
            desk.page.locator(".cwp .cwp-failed").first.wait_for()
            desk.shows("check-1")
            take(desk, LIVE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
