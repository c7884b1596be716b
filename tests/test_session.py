"""Look, wait, remember: with a clock and an eye that do what the test says."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from checker.claim import Claim, Failed, Verdict, held_if, now
from checker.engine import EngineTrouble
from checker.evidence import Memory, Store, to_json, write
from checker.lesson import Lesson, lesson, step
from checker.model import Answer, Container, Evidence, Json, Snapshot, Wanted
from checker.session import BETWEEN, WAKING, Recorder, Session, best, wakes
from checker.words import answer, container
from tests.builders import a_container, a_snapshot, seen

web = container("web")
LESSON = lesson("Does it run?", step("Run it", web.is_running()), minutes=1)


def patient(seconds: float, *, settled: bool = False) -> Claim:
    """A claim that may take some time to come true."""

    def look(box: Container) -> Verdict:
        return held_if(box.exit_code == 0, found="not yet") if not settled else _never(box)

    return now(web, "settles", look, patience=seconds)


def _never(box: Container) -> Verdict:
    return Failed(f"{box.name} never will", settled=True)


@dataclass
class Eye:
    """Sees what it is given, look by look; the last again and again."""

    sights: list[Snapshot]
    asked: list[tuple[Wanted, str, Mapping[str, Json] | None]] = field(default_factory=list)

    def see(
        self, wanted: Wanted, since: str = "", answers: Mapping[str, Json] | None = None
    ) -> Snapshot:
        self.asked.append((wanted, since, answers))
        return self.sights.pop(0) if len(self.sights) > 1 else self.sights[0]


@dataclass
class Clock:
    """Time that passes only in sleep."""

    time: float = 0.0

    def sleep(self, seconds: float) -> None:
        self.time += seconds

    def __call__(self) -> float:
        return self.time


def a_session(lesson: Lesson, *sights: Snapshot) -> tuple[Session, Eye, Clock]:
    eye, clock = Eye(list(sights)), Clock()
    keeper = Memory(Evidence(lesson="a_lesson"))
    return Session(lesson, eye, keeper, sleep=clock.sleep, clock=clock), eye, clock


def waiting(*claims: Claim) -> Lesson:
    return lesson("Does it settle?", step("Wait", *claims), minutes=1)


DOWN, UP = a_snapshot(a_container(exit_code=1), taken="1"), a_snapshot(a_container(), taken="2")


def test_what_holds_is_told_after_one_look() -> None:
    session, eye, clock = a_session(LESSON, UP)

    assert session.check(1).done
    assert (len(eye.asked), clock.time) == (1, 0)


def test_a_plain_failure_is_told_at_once() -> None:
    session, eye, clock = a_session(LESSON, a_snapshot(a_container(status="exited")))

    assert not session.check(1).done
    assert (len(eye.asked), clock.time) == (1, 0)


def test_what_may_settle_is_looked_at_again_until_it_holds() -> None:
    session, eye, clock = a_session(waiting(patient(3)), DOWN, DOWN, UP)

    assert session.check(1).done
    assert len(eye.asked) == 3
    assert clock.time == pytest.approx(2 * BETWEEN)


def test_a_command_in_the_background_has_a_moment_to_end() -> None:
    runs, over = a_snapshot(a_container(status="running")), a_snapshot(a_container(status="exited"))
    session, _, _ = a_session(waiting(web.exited_with(0)), runs, runs, over)

    assert session.check(1).done


def test_patience_ends() -> None:
    session, _, clock = a_session(waiting(patient(3)), DOWN)

    assert not session.check(1).done
    assert 3 <= clock.time < 3 + 2 * BETWEEN


def test_the_most_patient_failure_decides() -> None:
    session, _, clock = a_session(waiting(patient(1), patient(2)), DOWN)
    session.check(1)

    assert 2 <= clock.time < 2 + 2 * BETWEEN


@pytest.mark.parametrize(
    ("claim", "sight"),
    [
        pytest.param(patient(9, settled=True), DOWN, id="what will not change"),
        pytest.param(patient(9), a_snapshot(), id="what is missing"),
    ],
)
def test_what_time_cannot_cure_is_not_waited_for(claim: Claim, sight: Snapshot) -> None:
    session, _, clock = a_session(waiting(claim), sight)
    session.check(1)

    assert clock.time == 0


def test_a_step_looks_at_all_objects_and_asks_only_its_own_questions() -> None:
    both = lesson("?", step("a", web.logs("x")), step("b", container("db").is_running()), minutes=1)
    session, eye, _ = a_session(both, a_snapshot(a_container(log="x"), a_container("db")))
    session.check(2)
    (wanted, _, _) = eye.asked[0]

    assert (wanted.containers, wanted.logs) == (("web", "db"), ())


def test_a_look_that_a_reset_overtakes_is_taken_anew(tmp_path: Path) -> None:
    store = Store(tmp_path / "a_lesson.evidence.json", "a_lesson")
    store.add(DOWN)

    @dataclass
    class Overtaken(Eye):
        def see(self, *given: Any, **named: Any) -> Snapshot:
            sight = super().see(*given, **named)
            if len(self.asked) == 1:
                write(store.path, to_json(Evidence(lesson="a_lesson")))
            return sight

    session = Session(LESSON, Overtaken([UP, a_snapshot(taken="3")]), store)

    assert session.look(LESSON.wanted()) == seen(a_snapshot(taken="3"))


def test_each_look_asks_for_events_since_the_look_before() -> None:
    session, eye, _ = a_session(LESSON, DOWN, UP)
    session.check(1)
    session.check(1)

    assert [since for _, since, _ in eye.asked] == ["", "1"]


def test_answers_are_carried_over_to_looks_from_outside_the_notebook() -> None:
    given = Answer(name="tag", json='"1.37"')
    asking = lesson("?", step("Answer", answer("tag").is_("1.37")), minutes=1)
    session, _, _ = a_session(asking, a_snapshot(given, taken="1"), a_snapshot(taken="2"))
    session.check(1, {"tag": "1.37"})

    assert session.check(1).done


def test_answers_taken_back_in_the_notebook_are_gone() -> None:
    given = Answer(name="tag", json='"1.37"')
    asking = lesson("?", step("Answer", answer("tag").is_("1.37")), minutes=1)
    session, _, _ = a_session(asking, a_snapshot(given, taken="1"), a_snapshot(taken="2"))
    session.check(1, {"tag": "1.37"})

    assert not session.check(1, {}).done


def test_an_engine_that_cannot_be_asked_is_told_and_evidence_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session, eye, _ = a_session(LESSON, UP)
    session.check(1)

    def gone(*_: object) -> Snapshot:
        raise EngineTrouble("died", "The engine is gone.")

    monkeypatch.setattr(eye, "see", gone)
    with pytest.raises(EngineTrouble, match="The engine is gone"):
        session.check(1)
    assert session.keeper.load() == seen(UP)


def test_an_unknown_step_is_told_before_any_look() -> None:
    session, eye, _ = a_session(LESSON, UP)

    with pytest.raises(LookupError, match="has no step 7; its steps are 1 to 1"):
        session.check(7)
    assert eye.asked == []


def test_notes_of_the_keeper_stand_in_the_report() -> None:
    session, _, _ = a_session(LESSON, UP)
    session.keeper.notes.append("The disk is full.")

    assert session.check(1).notes == ("The disk is full.",)


def test_best_is_the_most_that_was_ever_earned() -> None:
    two = lesson("?", step("a", web.is_running()), step("b", web.was_removed()), minutes=1)

    assert best(two, seen(UP, a_snapshot())) == (1, 1)
    assert best(two, seen(a_snapshot())) == (0, 0)
    assert best(two, Evidence(lesson="a_lesson")) == (0, 0)


def an_event(action: str) -> dict[str, str]:
    return {"Type": "container", "Action": action}


@pytest.mark.parametrize("action", sorted(WAKING))
def test_what_may_change_something_wakes(action: str) -> None:
    assert len(list(wakes([an_event(action)]))) == 1


NOISE = [
    "exec_create: sh",
    "exec_start: sh",
    "exec_die",
    "archive-path",
    "top",
    "attach",
    "mount",
    "unmount",
]


@pytest.mark.parametrize("action", NOISE)
def test_looking_wakes_nobody(action: str) -> None:
    assert list(wakes([an_event(action)])) == []


def test_a_health_check_that_changes_its_mind_wakes() -> None:
    assert len(list(wakes([an_event("health_status: healthy")]))) == 1


@dataclass
class Ear:
    """An engine that says what the test says."""

    said: queue.Queue[dict[str, str] | None] = field(default_factory=queue.Queue)
    listening: int = 0

    @contextmanager
    def listen(self) -> Iterator[Iterator[dict[str, str]]]:
        self.listening += 1
        yield iter(self.said.get, None)


@dataclass
class Recorded:
    """A recorder with its ear; `looked` counts its looks."""

    ear: Any
    looked: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    trouble: list[Exception] = field(default_factory=list)

    def react(self) -> None:
        self.looked.release()
        if self.trouble:
            raise self.trouble.pop()

    def looks(self) -> bool:
        """Whether it looks within two seconds."""
        return self.looked.acquire(timeout=2)

    def rests(self) -> bool:
        """Whether it does not look for a while."""
        return not self.looked.acquire(timeout=0.15)


@pytest.fixture
def recorded() -> Iterator[Recorded]:
    one = Recorded(Ear())
    recorder = Recorder(one.ear, one.react)
    recorder.start()
    yield one
    recorder.stop()
    one.ear.said.put(an_event("start"))


def test_a_recorder_looks_once_when_it_begins_and_then_rests(recorded: Recorded) -> None:
    assert recorded.looks()
    assert recorded.rests()


def test_a_recorder_looks_when_something_happens(recorded: Recorded) -> None:
    assert recorded.looks()
    recorded.ear.said.put(an_event("start"))

    assert recorded.looks()


def test_a_recorder_is_not_woken_by_looking(recorded: Recorded) -> None:
    assert recorded.looks()
    for action in NOISE:
        recorded.ear.said.put(an_event(action))

    assert recorded.rests()


def test_a_burst_of_events_is_few_looks(recorded: Recorded) -> None:
    assert recorded.looks()
    for _ in range(200):
        recorded.ear.said.put(an_event("start"))
    assert recorded.looks()

    more = sum(recorded.looked.acquire(timeout=0.1) for _ in range(5))
    assert more < 5


def test_a_recorder_listens_again_when_the_engine_was_gone(recorded: Recorded) -> None:
    assert recorded.looks()
    recorded.ear.said.put(None)

    assert recorded.looks(), "it looks when it listens again"
    assert recorded.ear.listening == 2


@pytest.mark.parametrize("trouble", [EngineTrouble("died", "gone"), RuntimeError("a fault")])
def test_a_recorder_survives_trouble(recorded: Recorded, trouble: Exception) -> None:
    assert recorded.looks()
    recorded.trouble.append(trouble)
    recorded.ear.said.put(an_event("start"))
    assert recorded.looks()
    recorded.ear.said.put(an_event("die"))

    assert recorded.looks()


def test_a_recorder_that_is_stopped_while_it_settles_ends() -> None:
    for _ in range(30):
        one = Recorded(Ear())
        recorder = Recorder(one.ear, one.react)
        recorder.start()
        recorder.stop()
        one.ear.said.put(None)
    names = [thread for thread in threading.enumerate() if thread.name == "workbook-recorder"]
    for thread in names:
        thread.join(2)

    assert [thread for thread in names if thread.is_alive()] == []


def test_a_second_start_does_nothing() -> None:
    one = Recorded(Ear())
    recorder = Recorder(one.ear, one.react)
    recorder.start()
    recorder.start()
    assert one.looks()

    assert one.ear.listening == 1
    recorder.stop()
    one.ear.said.put(an_event("start"))


def test_a_stop_just_after_an_event_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Recorded(Ear())
    recorder = Recorder(one.ear, one.react)
    monkeypatch.setattr("checker.session.time.sleep", lambda _: recorder.stop())
    recorder.start()

    assert recorder._thread is not None
    recorder._thread.join(2)
    assert not recorder._thread.is_alive()
    one.ear.said.put(an_event("start"))
