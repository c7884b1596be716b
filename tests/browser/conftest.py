"""One JupyterLab and one browser for the tests in this folder, on an engine left as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from checker import engine, lessons
from tests.browser.desk import WINDOW, Desk, chromium
from tests.browser.place import Place
from tests.live.bench import NotOurs, at_work
from tests.live.harness import everything_made

HERE = Path(__file__).parent
LESSON = "01_images"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test below this folder needs a browser, and an engine."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def empty_engine() -> Iterator[None]:
    """The engine at hand without the first lesson's images; those it had come back."""
    try:
        with at_work(engine.find().host, everything_made()) as bench:
            there = [name for name in lessons.find(LESSON).images if bench.image(name)]
            bench.images_ready(there, without=there)
            yield
            bench.images_ready(there)
    except NotOurs as refusal:
        pytest.exit(str(refusal), returncode=2)
    gc.collect()


@pytest.fixture(scope="package")
def place(empty_engine: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A workbook with the first lesson; its JupyterLab is stopped at the end."""
    place = Place(tmp_path_factory.mktemp("workbook"))
    place.fill(LESSON)
    yield place
    place.stop()


@pytest.fixture(scope="package")
def page() -> Iterator[Page]:
    """A page of a browser that remembers nothing."""
    with chromium() as browser, browser.new_context(viewport=WINDOW) as context:
        yield context.new_page()


@pytest.fixture(scope="package")
def desk(place: Place, page: Page) -> Desk:
    """Somebody who has opened the first lesson."""
    desk = Desk(page)
    desk.open(place.start())
    return desk
