"""The laws that every lesson keeps, whatever the engine looked like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker import lessons
from checker.claim import Failed, Held, Unknown
from checker.evidence import from_json, to_json
from checker.judge import judge, judge_step
from checker.lesson import Lesson
from checker.model import Evidence, Snapshot
from checker.session import best
from tests import strategies
from tests.damage import copies

GOLDEN = Path(__file__).parent / "evidence"
LESSONS = lessons.every()
every_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=[one.name for one in LESSONS])
law = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def golden(lesson: Lesson) -> Evidence:
    """The evidence of the lesson's solution, as recorded on an engine."""
    return from_json((GOLDEN / f"{lesson.name}.json").read_bytes())


def test_there_are_lessons() -> None:
    assert LESSONS


@every_lesson
@law
@given(data=st.data())
def test_judging_never_breaks(lesson: Lesson, data: st.DataObject) -> None:
    report = judge(lesson, data.draw(strategies.evidence(lesson, trouble=True)))

    whys = [line.verdict.why for line in report.lines if isinstance(line.verdict, Unknown)]
    assert not [why for why in whys if "could not be judged" in why]


@every_lesson
@law
@given(data=st.data())
def test_points_stay_in_bounds(lesson: Lesson, data: st.DataObject) -> None:
    report = judge(lesson, data.draw(strategies.evidence(lesson, trouble=True)))

    assert report.out_of == lesson.points == sum(len(step.claims) for step in lesson.steps)
    assert 0 <= report.points <= report.out_of


@every_lesson
@law
@given(data=st.data())
def test_judging_twice_says_the_same(lesson: Lesson, data: st.DataObject) -> None:
    seen = data.draw(strategies.evidence(lesson, trouble=True))

    assert judge(lesson, seen) == judge(lesson, seen)


@every_lesson
@pytest.mark.parametrize("looks", [0, 1, 3], ids=["no look", "one look", "three looks"])
def test_nothing_earns_nothing(lesson: Lesson, looks: int) -> None:
    empty = Evidence(lesson=lesson.name, snapshots=(Snapshot(taken="2026"),) * looks)

    assert [line.sentence for line in judge(lesson, empty).lines if line.held] == []


@every_lesson
@law
@given(data=st.data())
def test_bystanders_never_change_the_score(lesson: Lesson, data: st.DataObject) -> None:
    seen = data.draw(strategies.evidence(lesson))
    crowd = data.draw(strategies.bystanders())
    crowded = replace(seen, snapshots=tuple(_both(shot, crowd) for shot in seen.snapshots))

    assert judge(lesson, crowded) == judge(lesson, seen)


def _both(shot: Snapshot, crowd: Snapshot) -> Snapshot:
    slots = [field.name for field in fields(Snapshot) if field.name != "taken"]
    return replace(shot, **{slot: getattr(shot, slot) + getattr(crowd, slot) for slot in slots})


@every_lesson
@law
@given(data=st.data())
def test_every_failure_speaks(lesson: Lesson, data: st.DataObject) -> None:
    for line in judge(lesson, data.draw(strategies.evidence(lesson, trouble=True))).lines:
        match line.verdict:
            case Failed(found=found, hint=hint):
                assert found.strip(), line.sentence
                assert hint.strip(), f"{line.sentence}: {found}: no next move"
            case Unknown(why=why):
                assert why.strip(), line.sentence
            case Held():
                pass


@every_lesson
@law
@given(data=st.data())
def test_evidence_survives_json(lesson: Lesson, data: st.DataObject) -> None:
    seen = data.draw(strategies.evidence(lesson, trouble=True))

    assert from_json(to_json(seen)) == seen


@every_lesson
def test_the_golden_evidence_earns_everything(lesson: Lesson) -> None:
    assert best(lesson, golden(lesson)) == tuple(step.points for step in lesson.steps)


@every_lesson
def test_every_claim_bites(lesson: Lesson) -> None:
    assert list(_toothless(lesson)) == []


def _toothless(lesson: Lesson) -> Iterator[str]:
    """The claims that no damage to the evidence makes fail."""
    whole = golden(lesson)
    for number, step in enumerate(lesson.steps, 1):
        done = next(
            whole.until(count)
            for count in range(len(whole.snapshots), 0, -1)
            if judge_step(number, step, whole.until(count)).done
        )
        claims = list(step.claims)
        for _, copy in copies(done):
            claims = [claim for claim in claims if claim.judge(copy) == Held()]
            if not claims:
                break
        yield from (claim.sentence for claim in claims)


@every_lesson
def test_no_two_claims_of_a_step_are_the_same(lesson: Lesson) -> None:
    for step in lesson.steps:
        sentences = [claim.sentence for claim in step.claims]
        assert len(set(sentences)) == len(sentences)


@every_lesson
def test_sentences_keep_the_style(lesson: Lesson) -> None:
    said = [claim.sentence for step in lesson.steps for claim in step.claims]
    said += [hint for step in lesson.steps for hint in (*step.hints, step.title)]

    assert [text for text in said if "!" in text or "✅" in text or "❌" in text] == []
    assert [step.title for step in lesson.steps if len(step.hints) != 3] == []
