"""One JupyterLab and one browser for the tests in this folder, on an engine left as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser

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
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def desk(place: Place, browser: Browser) -> Iterator[Desk]:
    """A learner, who has opened the first lesson."""
    with closing(Desk(browser.new_page(viewport=WINDOW))) as desk:
        desk.open(place.start())
        yield desk


@pytest.fixture
def instructors_desk(browser: Browser, tmp_path: Path) -> Iterator[Desk]:
    """An instructor, who has opened the first lesson in a workbook of their own."""
    place = Place(tmp_path)
    place.fill(LESSON)
    with closing(Desk(browser.new_page(viewport=WINDOW))) as desk:
        desk.open(place.start(instructor=True))
        yield desk
    place.stop()
