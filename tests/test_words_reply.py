"""Words about what a container answers: every sentence, and what is worth waiting for."""

from __future__ import annotations

import pytest

from checker.claim import Claim
from checker.judge import judge_step
from checker.lesson import Step
from checker.model import Evidence, Reply, Trouble
from checker.words import container
from tests.builders import Row, a_container, a_port, hint, now_seen, rows, verdict

web = container("web")
lab = web.on(8888).get("/api")
locked = web.on(8888).get("/api", token="s3cr3t")
OPEN = a_container(ports=(a_port(80, 8888),))
SILENT = "no server answers there, on host port 80"


def reply(status: int = 200, body: str = "ok", failure: str = "") -> Evidence:
    key = lab.question.key
    return now_seen(OPEN, Reply(key=key, status=status, body=body, failure=failure))


TABLE: list[Row] = [
    ("answers", lab.answers(), reply(), "held"),
    ("answers, another status", lab.answers(), reply(404), "found it answers 404"),
    ("answers, nobody", lab.answers(), reply(0, failure=SILENT), f"found {SILENT}"),
    (
        "answers, no port",
        lab.answers(),
        now_seen(a_container()),
        "later container web must publish port 8888 first",
    ),
    (
        "answers, not running",
        lab.answers(),
        now_seen(a_container(status="exited", ports=(a_port(80, 8888),))),
        "later container web must be running first",
    ),
    (
        "answers, not asked",
        lab.answers(),
        now_seen(OPEN),
        "later container web was not asked",
    ),
    (
        "answers, trouble",
        lab.answers(),
        now_seen(Trouble(key="container web", why="the engine is busy")),
        "sorry the engine is busy",
    ),
    ("answers, absent", lab.answers(), now_seen(), "found no container is named web"),
    ("refuses", lab.is_refused(), reply(403), "held"),
    ("refuses, lets in", lab.is_refused(), reply(), "found it answers 200"),
    ("refuses, absent", lab.is_refused(), now_seen(), "found no container is named web"),
    ("says", lab.says("ok"), reply(), "held"),
    ("says, something else", lab.says("yes"), reply(), "found it says “ok”"),
    ("says nothing", lab.says("yes"), reply(body=" "), "found its answer is empty"),
    ("says, nobody", lab.says("yes"), reply(0, failure=SILENT), f"found {SILENT}"),
    ("says, absent", lab.says("yes"), now_seen(), "found no container is named web"),
]


@rows(*TABLE)
def test_word(claim: Claim, evidence: Evidence, said: str) -> None:
    assert verdict(claim, evidence) == said


def test_sentences() -> None:
    claims = (lab.answers(), locked.answers(), lab.is_refused(), lab.says("ok"))
    assert [claim.sentence for claim in claims] == [
        "container web, asked for /api on port 8888, answers 200",
        "container web, asked for /api on port 8888 with the token, answers 200",
        "container web, asked for /api on port 8888, refuses",
        "container web, asked for /api on port 8888, says “ok”",
    ]


def test_a_silent_server_is_told_how_servers_are_heard() -> None:
    assert hint(lab.answers(), reply(0, failure=SILENT)) == (
        "A server in a container must listen on 0.0.0.0, at the port that is published; "
        "docker logs often tells where it listens."
    )


def test_a_token_stands_neither_in_the_sentence_nor_in_the_key() -> None:
    assert "s3cr3t" not in locked.answers().sentence + locked.question.key


def test_a_question_with_a_token_is_another_question() -> None:
    assert locked.question.key != lab.question.key


@pytest.mark.parametrize(
    ("evidence", "settling"),
    [
        pytest.param(reply(0, failure=SILENT), True, id="a silent server may be starting"),
        pytest.param(reply(503), True, id="a server's own fault may pass"),
        pytest.param(reply(404), False, id="a plain no stays"),
        pytest.param(now_seen(a_container()), False, id="no port will appear"),
        pytest.param(now_seen(), False, id="no container will appear"),
        pytest.param(reply(), False, id="what holds needs no waiting"),
    ],
)
def test_only_what_time_can_cure_is_waited_for(evidence: Evidence, *, settling: bool) -> None:
    assert judge_step(1, Step("", (lab.answers(),)), evidence).lines[0].settling is settling
