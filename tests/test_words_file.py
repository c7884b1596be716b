"""Words about files, in the lesson's folder and inside containers: every sentence."""

from __future__ import annotations

from typing import Any

from checker.claim import Claim
from checker.model import Evidence, File, Trouble
from checker.words import container, file
from tests.builders import Row, a_container, hint, now_seen, rows, verdict

result, web = file("result.csv"), container("web")
inner = web.file("/tmp/result.csv")
NOTHING = now_seen()


def a_file(place: str = "./result.csv", text: str | None = "7\n", **changes: Any) -> File:
    size = len(text or "12")
    return File(place=place, sha256=str(hash(text)), size=size, text=text, **changes)


INNER = "web:/tmp/result.csv"

TABLE: list[Row] = [
    ("there", result.is_there(), now_seen(a_file()), "held"),
    ("there, not a text", result.is_there(), now_seen(a_file(text=None)), "held"),
    ("there, absent", result.is_there(), NOTHING, "found it is not there"),
    ("holds", result.holds("7"), now_seen(a_file()), "held"),
    ("holds, other", result.holds("8"), now_seen(a_file()), "found it holds “7”"),
    ("holds, empty", result.holds("8"), now_seen(a_file(text=" \n")), "found it is empty"),
    ("holds, bytes", result.holds("8"), now_seen(a_file(text=None)), "found it is not a text"),
    ("holds, absent", result.holds("7"), NOTHING, "found it is not there"),
    ("inside", inner.holds("7"), now_seen(a_container(), a_file(INNER)), "held"),
    ("inside, no file", inner.holds("7"), now_seen(a_container()), "found it is not there"),
    ("inside, no container", inner.holds("7"), NOTHING, "found no container is named web"),
    (
        "inside, trouble",
        inner.holds("7"),
        now_seen(Trouble(key="container web", why="the engine is busy")),
        "sorry the engine is busy",
    ),
    (
        "copy",
        result.is_a_copy_of(inner),
        now_seen(a_container(), a_file(), a_file(INNER)),
        "held",
    ),
    (
        "copy, other bytes",
        result.is_a_copy_of(inner),
        now_seen(a_container(), a_file(), a_file(INNER, "seven\n")),
        "found its 2 bytes are not the 6 bytes of file /tmp/result.csv in container web",
    ),
    (
        "copy, no original",
        result.is_a_copy_of(inner),
        now_seen(a_container(), a_file()),
        "found file /tmp/result.csv in container web is not there to compare with",
    ),
    ("copy, absent", result.is_a_copy_of(inner), NOTHING, "found it is not there"),
]


@rows(*TABLE)
def test_word(claim: Claim, evidence: Evidence, said: str) -> None:
    assert verdict(claim, evidence) == said


@rows(*TABLE)
def test_each_failure_gives_a_next_move(claim: Claim, evidence: Evidence, said: str) -> None:
    if said.startswith("found "):
        assert hint(claim, evidence)


def test_sentences() -> None:
    claims = (result.is_there(), inner.holds("7"), result.is_a_copy_of(inner))
    assert [claim.sentence for claim in claims] == [
        "file result.csv is there",
        "file /tmp/result.csv in container web holds “7”",
        "file result.csv has the same bytes as file /tmp/result.csv in container web",
    ]
