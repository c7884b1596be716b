"""Nothing earns nothing: an untouched lesson on a crowded engine scores zero, and says why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checker import lessons
from checker.claim import Failed, Unknown, Verdict
from checker.evidence import Memory
from checker.model import Evidence, Wanted
from checker.observe import Observer
from checker.session import Session
from tests.live.bench import Bench
from tests.live.cases import file_of, read
from tests.live.crowd import crowd
from tests.live.harness import Harness
from tests.live.learner import folder_for
from tests.live.test_answers import STEPS


@pytest.fixture(scope="module")
def crowded(bench: Bench) -> Iterator[None]:
    """An engine full of other people's things."""
    with crowd(bench, Wanted().and_(*(lesson.wanted() for lesson in lessons.every()))):
        yield


@pytest.mark.usefixtures("crowded")
@pytest.mark.parametrize(("name", "step"), STEPS, ids=[f"{one}-step_{n}" for one, n in STEPS])
def test_nothing_done_earns_nothing(harness: Harness, name: str, step: int) -> None:
    """Every claim fails or waits, in words, and none of them because of trouble."""
    lesson = lessons.find(name)
    without = read(file_of(name, step)).without if file_of(name, step).exists() else lesson.images
    with harness.lesson_ready(lesson, without), folder_for(name) as folder:
        keeper = Memory(Evidence(lesson=name))
        report = Session(lesson, Observer(harness.client, folder), keeper).check(step, {})

    assert [line.sentence for line in report.lines if line.held] == []
    assert [line for line in report.lines if not _speaks(line.verdict)] == []


def _speaks(verdict: Verdict) -> bool:
    match verdict:
        case Failed(found=found):
            return bool(found.strip())
        case Unknown(why=why, trouble=trouble):
            return bool(why.strip()) and not trouble
    return False
