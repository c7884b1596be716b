"""Words about images: held, failed and absent, with every sentence."""

from __future__ import annotations

import pytest

from checker.claim import Claim, Failed
from checker.model import Evidence, Near
from checker.words import image
from tests.builders import Row, a_snapshot, an_event, an_image, hint, now_seen, rows, seen, verdict

slim, mine = image("python:3.13-slim"), image("paper/python:1")
NOTHING = now_seen()
NO_SLIM = "found no image is named python:3.13-slim"
BOTH = ("paper/python:1", "python:3.13-slim")

IS: list[Row] = [
    ("there", slim.is_there(), now_seen(an_image()), "held"),
    ("there, absent", slim.is_there(), NOTHING, NO_SLIM),
    (
        "there, other tag",
        slim.is_there(),
        now_seen(Near(kind="image", wanted="python:3.13-slim", there=("python:latest",))),
        f"{NO_SLIM} (there is python:latest)",
    ),
    (
        "also named",
        slim.is_also_named("paper/python:1"),
        now_seen(an_image(tags=BOTH), an_image("paper/python:1", tags=BOTH)),
        "held",
    ),
    (
        "also named, another image",
        slim.is_also_named("paper/python:1"),
        now_seen(an_image(), an_image("paper/python:1", tags=("busybox:1.37", "paper/python:1"))),
        "found paper/python:1 names another image, busybox:1.37",
    ),
    (
        "also named, an image without other names",
        slim.is_also_named("paper/python:1"),
        now_seen(an_image(), an_image("paper/python:1")),
        "found paper/python:1 names another image",
    ),
    (
        "also named, not yet",
        slim.is_also_named("paper/python:1"),
        now_seen(
            an_image(), Near(kind="image", wanted="paper/python:1", there=("paper/python:2",))
        ),
        "found no image is named paper/python:1 (there is paper/python:2)",
    ),
    ("also named, absent", slim.is_also_named("paper/python:1"), NOTHING, NO_SLIM),
]

WAS: list[Row] = [
    ("removed", slim.was_removed(), seen(a_snapshot(an_image()), a_snapshot()), "held"),
    (
        "removed, told by a pull",
        slim.was_removed(),
        now_seen(an_event("image", "pull", "python:3.13-slim")),
        "held",
    ),
    (
        "removed, told by a tag with its full name",
        mine.was_removed(),
        now_seen(an_event("image", "tag", "docker.io/paper/python:1")),
        "held",
    ),
    (
        "removed, another tag told",
        slim.was_removed(),
        now_seen(an_event("image", "pull", "python:3.12")),
        "found no image named python:3.13-slim has been seen",
    ),
    ("removed, still there", slim.was_removed(), now_seen(an_image()), "found it is still there"),
    (
        "removed, never there",
        slim.was_removed(),
        NOTHING,
        "found no image named python:3.13-slim has been seen",
    ),
    (
        "outlives",
        slim.outlives(mine),
        seen(a_snapshot(an_image(), an_image("paper/python:1")), a_snapshot(an_image())),
        "held",
    ),
    (
        "outlives, other name never made",
        slim.outlives(mine),
        now_seen(an_image()),
        "later image paper/python:1 must be made and removed first",
    ),
    ("outlives, absent", slim.outlives(mine), NOTHING, NO_SLIM),
    (
        "outlives, went too",
        slim.outlives(mine),
        seen(a_snapshot(an_image()), a_snapshot()),
        NO_SLIM,
    ),
]

ROWS_IN_TURN = rows(*IS, *WAS)


@ROWS_IN_TURN
def test_word(claim: Claim, evidence: Evidence, said: str) -> None:
    assert verdict(claim, evidence) == said


@ROWS_IN_TURN
def test_each_failure_gives_a_next_move(claim: Claim, evidence: Evidence, said: str) -> None:
    if said.startswith("found "):
        assert hint(claim, evidence)


def test_sentences() -> None:
    assert [
        claim.sentence
        for claim in (
            slim.is_there(),
            slim.is_also_named("paper/python:1"),
            slim.was_removed(),
            slim.outlives(mine),
        )
    ] == [
        "image python:3.13-slim is there",
        "image python:3.13-slim is also named paper/python:1",
        "image python:3.13-slim was there and is removed",
        "image python:3.13-slim outlives image paper/python:1",
    ]


@pytest.mark.parametrize(
    ("evidence", "start"),
    [(NOTHING, "docker pull"), (seen(a_snapshot(an_image()), a_snapshot()), "It went as well.")],
    ids=["never there", "gone"],
)
def test_a_thing_that_never_was_there_did_not_go(evidence: Evidence, start: str) -> None:
    found = slim.outlives(mine).judge(evidence)

    assert isinstance(found, Failed)
    assert found.hint.startswith(start)
