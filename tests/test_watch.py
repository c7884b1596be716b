"""Following a lesson live, on an engine that the test plays: what wakes, ticks and is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from checker import container, lesson, once, step
from checker.commands.watch import lines
from checker.engine import EngineTrouble
from checker.evidence import Memory, Store
from checker.judge import judge
from checker.model import Evidence, Snapshot, Wanted
from checker.session import Session
from checker.versions import from_json, place_of
from checker.watch import Change, Down, Ear, Moment, Redraw, State, Wake, Watch, begin, changes
from tests.builders import a_container, a_snapshot

WEB, DB = container("web"), container("db")
LESSON = lesson(
    "What runs?",
    step("Run web", WEB.is_running()),
    step("Run db instead", DB.is_running(), once(WEB.is_running())),
    minutes=1,
)

NOTHING = a_snapshot()
BOTH = a_snapshot(a_container("web"), a_container("db"))
ONLY_WEB, ONLY_DB = a_snapshot(a_container("web")), a_snapshot(a_container("db"))


@dataclass
class Eye:
    """Shows one snapshot after the other, the last for ever; an error is raised."""

    shots: list[Snapshot | EngineTrouble]
    asked: list[Wanted] = field(default_factory=list)

    def see(self, wanted: Wanted, since: str = "", answers: object = None) -> Snapshot:
        self.asked.append(wanted)
        shot = self.shots.pop(0) if len(self.shots) > 1 else self.shots[0]
        if isinstance(shot, EngineTrouble):
            raise shot
        return shot


class Deaf(Ear):
    """An ear that hears only what the test says."""

    def start(self) -> None:
        """Say nothing by itself."""


def watching(*shots: Snapshot | EngineTrouble) -> tuple[Watch, Eye]:
    eye = Eye(list(shots))
    client = type("Client", (), {"engine": type("At", (), {"host": "unix:///s"})()})()
    session = Session(LESSON, eye, Memory(Evidence(lesson="01_x")))
    return Watch(session, Deaf(cast(Any, client))), eye


def after(watch: Watch, *words: Wake | Down | Redraw) -> Moment:
    """The next moment after these words."""
    seen = watch.moments()
    next(seen)
    for word in words:
        watch.ear.words.put(word)
    return next(seen)


def told(moments: Iterable[Moment]) -> list[str]:
    """The plain lines for these moments."""
    said: list[str] = []
    before: Moment | None = None
    for moment in moments:
        said += lines(LESSON, before, moment)
        before = moment
    return said


def state(*shots: Snapshot) -> State:
    return begin(LESSON, Evidence(lesson="01_x", snapshots=shots))


def test_a_wake_leads_to_a_look_at_everything() -> None:
    watch, eye = watching(NOTHING, ONLY_WEB)

    moment = after(watch, Wake())

    assert eye.asked[-1] == LESSON.wanted()
    assert moment.changes == (
        Change(1, "container web is running", held=True),
        Change(2, "at some moment, container web is running", held=True),
    )


def test_many_events_at_once_are_one_look() -> None:
    watch, eye = watching(NOTHING, ONLY_WEB)

    after(watch, *(Wake() for _ in range(10)))

    assert len(eye.asked) == 2


def test_silence_leads_to_a_look_at_the_active_step_alone(monkeypatch: Any) -> None:
    monkeypatch.setattr("checker.watch.POLL", 0.01)
    monkeypatch.setattr("checker.watch.Watch._changed_silently", lambda self, step: True)
    watch, eye = watching(ONLY_WEB, ONLY_WEB, BOTH)

    moment = after(watch)

    assert watch.moment.state.active is None
    assert eye.asked[-1] == LESSON.wanted(2)
    assert moment.changes == (Change(2, "container db is running", held=True),)


def test_nothing_is_shown_where_nothing_changed(monkeypatch: Any) -> None:
    monkeypatch.setattr("checker.watch.POLL", 0.01)
    monkeypatch.setattr("checker.watch.Watch._changed_silently", lambda self, step: True)
    watch, eye = watching(NOTHING, NOTHING, NOTHING, ONLY_WEB)

    after(watch)

    assert len(eye.asked) == 4


def test_a_step_stays_done_when_a_later_one_removes_what_it_made() -> None:
    moment = Moment(state(ONLY_WEB, ONLY_DB))

    assert moment.state.active is None
    assert [one.done for one in moment.state.steps] == [False, True]


def test_the_files_with_which_a_step_earned_more_are_kept_for_grading(tmp_path: Path) -> None:
    watch, _ = watching(NOTHING, ONLY_WEB, ONLY_WEB, BOTH)
    watch.session.keeper = Store(tmp_path / "01_x.evidence.json", "01_x")

    for text in ("one", "two", "three"):
        (tmp_path / "app.py").write_text(text)
        watch.hear((Wake(),))

    kept = from_json(place_of(tmp_path, "01_x").read_bytes())
    assert kept.at(1) == {"app.py": b"one"}
    assert kept.at(2) == {"app.py": b"three"}


def test_an_engine_that_stops_is_said_once_and_its_return_too() -> None:
    watch, _ = watching(NOTHING, ONLY_WEB)
    seen = watch.moments()
    moments = [next(seen)]
    for words in ((Down(""), Down("gone")), (Wake(),)):
        for word in words:
            watch.ear.words.put(word)
        moments.append(next(seen))

    assert told(moments) == [
        "watching : 0 of 2 steps done, step 1 is next",
        "engine: gone Watching goes on when it is back.",
        "engine: it answers again",
        "done: step 1: container web is running",
        "done: step 2: at some moment, container web is running",
        "step 1 is done: Run web",
    ]


def test_an_engine_that_dies_in_a_look_is_a_trouble_and_no_loss() -> None:
    watch, _ = watching(ONLY_WEB, EngineTrouble("died", "The engine stopped answering."))

    moment = after(watch, Wake())

    assert moment == Moment(watch.moment.state, trouble="The engine stopped answering.")
    assert moment.changes == ()


def test_another_size_draws_the_same_moment_again_without_a_look() -> None:
    watch, eye = watching(ONLY_WEB)

    moment = after(watch, Redraw())

    assert moment == Moment(watch.moment.state)
    assert len(eye.asked) == 1


def test_a_wake_among_new_sizes_is_not_lost() -> None:
    watch, _ = watching(NOTHING, ONLY_WEB)

    moment = after(watch, Redraw(), Wake(), Redraw())

    assert moment.changes[0].sentence == "container web is running"


def test_what_no_longer_holds_is_lost() -> None:
    before, now = state(ONLY_WEB), state(NOTHING)

    assert changes(before, now)[0] == Change(1, "container web is running", held=False)
    assert told([Moment(before), Moment(now, changes(before, now))])[1] == (
        "lost: step 1: container web is running"
    )


def test_the_last_step_ends_it() -> None:
    before, now = state(ONLY_WEB), state(ONLY_WEB, BOTH)

    assert told([Moment(before), Moment(now, changes(before, now))])[-2:] == [
        "step 2 is done: Run db instead",
        "all steps are done",
    ]


def test_a_report_on_one_step_leaves_the_others_as_they_were() -> None:
    whole = state(ONLY_WEB)
    evidence = Evidence(lesson="01_x", snapshots=(ONLY_WEB, BOTH))

    new = whole.after(judge(LESSON, evidence, 2))

    assert new.steps[0] == whole.steps[0]
    assert new.ever == {1, 2}


def test_an_ear_that_was_stopped_says_no_more() -> None:
    @contextmanager
    def listen() -> Iterator[Iterator[dict[str, str]]]:
        yield events()

    def events() -> Iterator[dict[str, str]]:
        yield {"Action": "start"}
        ear.stop()
        yield {"Action": "die"}

    ear = Ear(cast(Any, SimpleNamespace(listen=listen)))
    ear._listen()

    assert [ear.words.get_nowait() for _ in range(ear.words.qsize())] == [Wake(), Wake()]
