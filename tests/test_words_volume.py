"""Words about volumes: held, failed and absent, with every sentence."""

from __future__ import annotations

from checker.claim import Claim
from checker.model import Evidence, Near
from checker.words import container, volume
from tests.builders import (
    Row,
    a_container,
    a_mount,
    a_snapshot,
    a_volume,
    an_event,
    hint,
    now_seen,
    rows,
    seen,
    verdict,
)

pgdata, db = volume("pgdata"), container("db")
NOTHING = now_seen()
NO_DATA = "found no volume is named pgdata"
USER = a_container("db", mounts=(a_mount("pgdata", "/data"),))
USED = a_snapshot(USER, a_volume())

TABLE: list[Row] = [
    ("there", pgdata.is_there(), now_seen(a_volume()), "held"),
    ("there, absent", pgdata.is_there(), NOTHING, NO_DATA),
    (
        "there, near",
        pgdata.is_there(),
        now_seen(Near(kind="volume", wanted="pgdata", there=("pg-data",))),
        f"{NO_DATA} (there is pg-data)",
    ),
    ("removed", pgdata.was_removed(), seen(a_snapshot(a_volume()), a_snapshot()), "held"),
    (
        "removed, told by an event",
        pgdata.was_removed(),
        now_seen(an_event("volume", "create", "pgdata")),
        "held",
    ),
    (
        "removed, still there",
        pgdata.was_removed(),
        now_seen(a_volume()),
        "found it is still there",
    ),
    (
        "removed, never there",
        pgdata.was_removed(),
        NOTHING,
        "found no volume named pgdata has been seen",
    ),
    ("outlives", pgdata.outlives(db), seen(USED, a_snapshot(a_volume())), "held"),
    (
        "outlives, the name is used again",
        pgdata.outlives(db),
        seen(USED, a_snapshot(a_container("db", id="db-2"), a_volume())),
        "held",
    ),
    (
        "outlives, container still there",
        pgdata.outlives(db),
        seen(USED),
        "found container db is still there",
    ),
    (
        "outlives, stopped and started is still there",
        pgdata.outlives(db),
        seen(USED, a_snapshot(a_volume(), USER)),
        "found container db is still there",
    ),
    (
        "outlives, made anew",
        pgdata.outlives(db),
        seen(USED, a_snapshot(), a_snapshot(a_volume(created="2026-11-20T09:59:00Z"))),
        "found volume pgdata is a new one, created 2026-11-20T09:59:00Z",
    ),
    (
        "outlives, never mounted",
        pgdata.outlives(db),
        seen(a_snapshot(a_container("db"), a_volume()), a_snapshot(a_volume())),
        "found container db has not been seen with volume pgdata",
    ),
    (
        "outlives, a folder of its name",
        pgdata.outlives(db),
        seen(
            a_snapshot(a_container("db", mounts=(a_mount("./pgdata", "/data"),)), a_volume()),
            a_snapshot(a_volume()),
        ),
        "found container db has not been seen with volume pgdata",
    ),
    ("outlives, absent", pgdata.outlives(db), NOTHING, NO_DATA),
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
    claims = (pgdata.is_there(), pgdata.was_removed(), pgdata.outlives(db))
    assert [claim.sentence for claim in claims] == [
        "volume pgdata is there",
        "volume pgdata was there and is removed",
        "volume pgdata outlives container db",
    ]
