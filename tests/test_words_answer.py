"""Words about answers: variables compared with what is asked, or with what the engine says."""

from __future__ import annotations

import json

from checker.claim import Claim
from checker.model import Answer, Evidence, Json
from checker.words import answer, container, image
from tests.builders import Row, Thing, a_container, an_image, now_seen, rows, verdict

given, slim, web = answer("given"), image("python:3.13-slim"), container("web")
busybox = image("busybox:1.37")
DIGEST = "sha256:" + "ab" * 32
PULLED = an_image(digests=(f"python@{DIGEST}",), layers=4, size=40)
SMALL = an_image("busybox:1.37", size=1)


def says(value: Json, *things: Thing) -> Evidence:
    return now_seen(Answer(name="given", json=json.dumps(value)), *things)


NO_ANSWER = "found it is not given yet"

IS: list[Row] = [
    ("right", given.is_("quay.io"), says("quay.io"), "held"),
    ("right, another case and blanks", given.is_("quay.io"), says("  Quay.IO\n"), "held"),
    ("right, one of two", given.is_("a", "b"), says("b"), "held"),
    ("right, a number", given.is_(3), says(3), "held"),
    ("wrong", given.is_("quay.io"), says("docker.io"), "found it is “docker.io”"),
    ("wrong, a list", given.is_("a"), says(["a", "b"]), 'found it is “["a", "b"]”'),
    ("wrong, a number", given.is_(3), says(4), "found it is “4”"),
    ("wrong, true is not one", given.is_(1), says(True), "found it is “true”"),
    ("absent", given.is_("quay.io"), now_seen(), NO_ANSWER),
    ("absent, still None", given.is_("quay.io"), says(None), NO_ANSWER),
    (
        "absent, another case",
        given.is_("quay.io"),
        now_seen(Answer(name="Given", json='"quay.io"')),
        f"{NO_ANSWER} (there is Given)",
    ),
]

OF_IMAGES: list[Row] = [
    ("digest", given.is_digest_of(slim), says(DIGEST, PULLED), "held"),
    ("digest, with the name", given.is_digest_of(slim), says(f"python@{DIGEST}", PULLED), "held"),
    (
        "digest, the id",
        given.is_digest_of(slim),
        says("sha256:0", PULLED),
        "found it is “sha256:0”",
    ),
    ("digest, empty", given.is_digest_of(slim), says("", PULLED), "found it is “”"),
    (
        "digest, no image",
        given.is_digest_of(slim),
        says(DIGEST),
        "later image python:3.13-slim must be there to compare",
    ),
    ("digest, absent", given.is_digest_of(slim), now_seen(PULLED), NO_ANSWER),
    ("layers", given.counts_layers_of(slim), says(4, PULLED), "held"),
    ("layers, as text", given.counts_layers_of(slim), says("4", PULLED), "held"),
    ("layers, other", given.counts_layers_of(slim), says(12, PULLED), "found it is “12”"),
    ("layers, absent", given.counts_layers_of(slim), now_seen(PULLED), NO_ANSWER),
    (
        "smallest",
        given.names_smallest_of(slim, busybox),
        says("busybox:1.37", PULLED, SMALL),
        "held",
    ),
    (
        "smallest, full name",
        given.names_smallest_of(slim, busybox),
        says("docker.io/library/busybox:1.37", PULLED, SMALL),
        "held",
    ),
    (
        "smallest, other",
        given.names_smallest_of(slim, busybox),
        says("python:3.13-slim", PULLED, SMALL),
        "found it is “python:3.13-slim”",
    ),
    (
        "smallest, empty",
        given.names_smallest_of(slim, busybox),
        says("", PULLED, SMALL),
        "found it is “”",
    ),
    (
        "smallest, one missing",
        given.names_smallest_of(slim, busybox),
        says("busybox:1.37", SMALL),
        "later python:3.13-slim must be there to compare: docker pull python:3.13-slim",
    ),
    ("smallest, absent", given.names_smallest_of(slim, busybox), now_seen(), NO_ANSWER),
]

ENDED = a_container(status="exited", exit_code=3)
OF_CONTAINERS: list[Row] = [
    ("exit code", given.is_exit_code_of(web), says(3, ENDED), "held"),
    ("exit code, as text", given.is_exit_code_of(web), says("3", ENDED), "held"),
    ("exit code, other", given.is_exit_code_of(web), says(0, ENDED), "found it is “0”"),
    (
        "exit code, no container",
        given.is_exit_code_of(web),
        says(3),
        "later container web must be there to compare",
    ),
    ("exit code, absent", given.is_exit_code_of(web), now_seen(ENDED), NO_ANSWER),
]


@rows(*IS, *OF_IMAGES, *OF_CONTAINERS)
def test_word(claim: Claim, evidence: Evidence, said: str) -> None:
    assert verdict(claim, evidence) == said


def test_sentences() -> None:
    claims = (
        given.is_("a"),
        given.is_digest_of(slim),
        given.counts_layers_of(slim),
        given.names_smallest_of(slim, busybox),
        given.is_exit_code_of(web),
    )
    assert [claim.sentence for claim in claims] == [
        "answer given is right",
        "answer given is the digest of image python:3.13-slim",
        "answer given is the number of layers of image python:3.13-slim",
        "answer given names the smallest of python:3.13-slim and busybox:1.37",
        "answer given is the exit code of container web",
    ]
