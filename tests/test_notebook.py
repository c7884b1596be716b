"""check() outside a kernel: what it returns, which answers it reads, where evidence goes."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from checker import notebook
from checker.claim import HELD, Failed
from checker.evidence import Memory, Store
from checker.judge import Line, Report, StepReport
from checker.lesson import Lesson
from checker.model import Evidence, Snapshot
from checker.notebook import Result
from checker.session import Recorder, Session
from checker.versions import from_json, place_of
from checker.words import answer
from tests.builders import a_snapshot, now_seen

LINES = (Line("a", HELD), Line("<b>", Failed("<script>")))
REPORT = Report("01_images", "Where from?", (StepReport(1, "Pull", LINES),))


def bundle(result: Result) -> dict[str, Any]:
    return result._repr_mimebundle_(include=None, exclude=None)


def test_a_result_reads_as_a_bare_number() -> None:
    assert repr(Result(REPORT)) == "1"
    assert float(str(bundle(Result(REPORT))["text/plain"])) == 1


def test_a_result_shows_as_html_with_foreign_strings_escaped() -> None:
    html = bundle(Result(REPORT))["text/html"]

    assert "&lt;script&gt;" in html
    assert "<script>" not in html


def test_an_overview_is_a_bare_number_too() -> None:
    overview = bundle(Result(REPORT, overview=True))

    assert overview["text/plain"] == "1"
    assert "<details>" in overview["text/html"]


class Odd:
    """A value that makes trouble when it is shown."""

    def __repr__(self) -> str:
        raise RuntimeError("never show me")


PLAIN = [
    (None, None),
    (True, True),
    (3, 3),
    (1.5, 1.5),
    ("text", "text"),
    (["a", ("b", 1)], ["a", ["b", 1]]),
    (Odd(), "a value of type Odd"),
    ({"a": 1}, "a value of type dict"),
    (list(range(1000)), list(range(100))),
]


@pytest.mark.parametrize(("value", "plain"), PLAIN, ids=[str(n) for n in range(len(PLAIN))])
def test_answers_are_read_as_plain_data(value: object, plain: object) -> None:
    assert notebook._plain(value) == plain


def test_evidence_lies_beside_the_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker import lessons

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    lesson = lessons.every()[0]
    keeper = notebook._keeper(lesson)

    assert isinstance(keeper, Store)
    assert keeper.path == tmp_path / f"{lesson.name}.evidence.json"


def test_submitted_evidence_counts_for_nothing_when_graded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from checker import lessons

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    lesson = lessons.every()[0]
    (tmp_path / f"{lesson.name}.evidence.json").write_text("{}")

    keeper = notebook._keeper(lesson)
    assert isinstance(keeper, Memory)
    assert keeper.load().snapshots == ()


class Blind:
    """An eye that sees nothing."""

    def see(self, *_: object) -> Snapshot:
        return Snapshot(taken="2026-11-20T09:00:00Z")


def test_a_steps_check_keeps_the_files_beside_the_evidence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from checker import lessons

    lesson = lessons.find("01_images")
    keeper = Store(tmp_path / "01_images.evidence.json", lesson.name)
    session = Session(lesson, Blind(), keeper, sleep=lambda _: None)
    monkeypatch.setattr(notebook, "session_of", lambda _: session)
    monkeypatch.setattr("checker.session.BETWEEN", 0.0)
    (tmp_path / "app.py").write_text("print()")

    notebook.check("01_images")
    assert not place_of(tmp_path, lesson.name).exists()
    notebook.check("01_images", 2)
    found = from_json(place_of(tmp_path, lesson.name).read_bytes())
    assert (found.steps[2].points, *found.names()) == (0, "app.py")


def test_an_answer_of_the_wrong_type_is_told() -> None:
    from checker.model import Answer

    claim = answer("x").is_("a")
    seen = now_seen(Answer(name="x", json='"a value of type dict"'))

    assert claim.judge(seen) == Failed("it is “a value of type dict”", "")


@pytest.fixture
def unheard(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session for every lesson that looks at no engine."""

    def session_of(lesson: Lesson) -> Session:
        return Session(lesson, Unseeing(), Memory(Evidence(lesson=lesson.name)))

    monkeypatch.setattr(notebook, "session_of", session_of)


class Unseeing:
    """Sees an engine that holds nothing."""

    def see(self, *_: object) -> Snapshot:
        return a_snapshot()


def test_a_lesson_may_be_named_by_its_number(unheard: None) -> None:
    number: Any = 4

    assert notebook.check(number).report.lesson == "04_volumes"


@pytest.mark.parametrize("step", [0, -1, 99, "2", 1.5])
def test_a_step_that_is_none_is_told(unheard: None, step: Any) -> None:
    said = f"lesson 04_volumes has no step {step!r}; its steps are 1 to 6."

    with pytest.raises(notebook.CouldNotCheck) as caught:
        notebook.check("04_volumes", step)
    assert str(caught.value) == said


@pytest.mark.parametrize("name", ["urllib3.connectionpool", "urllib3.util.retry", "filelock"])
def test_a_recorder_logs_nothing_into_a_cell(caplog: pytest.LogCaptureFixture, name: str) -> None:
    caplog.set_level(logging.DEBUG)
    log = logging.getLogger(name)

    notebook._keep_recorders_quiet()
    for thread in ("workbook-recorder", "workbook-listener", "MainThread"):
        said = threading.Thread(target=log.debug, args=("from %s", thread), name=thread)
        said.start()
        said.join()
    assert caplog.messages == ["from MainThread"]


def test_recorders_are_known_by_the_names_of_their_threads() -> None:
    recorder = Recorder(Deaf(), lambda: None)  # type: ignore[arg-type]
    recorder.start()
    names = {thread.name for thread in threading.enumerate()}
    recorder.stop()

    assert {"workbook-recorder", "workbook-listener"} <= names


class Deaf:
    """A client that hears nothing until a test ends."""

    def listen(self) -> object:
        time.sleep(0.2)
        raise OSError
