"""Words about what a command says inside a container: every sentence."""

from __future__ import annotations

from checker.claim import Claim
from checker.model import Evidence, Output, Trouble
from checker.words import container
from tests.builders import Row, a_container, hint, now_seen, rows, verdict

db = container("db")
ready = db.inside("psql", "-c", "select 1")
UP = a_container("db")


def output(text: str = "1\n", code: int = 0, failure: str = "") -> Evidence:
    return now_seen(UP, Output(key=ready.command.key, code=code, text=text, failure=failure))


NO_PROGRAM = "its image has no program named psql"

TABLE: list[Row] = [
    ("prints", ready.prints("1"), output(), "held"),
    ("prints, something else", ready.prints("2"), output(), "found it prints “1”"),
    ("prints nothing", ready.prints("2"), output(""), "found it prints nothing"),
    (
        "prints, and fails",
        ready.prints("2"),
        output("no route\n", 2),
        "found it ends with exit code 2 and prints “no route”",
    ),
    (
        "prints, no such program",
        ready.prints("2"),
        output(code=127, failure=NO_PROGRAM),
        f"found {NO_PROGRAM}",
    ),
    (
        "prints, not asked",
        ready.prints("1"),
        now_seen(UP),
        "later nobody asked inside container db",
    ),
    (
        "prints, not running",
        ready.prints("1"),
        now_seen(a_container("db", status="exited")),
        "later container db must be running first",
    ),
    ("prints, absent", ready.prints("1"), now_seen(), "found no container is named db"),
    (
        "prints, trouble",
        ready.prints("1"),
        now_seen(Trouble(key="container db", why="the engine is busy")),
        "sorry the engine is busy",
    ),
    ("succeeds", ready.succeeds(), output(), "held"),
    (
        "succeeds not",
        ready.succeeds(),
        output("", 2),
        "found it ends with exit code 2 and prints nothing",
    ),
    ("succeeds, absent", ready.succeeds(), now_seen(), "found no container is named db"),
]

ROWS_IN_TURN = rows(*TABLE)


@ROWS_IN_TURN
def test_word(claim: Claim, evidence: Evidence, said: str) -> None:
    assert verdict(claim, evidence) == said


@ROWS_IN_TURN
def test_each_failure_gives_a_next_move(claim: Claim, evidence: Evidence, said: str) -> None:
    if said.startswith("found "):
        assert hint(claim, evidence)


def test_sentences() -> None:
    assert [claim.sentence for claim in (ready.prints("1"), ready.succeeds())] == [
        "psql -c 'select 1' inside container db prints “1”",
        "psql -c 'select 1' inside container db succeeds",
    ]
