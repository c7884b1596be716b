"""Words about files, in the lesson's folder and inside containers: every sentence."""

from __future__ import annotations

from typing import Any

from checker.claim import Claim
from checker.model import Evidence, File, Trouble
from checker.words import container, file
from tests.builders import Row, a_container, hint, now_seen, rows, verdict

result, other, web = file("result.csv"), file("other.csv"), container("web")
inner = web.file("/tmp/result.csv")
MEANS = result.holds_table("month,c\n5,18.6\n6,26.0\n", called="the two means")
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
    ("table", MEANS, now_seen(a_file(text='"month","c"\n5,"18.60"\n6,26\n')), "held"),
    (
        "table, a digit",
        MEANS,
        now_seen(a_file(text="month,c\n5,18.61\n6,26\n")),
        "found in the row that begins with “5”, c is “18.61”, not “18.6”",
    ),
    (
        "table, not a number",
        MEANS,
        now_seen(a_file(text="month,c\n5,NA\n6,26\n")),
        "found in the row that begins with “5”, c is “NA”, not “18.6”",
    ),
    (
        "table, other columns",
        MEANS,
        now_seen(a_file(text=",month,c\n0,5,18.6\n1,6,26\n")),
        "found its columns are “”, “month” and “c”",
    ),
    (
        "table, a row less",
        MEANS,
        now_seen(a_file(text="month,c\n5,18.6\n")),
        "found it has 1 row, not 2",
    ),
    (
        "table, a cell less",
        MEANS,
        now_seen(a_file(text="month,c\n5\n6,26\n")),
        "found cells in the row that begins with “5”: 1, not 2",
    ),
    ("table, empty", MEANS, now_seen(a_file(text="\n")), "found it is empty"),
    ("table, bytes", MEANS, now_seen(a_file(text=None)), "found it is not a text"),
    ("table, absent", MEANS, NOTHING, "found it is not there"),
    (
        "agrees",
        result.agrees_with(other),
        now_seen(a_file(text='"a"\n"1.0"\n'), a_file("./other.csv", "a\n1.00\n")),
        "held",
    ),
    (
        "agrees, a digit",
        result.agrees_with(other),
        now_seen(a_file(text="a\n1.04\n"), a_file("./other.csv", "a\n1.0\n")),
        "found in the row that begins with “1.04”, a is “1.04”, not “1.0”",
    ),
    (
        "agrees, both empty",
        result.agrees_with(other),
        now_seen(a_file(text=""), a_file("./other.csv", "")),
        "found it is empty",
    ),
    (
        "agrees, bytes",
        result.agrees_with(other),
        now_seen(a_file(), a_file("./other.csv", None)),
        "found one of the two is not a text",
    ),
    (
        "agrees, no other",
        result.agrees_with(other),
        now_seen(a_file()),
        "found file other.csv is not there to compare with",
    ),
    ("agrees, absent", result.agrees_with(other), NOTHING, "found it is not there"),
    (
        "owner",
        result.belongs_to_owner_of(other),
        now_seen(a_file(owner=501), a_file("./other.csv", owner=501)),
        "held",
    ),
    (
        "owner, root",
        result.belongs_to_owner_of(other),
        now_seen(a_file(owner=0), a_file("./other.csv", owner=501)),
        "found it belongs to root, and file other.csv to user 501",
    ),
    (
        "owner, another",
        result.belongs_to_owner_of(other),
        now_seen(a_file(owner=1000), a_file("./other.csv", owner=501)),
        "found it belongs to user 1000, and file other.csv to user 501",
    ),
    ("owner, absent", result.belongs_to_owner_of(other), NOTHING, "found it is not there"),
]


@rows(*TABLE)
def test_word(claim: Claim, evidence: Evidence, said: str) -> None:
    assert verdict(claim, evidence) == said


@rows(*TABLE)
def test_each_failure_gives_a_next_move(claim: Claim, evidence: Evidence, said: str) -> None:
    if said.startswith("found "):
        assert hint(claim, evidence)


def test_sentences() -> None:
    claims = (
        result.is_there(),
        inner.holds("7"),
        result.is_a_copy_of(inner),
        MEANS,
        result.agrees_with(other),
        result.belongs_to_owner_of(other),
    )
    assert [claim.sentence for claim in claims] == [
        "file result.csv is there",
        "file /tmp/result.csv in container web holds “7”",
        "file result.csv has the same bytes as file /tmp/result.csv in container web",
        "file result.csv holds the two means",
        "file result.csv agrees with file other.csv",
        "file result.csv belongs to the owner of file other.csv",
    ]
