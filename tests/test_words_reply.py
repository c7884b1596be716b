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
by_job = web.on(8000, by=container("job")).get("/health")
within = web.on(8000, by=web).get("/health")
sent = web.on(8000).post("/predict", json={"text": "é"})
SELF = Reply(key=within.question.key, status=200)
OPEN = a_container(ports=(a_port(80, 8888),))
SILENT = "no server answers there, on host port 80"


def reply(status: int = 200, body: str = "ok", failure: str = "") -> Evidence:
    key = lab.question.key
    return now_seen(OPEN, Reply(key=key, status=status, body=body, failure=failure))


def heard(status: int = 200, failure: str = "", *, cut_off: bool = False) -> Evidence:
    key = by_job.question.key
    answer = Reply(key=key, status=status, failure=failure, cut_off=cut_off)
    return now_seen(a_container(), a_container("job"), answer)


NO_WEB, NO_JOB = "found no container is named web", "found no container is named job"
EMPTY_422 = "found it answers 422 and its answer is empty"
UNKNOWN = "container job does not know the name web"
QUIET = f"found {SILENT}"

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
    ("refuses what is wrong", lab.refuses(), reply(422), "held"),
    ("refuses, but takes it", lab.refuses(), reply(), "found it answers 200 and says “ok”"),
    ("refuses, another way", lab.refuses(400), reply(422, ""), EMPTY_422),
    ("refuses what is wrong, absent", lab.refuses(), now_seen(), NO_WEB),
    ("returns", lab.returns_json_with("result"), reply(body='{"result": null}'), "held"),
    (
        "returns a value",
        lab.returns_json_with("result", "a"),
        reply(body='{"result": "a"}'),
        "held",
    ),
    (
        "returns another value",
        lab.returns_json_with("result", "a"),
        reply(body='{"result": "b"}'),
        'found it answers 200 and says “{"result": "b"}”',
    ),
    (
        "returns true, not 1",
        lab.returns_json_with("result", 1),
        reply(body='{"result": true}'),
        'found it answers 200 and says “{"result": true}”',
    ),
    (
        "returns a list",
        lab.returns_json_with("result"),
        reply(body='["result"]'),
        'found it answers 200 and says “["result"]”',
    ),
    (
        "returns no JSON",
        lab.returns_json_with("result"),
        reply(500, "oops"),
        "found it answers 500 and says “oops”",
    ),
    ("returns, absent", lab.returns_json_with("result"), now_seen(), NO_WEB),
    ("asked by another", by_job.answers(), heard(), "held"),
    ("asked by another, no port published", by_job.answers(404), heard(), "found it answers 200"),
    ("asked by another, absent", by_job.answers(), now_seen(OPEN), NO_JOB),
    ("asked by another, both absent", by_job.answers(), now_seen(), NO_WEB),
    (
        "asked by one that has ended",
        by_job.answers(),
        now_seen(a_container(), a_container("job", status="exited")),
        "later container job must be running first",
    ),
    ("asked from within", within.answers(), now_seen(a_container(), SELF), "held"),
    ("cut off", by_job.is_cut_off(), heard(status=0, failure=UNKNOWN, cut_off=True), "held"),
    ("cut off, but answers", by_job.is_cut_off(), heard(), "found it answers 200"),
    ("cut off, only silent", by_job.is_cut_off(), heard(status=0, failure=SILENT), QUIET),
    ("cut off, absent", by_job.is_cut_off(), now_seen(), NO_WEB),
]


@rows(*TABLE)
def test_word(claim: Claim, evidence: Evidence, said: str) -> None:
    assert verdict(claim, evidence) == said


def test_sentences() -> None:
    claims = (
        lab.answers(),
        locked.answers(),
        lab.is_refused(),
        lab.says("ok"),
        lab.refuses(),
        by_job.is_cut_off(),
        within.answers(),
        sent.returns_json_with("result", "é"),
        web.on(8000).post("/predict", text="{").refuses(400),
    )
    assert [claim.sentence for claim in claims] == [
        "container web, asked for /api on port 8888, answers 200",
        "container web, asked for /api on port 8888 with the token, answers 200",
        "container web, asked for /api on port 8888, refuses",
        "container web, asked for /api on port 8888, says “ok”",
        "container web, asked for /api on port 8888, refuses with 400 or 422",
        "container web, asked by container job for /health on port 8000, is out of reach",
        "container web, asked from within for /health on port 8000, answers 200",
        'container web, sent {"text": "é"} at /predict on port 8000, returns JSON with result "é"',
        "container web, sent { at /predict on port 8000, refuses with 400",
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


def test_a_question_from_elsewhere_is_another_question() -> None:
    assert by_job.question.key != within.question.key != web.on(8000).get("/health").question.key


def test_a_name_that_is_unknown_is_told_where_names_are_known() -> None:
    told = hint(by_job.answers(), heard(0, UNKNOWN, cut_off=True))

    assert told == (
        "Containers find each other by name on a network that was made with "
        "docker network create and that both are on; docker network connect puts one on it."
    )


def test_a_post_says_that_it_is_json() -> None:
    assert sent.question.headers == (("Content-Type", "application/json"),)
    assert sent.question.body == '{"text": "é"}'
