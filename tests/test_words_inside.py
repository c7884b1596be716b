"""Words about what is in images, and how images compare: every sentence."""

from __future__ import annotations

from typing import Any

import pytest

from checker.claim import Claim
from checker.model import Evidence, File, Image, Search, Trouble
from checker.words import image
from tests.builders import Row, an_image, hint, now_seen, rows, verdict

iris, before = image("iris:2"), image("iris:1")
TOKEN = "gt-4711"
THERE = an_image("iris:2")
ABSENT = "found no image is named iris:2"
LATER = "later the image has not been looked into yet"
BUSY = "the engine is busy"
code, keeps = iris.file("/app/a.py"), iris.keeps_out(TOKEN, called="the token")


def at(path: str, **what: Any) -> File:
    return File(place=f"image iris:2 {path}", **what)


def a_search(*places: str) -> Search:
    return Search(key="the token in image iris:2", places=places)


def both(**what: Any) -> tuple[Image, Image]:
    usual = {"size": 40, "layers": 3, "layer_ids": ("a", "b", "c"), "created": "2026-11-20T09"}
    old = an_image("iris:1", size=100, layers=2, layer_ids=("a", "b"), created="2026-11-20T08")
    return an_image("iris:2", **{**usual, **what}), old


FILES: list[Row] = [
    ("has", iris.has_file("/app"), now_seen(THERE, at("/app", kind="folder")), "held"),
    (
        "has, not",
        iris.has_file("/app"),
        now_seen(THERE, at("/app", kind="absent")),
        "found there is nothing at /app",
    ),
    ("has, nobody looked", iris.has_file("/app"), now_seen(THERE), LATER),
    ("has, absent", iris.has_file("/app"), now_seen(), ABSENT),
    (
        "has no",
        iris.has_no_file("/app/.git"),
        now_seen(THERE, at("/app/.git", kind="absent")),
        "held",
    ),
    (
        "has no, a folder",
        iris.has_no_file("/app/.git"),
        now_seen(THERE, at("/app/.git", kind="folder")),
        "found there is a folder at /app/.git",
    ),
    ("has no, nobody looked", iris.has_no_file("/x"), now_seen(THERE), LATER),
    ("has no, absent", iris.has_no_file("/x"), now_seen(), ABSENT),
    (
        "has no, trouble",
        iris.has_no_file("/x"),
        now_seen(THERE, Trouble(key="file /x in image iris:2", why=BUSY)),
        f"sorry {BUSY}",
    ),
    ("holds", code.holds("2"), now_seen(THERE, at("/app/a.py", text="a = 2\n")), "held"),
    (
        "holds, other",
        code.holds("2"),
        now_seen(THERE, at("/app/a.py", text="a = 1\n")),
        "found it holds “a = 1”",
    ),
    (
        "holds, a folder",
        code.holds("2"),
        now_seen(THERE, at("/app/a.py", kind="folder")),
        "found it is a folder",
    ),
    (
        "holds, no file",
        code.holds("2"),
        now_seen(THERE, at("/app/a.py", kind="absent")),
        "found it is not there",
    ),
    ("holds, absent", code.holds("2"), now_seen(), ABSENT),
    ("owner", code.belongs_to(1000), now_seen(THERE, at("/app/a.py", owner=1000)), "held"),
    (
        "owner, other",
        code.belongs_to(1000),
        now_seen(THERE, at("/app/a.py", owner=0)),
        "found it belongs to user 0",
    ),
    ("owner, absent", code.belongs_to(1000), now_seen(), ABSENT),
]

SEARCHES: list[Row] = [
    ("kept out", keeps, now_seen(THERE, a_search()), "held"),
    (
        "not kept out",
        keeps,
        now_seen(THERE, a_search("the layer of COPY . .", "its history")),
        "found it is in the layer of COPY . . and its history",
    ),
    ("kept out, nobody looked", keeps, now_seen(THERE), LATER),
    ("kept out, absent", keeps, now_seen(), ABSENT),
    (
        "kept out, trouble",
        keeps,
        now_seen(THERE, Trouble(key="the token in image iris:2", why=BUSY)),
        f"sorry {BUSY}",
    ),
]

smaller, shares = iris.smaller_than(before, by=0.5), iris.shares_layers_with(before, all_but=1)
COMPARED: list[Row] = [
    ("smaller", smaller, now_seen(*both()), "held"),
    ("smaller, not enough", smaller, now_seen(*both(size=50)), "found it has 50% of its size"),
    (
        "smaller, of nothing",
        smaller,
        now_seen(THERE, an_image("iris:1", size=0)),
        "found it has 100% of its size",
    ),
    (
        "smaller, nothing to compare",
        smaller,
        now_seen(THERE),
        "later image iris:1 must be there to compare: docker pull iris:1",
    ),
    (
        "built from, nothing to compare, of one's own",
        iris.is_built_from(image("iris:1", "build")),
        now_seen(THERE),
        "later image iris:1 must be there to compare",
    ),
    ("smaller, absent", smaller, now_seen(both()[1]), ABSENT),
    ("built from", iris.is_built_from(before), now_seen(*both()), "held"),
    (
        "built from another",
        iris.is_built_from(before),
        now_seen(*both(layer_ids=("a", "x", "b"))),
        "found it has other layers below",
    ),
    ("built from, absent", iris.is_built_from(before), now_seen(both()[1]), ABSENT),
    ("shares", shares, now_seen(*both()), "held"),
    ("shares, the same", shares, now_seen(*both(layers=2, layer_ids=("a", "b"))), "held"),
    (
        "shares, too little",
        shares,
        now_seen(*both(layer_ids=("a", "x", "c"))),
        "found the first 1 of its 3 layers are the same",
    ),
    (
        "shares, nothing",
        iris.shares_layers_with(before, all_but=3),
        now_seen(*both(layer_ids=("x", "b", "c"))),
        "found no layer is the same",
    ),
    ("shares, absent", shares, now_seen(both()[1]), ABSENT),
    ("after", iris.built_after(before), now_seen(*both()), "held"),
    (
        "after, not",
        iris.built_after(before),
        now_seen(*both(created="2026-11-20T07")),
        "found it was built at 2026-11-20T07",
    ),
    ("after, absent", iris.built_after(before), now_seen(both()[1]), ABSENT),
]
ROWS = [*FILES, *SEARCHES, *COMPARED]


@rows(*ROWS)
def test_word(claim: Claim, evidence: Evidence, said: str) -> None:
    assert verdict(claim, evidence) == said


@rows(*ROWS)
def test_each_failure_gives_a_next_move(claim: Claim, evidence: Evidence, said: str) -> None:
    if said.startswith("found "):
        assert hint(claim, evidence)


def test_no_sentence_and_no_key_repeats_the_secret() -> None:
    (sought,) = keeps.wants.searches

    assert sought.text == TOKEN
    assert TOKEN not in keeps.sentence + keeps.hint + sought.key


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (iris.has_file("/app"), "image iris:2 has /app"),
        (iris.has_no_file("/app/.git"), "image iris:2 has no /app/.git"),
        (code.is_there(), "file /app/a.py in image iris:2 is there"),
        (code.belongs_to(0, called="root"), "file /app/a.py in image iris:2 belongs to root"),
        (keeps, "image iris:2 keeps the token out of all its layers and settings"),
        (smaller, "image iris:2 is smaller than half the size of image iris:1"),
        (iris.smaller_than(before), "image iris:2 is smaller than image iris:1"),
        (shares, "image iris:2 has all but the last layer in common with image iris:1"),
        (
            iris.shares_layers_with(before, all_but=2),
            "image iris:2 has all but the last 2 layers in common with image iris:1",
        ),
        (
            iris.shares_layers_with(before),
            "image iris:2 has all layers in common with image iris:1",
        ),
        (iris.is_built_from(before), "image iris:2 is built from image iris:1"),
        (iris.built_after(before), "image iris:2 was built after image iris:1"),
    ],
)
def test_sentence(claim: Claim, sentence: str) -> None:
    assert claim.sentence == sentence
