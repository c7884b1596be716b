"""What a panel is told: what holds now, what held once, what is lost, and why."""

from __future__ import annotations

from typing import Any, cast

from checker import container, lesson, step
from checker.live.seen import MARKS, as_json, first, held_in
from checker.model import Evidence, Snapshot
from checker.watch import Moment, begin
from tests.builders import a_container, a_snapshot

WEB, DB = container("web"), container("db")
LESSON = lesson(
    "What runs?",
    step("Run two", WEB.is_running(), DB.is_running(), hints=("one", "two", "three")),
    step("Run web on", WEB.is_running()),
    minutes=1,
)
NOTHING, WEB_RUNS = a_snapshot(), a_snapshot(a_container("web"))
BOTH_RUN = a_snapshot(a_container("web"), a_container("db"))


def evidence(*shots: Snapshot) -> Evidence:
    return Evidence(lesson="01_x", snapshots=shots)


def told(*shots: Snapshot, rungs: dict[str, int] | None = None, trouble: str = "") -> Any:
    """What a panel is told after these looks."""
    known = evidence(*shots)
    seen = first(LESSON, Moment(begin(LESSON, known), trouble=trouble), known)
    return cast(Any, as_json(seen, rungs or {}))


def verdicts(said: Any, number: int) -> list[str]:
    return [claim["verdict"] for claim in said["steps"][number - 1]["claims"]]


def test_a_lesson_that_nobody_began() -> None:
    said = told(NOTHING)

    assert (said["points"], said["out_of"], said["active"]) == (0, 3, 1)
    assert [one["verdict"] for one in said["steps"]] == ["failed", "unknown"]
    assert verdicts(said, 1) == ["failed", "failed"]


def test_a_claim_that_held_is_lost_while_its_step_was_never_done() -> None:
    said = told(WEB_RUNS, NOTHING)

    assert verdicts(said, 1) == ["lost", "failed"]
    claim = said["steps"][0]["claims"][0]
    assert (claim["mark"], claim["word"]) == ("✗", "No longer")
    assert claim["found"] == "no container is named web"


def test_a_claim_that_held_was_done_when_its_step_was() -> None:
    said = told(BOTH_RUN, NOTHING)

    assert said["steps"][0]["verdict"] == "once"
    assert verdicts(said, 1) == ["once", "once"]
    assert said["steps"][0]["points"] == 0
    assert said["steps"][0]["claims"][0]["word"] == "Was done"


def test_what_holds_now_is_done_whatever_was_before() -> None:
    said = told(NOTHING, BOTH_RUN)

    assert [one["verdict"] for one in said["steps"]] == ["held", "held"]
    assert said["active"] is None


def test_hints_are_those_that_were_shown() -> None:
    said = told(NOTHING, rungs={"/1": 2, "other/1": 3})

    assert (said["steps"][0]["hints"], said["steps"][0]["hints_left"]) == (["one", "two"], 1)
    assert (said["steps"][1]["hints"], said["steps"][1]["hints_left"]) == ([], 0)


def test_an_engine_that_is_gone_takes_no_tick_away() -> None:
    said = told(BOTH_RUN, trouble="The engine is gone.")

    assert said["trouble"] == "The engine is gone."
    assert verdicts(said, 1) == ["held", "held"]


def test_claims_held_at_different_moments_are_all_remembered() -> None:
    only_db = a_snapshot(a_container("db"))
    known = evidence(WEB_RUNS, only_db, NOTHING)

    assert held_in(LESSON, known) == {(1, 0), (1, 1), (2, 0)}


def test_marks_are_the_three_of_every_report() -> None:
    assert {mark for mark, _ in MARKS.values()} == {"✓", "✗", "–"}
