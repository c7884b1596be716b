"""Words about registries and tags: each sentence, and how the registry is asked."""

from __future__ import annotations

import json

import pytest

from checker.claim import Claim
from checker.judge import judge_step
from checker.lesson import Step
from checker.model import Answer, Evidence, Reply, Trouble
from checker.words import answer, container, registry
from tests.builders import Row, a_container, a_port, hint, now_seen, rows, verdict

shelf = registry("shelf")
first, current = shelf.tag("iris/report", "1.0"), shelf.tag("iris/report", "current")
proof = container("proof")
DOOR = a_container("shelf", ports=(a_port(5009, 5000),))
ONE, TWO = (f"sha256:{pair * 32}" for pair in ("a1", "b2"))
HAS = shelf.has("iris/report", tag="1.0")
SILENT = "no server answers there, on host port 5009"


def told(one: str = ONE, two: str = TWO, *, tags: object = (), names: object = ()) -> list[Reply]:
    """What the registry says of both tags, of the repository and of all it has."""
    manifests = [
        Reply(key=tag.wants.questions[0].key, status=200 if digest else 404, digest=digest)
        for tag, digest in ((first, one), (current, two))
    ]
    _, listing, catalog = first.wants.questions
    lists = [
        Reply(key=listing.key, status=200 if tags else 404, body=json.dumps({"tags": tags})),
        Reply(key=catalog.key, status=200, body=json.dumps({"repositories": names})),
    ]
    return [*manifests, *lists]


def fails(failure: str = "", status: int = 0) -> Evidence:
    """The registry does not answer as one."""
    key = first.wants.questions[0].key
    return now_seen(DOOR, Reply(key=key, status=status, failure=failure))


def running(image: str, *replies: Reply) -> Evidence:
    """Container proof from this image, beside the registry."""
    return now_seen(DOOR, a_container("proof", image=image), *(replies or told()))


BOTH = now_seen(DOOR, *told())
SAME = now_seen(DOOR, *told(ONE, ONE))
EMPTY = now_seen(DOOR, *told("", ""))
NO_SHELF = "found no container is named shelf"
PINNED = proof.is_pinned_to(first)
IS_DIGEST = answer("pushed").is_digest_of(first)

TABLE: list[Row] = [
    ("has", HAS, BOTH, "held"),
    (
        "has, another tag",
        HAS,
        now_seen(DOOR, *told("", tags=["latest", "2"], names=["iris/report"])),
        "found it has iris/report as 2 and latest alone",
    ),
    (
        "has, another repository",
        HAS,
        now_seen(DOOR, *told("", names=["iris/reports"])),
        "found it has no iris/report; there is iris/reports",
    ),
    ("has, nothing", HAS, EMPTY, "found it has no iris/report, nor anything else"),
    (
        "has, a list that is none",
        HAS,
        now_seen(DOOR, *told("", tags=7, names="x")),
        "found it has no iris/report, nor anything else",
    ),
    ("has, silent", HAS, fails(SILENT), f"found {SILENT}"),
    ("has, another server", HAS, fails(status=500), "found it answers 500"),
    ("has, not asked", HAS, now_seen(DOOR), "later container shelf was not asked"),
    (
        "has, stopped",
        HAS,
        now_seen(a_container("shelf", status="exited"), *told()),
        "later container shelf must be running first",
    ),
    (
        "has, no port",
        HAS,
        now_seen(a_container("shelf"), *told()),
        "later container shelf must publish port 5000 first",
    ),
    ("has, trouble", HAS, now_seen(Trouble(key="container shelf", why="busy")), "sorry busy"),
    ("has, absent", HAS, now_seen(), NO_SHELF),
    ("same", current.points_where(first), SAME, "held"),
    ("same, not", current.points_where(first), BOTH, "found they point to two images"),
    (
        "same, other absent",
        current.points_where(first),
        now_seen(DOOR, *told("")),
        "later tag 1.0 of iris/report must be there to compare",
    ),
    ("same, absent", current.points_where(first), now_seen(), NO_SHELF),
    ("moved", current.points_elsewhere_than(first), BOTH, "held"),
    ("moved, not", current.points_elsewhere_than(first), SAME, "found both point to one image"),
    ("moved, absent", current.points_elsewhere_than(first), now_seen(), NO_SHELF),
    ("pinned", PINNED, running(f"localhost:5009/iris/report@{ONE}"), "held"),
    ("pinned, name and tag too", PINNED, running(f"localhost:5009/iris/report:1.0@{ONE}"), "held"),
    (
        "pinned, a tag",
        PINNED,
        running("localhost:5009/iris/report:1.0"),
        "found it runs localhost:5009/iris/report:1.0, a name that can move to another image",
    ),
    (
        "pinned, an ID",
        PINNED,
        running("ea807827c7f6"),
        "found it runs ea807827c7f6, an ID that no registry knows",
    ),
    (
        "pinned, another digest",
        PINNED,
        running(f"localhost:5009/iris/report@{TWO}"),
        f"found it runs localhost:5009/iris/report@{TWO}, another digest",
    ),
    (
        "pinned, no such tag",
        PINNED,
        running(f"localhost:5009/iris/report@{ONE}", *told("")),
        "later tag 1.0 of iris/report must be there to compare",
    ),
    ("pinned, absent", PINNED, BOTH, "found no container is named proof"),
    (
        "digest",
        IS_DIGEST,
        now_seen(DOOR, *told(), Answer(name="pushed", json=json.dumps(f" {ONE}\n"))),
        "held",
    ),
    (
        "digest, with the name before it",
        IS_DIGEST,
        now_seen(DOOR, *told(), Answer(name="pushed", json=f'"localhost:5009/iris/report@{ONE}"')),
        "held",
    ),
    (
        "digest, another",
        IS_DIGEST,
        now_seen(DOOR, *told(), Answer(name="pushed", json='"1.0"')),
        "found it is “1.0”",
    ),
    (
        "digest, no tag",
        IS_DIGEST,
        now_seen(Answer(name="pushed", json='"1.0"')),
        "later tag 1.0 of iris/report must be there to compare",
    ),
    ("digest, absent", IS_DIGEST, BOTH, "found it is not given yet"),
]


@rows(*TABLE)
def test_word(claim: Claim, evidence: Evidence, said: str) -> None:
    assert verdict(claim, evidence) == said


def test_sentences() -> None:
    claims = (
        HAS,
        current.points_where(first),
        current.points_elsewhere_than(first),
        PINNED,
        IS_DIGEST,
    )

    assert [claim.sentence for claim in claims] == [
        "registry shelf has iris/report:1.0",
        "tag current of iris/report points to the same image as tag 1.0 of iris/report",
        "tag current of iris/report points to another image than tag 1.0 of iris/report",
        "container proof is pinned to the digest of tag 1.0 of iris/report",
        "answer pushed is the digest of tag 1.0 of iris/report",
    ]


def test_a_missing_tag_is_told_how_to_push_it() -> None:
    assert hint(HAS, EMPTY).endswith("take the whole name: HOST:PORT/iris/report:1.0")


def test_a_registry_is_asked_without_fetching_anything() -> None:
    manifest, listing, catalog = first.wants.questions

    assert (manifest.method, manifest.path) == ("HEAD", "/v2/iris/report/manifests/1.0")
    assert (listing.path, catalog.path) == ("/v2/iris/report/tags/list", "/v2/_catalog")
    assert first.wants.containers == ("shelf",)


@pytest.mark.parametrize(
    ("evidence", "settling"), [(fails(SILENT), True), (EMPTY, False), (BOTH, False)]
)
def test_only_a_registry_that_is_still_starting_is_waited_for(
    evidence: Evidence, *, settling: bool
) -> None:
    assert judge_step(1, Step("", (HAS,)), evidence).lines[0].settling is settling
