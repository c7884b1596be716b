"""One hub follows the lessons that are open, on an engine that comes and goes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import pytest

from checker import engine, work
from checker.engine import Engine, EngineTrouble
from checker.evidence import to_json
from checker.live.hub import Hub
from checker.model import Evidence
from tests.fake_engine import FakeEngine, answer, fake_engine

LESSON, OTHER = "02_containers", "04_volumes"
GONE = "No engine is here."
EVENT = b'{"Type":"container","Action":"start","Actor":{"ID":"1","Attributes":{"name":"clock"}}}\n'
PATIENCE = 10.0


class Place:
    """A workbook whose engine a test takes away and brings back."""

    def __init__(self, fake: FakeEngine) -> None:
        self.fake, self.there = fake, True
        self.bell, self.over = threading.Event(), threading.Event()
        fake.said["/events"] = self._events
        self.told: SimpleQueue[Any] = SimpleQueue()
        self.hub = Hub(self.told.put, lambda: {"about": "lessons", "lessons": []})

    def find(self) -> Engine:
        """The engine, while it is there."""
        if not self.there:
            raise EngineTrouble("absent", GONE)
        return self.fake.engine

    def _events(self, line: BaseHTTPRequestHandler) -> None:
        """An event whenever the bell rings, until it is over; questions about the past get none."""
        line.send_response(200)
        line.end_headers()
        line.close_connection = True
        while "until" not in line.path and not self.over.is_set():
            if self.bell.wait(0.02):
                self.bell.clear()
                line.wfile.write(EVENT)

    def next(self, wanted: Callable[[Any], bool] = lambda said: True) -> Any:
        """The next message about a lesson that is as wanted."""
        while True:
            said = self.told.get(timeout=PATIENCE)
            if said["about"] == "lesson" and wanted(said):
                return said

    def silent(self, seconds: float = 0.3) -> bool:
        """Whether nothing is told."""
        try:
            self.told.get(timeout=seconds)
        except Empty:
            return True
        return False


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setattr(work, "folder_of", lambda lesson: tmp_path)
    monkeypatch.setattr(work, "evidence_of", lambda lesson: tmp_path / f"{lesson.name}.json")
    monkeypatch.setattr(work, "hints_file", lambda: tmp_path / "hints.json")
    with fake_engine() as fake:
        place = Place(fake)
        monkeypatch.setattr(engine, "find", place.find)
        yield place
        place.over.set()
        place.hub.stop()


def greeting(**changes: object) -> dict[str, object]:
    """What an engine says of the container of step 1."""
    state = {"Status": "exited", "ExitCode": 0}
    config = {"Image": "busybox:1.37", "Env": []}
    return {"Name": "/greeting", "Id": "1", "State": state, "Config": config, **changes}


def first_claim(said: Any) -> str:
    return str(said["steps"][0]["claims"][0]["verdict"])


def test_a_lesson_that_is_opened_is_told_at_once(place: Place) -> None:
    place.hub.show(LESSON)
    said = place.next()
    assert (said["lesson"], said["trouble"], said["points"]) == (LESSON, "", 0)


def test_an_event_leads_to_a_look_and_nothing_new_is_not_told(place: Place) -> None:
    place.hub.show(LESSON)
    place.next()
    place.told.get(timeout=PATIENCE)
    place.bell.set()
    assert place.silent()
    place.fake.said["/containers/greeting/json"] = answer(greeting())
    place.bell.set()
    assert first_claim(place.next()) == "held"


def test_an_engine_that_goes_and_comes_is_told(place: Place) -> None:
    place.hub.show(LESSON)
    place.next()
    place.there = False
    place.over.set()
    assert place.next(lambda said: said["trouble"])["trouble"] == GONE
    place.over.clear()
    place.there = True
    assert place.next(lambda said: not said["trouble"])["lesson"] == LESSON


def test_without_an_engine_the_evidence_still_tells_the_lesson(place: Place) -> None:
    place.there = False
    place.hub.show(LESSON)
    said = place.next(lambda said: said["trouble"])
    assert (said["trouble"], said["lesson"], len(said["steps"])) == (GONE, LESSON, 6)


def test_a_lesson_that_nobody_has_open_is_not_looked_at(place: Place) -> None:
    place.hub.show(LESSON)
    place.next()
    place.hub.show(OTHER)
    place.next(lambda said: said["lesson"] == OTHER)
    place.hub.hide(LESSON)
    place.next(lambda said: said["lesson"] == OTHER)
    place.fake.asked.clear()
    writer = greeting(Name="/writer")
    place.fake.said["/containers/writer/json"] = answer(writer)
    place.bell.set()
    assert place.next()["lesson"] == OTHER
    assert not [path for path in place.fake.asked if "/containers/greeting/" in path]


def test_two_who_look_at_one_lesson_are_one_session(place: Place) -> None:
    place.hub.show(LESSON)
    place.hub.show(LESSON)
    place.next()
    place.hub.hide(LESSON)
    place.fake.said["/containers/greeting/json"] = answer(greeting())
    place.bell.set()
    assert first_claim(place.next(lambda said: said["points"])) == "held"


def test_evidence_that_begins_anew_forgets_what_held(place: Place, tmp_path: Path) -> None:
    place.fake.said["/containers/greeting/json"] = answer(greeting())
    place.hub.show(LESSON)
    assert first_claim(place.next()) == "held"
    del place.fake.said["/containers/greeting/json"]
    place.bell.set()
    assert first_claim(place.next(lambda said: not said["points"])) in ("lost", "once")
    (tmp_path / f"{LESSON}.json").write_bytes(to_json(Evidence(lesson=LESSON)))
    assert first_claim(place.next()) == "failed"


def test_what_breaks_is_said_and_the_hub_goes_on(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(work, "session_on", broken)
        place.hub.show(LESSON)
        said = place.next(lambda said: said["trouble"])
        assert said["trouble"] == "This lesson could not be looked at: the disk is full"
    assert place.next(lambda said: not said["trouble"])["lesson"] == LESSON
