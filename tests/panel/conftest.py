"""One JupyterLab with all lessons, on an engine whose line can be cut."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, expect

from checker import engine, lessons
from checker.evidence import to_json, write
from checker.model import Evidence
from tests.browser.desk import WINDOW, Desk, chromium
from tests.browser.place import Place
from tests.live.bench import Bench, NotOurs, at_work
from tests.live.harness import everything_made
from tests.live.relay import Relay
from tests.panel import page as pages
from tests.panel.page import LivePage
from tests.panel.sidebar import Sidebar

HERE = Path(__file__).parent
LESSON = "02_containers"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test below this folder needs a browser, and an engine."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def bench() -> Iterator[Bench]:
    """The engine at hand; it is left as it was found."""
    try:
        with at_work(engine.find().host, everything_made()) as bench:
            missing = [n for n in lessons.find(LESSON).images if bench.image(n) is None]
            bench.images_ready(missing)
            yield bench
    except NotOurs as refusal:
        pytest.exit(str(refusal), returncode=2)
    gc.collect()


@pytest.fixture(autouse=True)
def clean(bench: Bench) -> Iterator[None]:
    """Each test leaves the engine as it found it."""
    before = bench.things()
    yield
    bench.remove(bench.things().beyond(before))


@pytest.fixture(scope="package")
def relay(bench: Bench) -> Iterator[Relay]:
    """The line to the engine."""
    socket = engine.find().socket
    assert socket is not None, "the line is cut at a socket; this engine has none"
    with tempfile.TemporaryDirectory(prefix="line-") as folder:
        relay = Relay(Path(folder) / "docker.sock", socket)
        relay.begin()
        yield relay
        relay.cut()


@pytest.fixture(scope="package")
def place(relay: Relay, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A workbook with all lessons."""
    place = Place(tmp_path_factory.mktemp("workbook"), {"DOCKER_HOST": relay.host})
    place.fill(*lessons.names())
    yield place
    place.stop()


@pytest.fixture(scope="package")
def address(place: Place) -> str:
    """Where JupyterLab is, with its token."""
    return place.start()


@pytest.fixture(scope="package")
def live_page(place: Place) -> Iterator[LivePage]:
    """The same workbook's plain page."""
    with pages.live_page(place) as page:
        yield page


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One visitor, who has been here before for all but the first test."""
    context = browser.new_context(viewport=WINDOW)
    yield context
    context.close()


@pytest.fixture
def stranger(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor who was never here before."""
    context = browser.new_context(viewport=WINDOW)
    yield context
    context.close()


@pytest.fixture(scope="package")
def desk(context: BrowserContext, address: str) -> Iterator[Desk]:
    """A learner with the lesson open."""
    with closing(Desk(context.new_page())) as desk:
        desk.open(address, LESSON)
        yield desk


@pytest.fixture
def sidebar(desk: Desk, place: Place) -> Sidebar:
    """The panel beside the lesson's notebook, where nothing was done before."""
    desk.does("docmanager:open", path=notebook(LESSON))
    desk.does("container-workbook:show")
    sidebar = Sidebar(desk.page)
    sidebar.shows(lessons.find(LESSON).question)
    forget(place, sidebar)
    sidebar.node.evaluate(FOLD)
    return sidebar


def notebook(lesson: str) -> str:
    """Where a notebook is, as the server's files have it."""
    return f"exercises/{lesson}/{lesson}.ipynb"


def begin_anew(place: Place) -> None:
    """Forget what was done, as a reset of each lesson does."""
    for evidence in place.folder.glob("exercises/*/*.evidence.json"):
        with FileLock(f"{evidence}.lock", timeout=5):
            write(evidence, to_json(Evidence(lesson=evidence.parent.name)))
    (place.folder / ".workbook" / "hints.json").unlink(missing_ok=True)


FOLD = """(node) => node.querySelectorAll('details').forEach((step) => {
  step.open = step.dataset.now === 'yes';
})"""


def forget(place: Place, sidebar: Sidebar) -> None:
    """Begin anew, and wait until the panel shows it."""
    begin_anew(place)
    held = sidebar.node.locator(".cwp-steps .cwp-held, .cwp-steps .cwp-once, .cwp-steps .cwp-lost")
    expect(held).to_have_count(0)
