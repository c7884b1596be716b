"""The engine that live tests share, clean before, between and after them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from checker import engine
from tests.live.ahead import Ahead, working
from tests.live.bench import Bench, NotOurs, at_work
from tests.live.harness import Harness, everything_made

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test below this folder is live."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.live)


@pytest.fixture(scope="session")
def bench() -> Iterator[Bench]:
    """The engine at hand, as a workbench; it is left as it was found."""
    try:
        with at_work(engine.find().host, everything_made()) as bench:
            yield bench
    except NotOurs as refusal:
        pytest.exit(str(refusal), returncode=2)
    gc.collect()


@pytest.fixture(scope="session")
def harness(bench: Bench) -> Iterator[Harness]:
    """What runs learners' answers on the engine at hand."""
    with closing(engine.connect(engine.find())) as client:
        yield Harness(bench, client)


@pytest.fixture(scope="session")
def ahead(request: pytest.FixtureRequest, bench: Bench) -> Iterator[Ahead]:
    """A second engine that does jobs of this run before their tests come."""
    params = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    with working(bench.api, [one["job"] for one in params if "job" in one]) as begun:
        yield begun
