"""The harness of live tests, without an engine: what it reads, refuses and compares."""

from __future__ import annotations

import math
import os
import re
from pathlib import Path
from typing import Any

import pytest
from docker.errors import NotFound

from checker.claim import HELD, Failed, Unknown
from checker.judge import Line, StepReport
from checker.model import Wanted
from tests.live.bench import LABEL, Bench, NotOurs
from tests.live.cases import ROOT, Case, Lost, StepAnswers, every, faults, fits, read
from tests.live.crowd import _other_images, _others
from tests.live.harness import BETWEEN_LOOKS, CALM, Calm, as_yaml, losses, same
from tests.live.record import personal

RIGHT = Case(name="another way", bash="true")
WRONG = Case(name="forgot it", loses=(Lost(claim="web is there", found="it is not"),))


def test_a_pattern_fits_any_text_in_its_gaps() -> None:
    assert fits("created {any}", "created 2026-11-20T09:00:00Z")
    assert fits("a.b", "a.b")
    assert fits("{any}", "two\nlines")
    assert not fits("a.b", "axb")
    assert not fits("created {any} today", "created now")


FAULTS = [
    ((RIGHT, RIGHT), (), "two cases are named another way"),
    ((WRONG,), (), "forgot it is a right answer and loses 1 lines"),
    ((), (Case(name="x"),), "x is a wrong answer and loses 0 lines"),
    (
        (),
        (Case(name="x", loses=(Lost(claim="c"),)),),
        "x: each line it loses has either found or later",
    ),
]


@pytest.mark.parametrize(
    ("right", "wrong", "fault"), FAULTS, ids=[fault[:20] for _, _, fault in FAULTS]
)
def test_unfit_answers_are_told(right: Any, wrong: Any, fault: str) -> None:
    assert list(faults(StepAnswers(right=right, wrong=wrong))) == [fault]


@pytest.mark.parametrize("text", ["right: 3", "{", "right: []\nwrong: []\nwrnog: []"])
def test_a_file_that_does_not_fit_names_itself(tmp_path: Path, text: str) -> None:
    place = ROOT / "tests" / f".{tmp_path.name}.yaml"
    place.write_text(text)
    try:
        with pytest.raises(ValueError, match=place.name):
            read(place)
    finally:
        place.unlink()


def test_patience_ends_when_an_answer_has_been_wrong_as_told_for_a_while() -> None:
    enough = round(CALM / BETWEEN_LOOKS)
    looks = [True, True, False, *([True] * enough)]
    calm = Calm(lambda: looks.pop(0))

    waited = 0
    while calm() != math.inf:
        calm.sleep(0.2)
        waited += 1

    assert (waited, looks) == (3 + enough, [])


SWEEPING = re.compile(
    r"\bprune\b|\$\(docker (?:container |image |volume )?(?:ps|ls|images)(?: -\S+)*\)"
)


def test_no_answer_sweeps_the_engine() -> None:
    """Tests run on engines that hold other things, the course mirror first of all."""
    files = sorted((ROOT / "tests" / "answers").glob("*/*.yaml"))
    swept = [path.name for path in files if SWEEPING.search(path.read_text())]

    assert files
    assert not swept
    assert SWEEPING.search("docker rm -f $(docker ps -aq)")


def test_every_file_of_answers_can_be_read() -> None:
    assert len(list(every())) >= 4


LINES = (
    Line("a", HELD),
    Line("b", Failed("it is c", "Do d.")),
    Line("e", Unknown("b must be there first")),
)
LOST = (Lost(claim="b", found="it is c"), Lost(claim="e", later="b must be there first"))


def test_losses_are_the_lines_that_do_not_hold() -> None:
    assert losses(StepReport(1, "x", LINES)) == LOST


@pytest.mark.parametrize(
    "expected",
    [
        LOST[:1],
        LOST[::-1],
        (*LOST, LOST[0]),
        (LOST[0], Lost(claim="e", found="b must be there first")),
        (Lost(claim="b", found="it is d"), LOST[1]),
    ],
    ids=["fewer", "another order", "more", "another kind", "another sentence"],
)
def test_other_losses_are_not_the_same(expected: tuple[Lost, ...]) -> None:
    assert same(LOST, LOST)
    assert not same(expected, LOST)


def test_losses_are_shown_as_they_would_stand_in_the_file() -> None:
    assert as_yaml(LOST) == (
        "loses:\n- claim: b\n  found: it is c\n- claim: e\n  later: b must be there first\n"
    )


class FullEngine:
    """An engine with a container named web, that refuses to be changed."""

    def __init__(self, owner: int = 0) -> None:
        self.owner = owner

    def containers(self, **_: object) -> list[dict[str, Any]]:
        return [{"Id": "c0ffee", "Names": ["/web"]}]

    def volumes(self, **_: object) -> dict[str, Any]:
        return {"Volumes": None}

    def networks(self) -> list[dict[str, Any]]:
        return []

    def images(self) -> list[dict[str, Any]]:
        return [{"Id": "sha256:a", "RepoTags": ["mine:latest"]}]

    def inspect_volume(self, name: str) -> dict[str, Any]:
        if not self.owner:
            raise NotFound(name)
        return {"Labels": {LABEL: str(self.owner)}}


@pytest.mark.parametrize(
    ("wanted", "named"),
    [(Wanted(containers=("web",)), "container web"), (Wanted(images=("mine",)), "image mine")],
    ids=["container", "image"],
)
def test_a_developers_own_things_are_not_touched(wanted: Wanted, named: str) -> None:
    with pytest.raises(NotOurs, match=f"This engine holds {named}, which the lessons' tests"):
        Bench(FullEngine()).begin(wanted)


def test_an_engine_that_others_test_on_is_not_touched() -> None:
    with pytest.raises(NotOurs, match=f"Process {os.getppid()} runs the lessons' tests"):
        Bench(FullEngine(os.getppid())).begin(Wanted())


def test_a_crowd_resembles_what_is_wanted_and_is_none_of_it() -> None:
    names, images = _others(("web", "db"), "box"), _other_images(("python:3.13-slim",))

    assert len(names) == len(images) == 20
    assert {"webs", "ewb", "we", "web_2"} <= set(names)
    assert "python:3.13-slim-old" in images
    assert {"web", "db"}.isdisjoint(names)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests" / "evidence").glob("*.json")), ids=lambda path: path.stem
)
def test_golden_evidence_names_nobody(path: Path) -> None:
    assert list(personal(path.read_text())) == []


def test_a_home_in_evidence_is_noticed() -> None:
    assert list(personal(f'"source": "{Path.home()}/x"')) == [str(Path.home())]
    assert list(personal('"source": "/elsewhere/x"')) == []
