"""Words about networks and who is on them: held, failed and absent, with every sentence."""

from __future__ import annotations

from checker.claim import Claim, once
from checker.model import Evidence, Near
from checker.words import container, network
from tests.builders import (
    Row,
    a_container,
    a_network,
    a_port,
    a_snapshot,
    an_event,
    hint,
    now_seen,
    rows,
    seen,
    verdict,
)

net, web, db = network("reviews"), container("web"), container("db")
NOTHING = now_seen()
NO_NET = "found no network is named reviews"
NO_WEB = "found no container is named web"
BOTH = (a_container(networks=("reviews",)), a_container("db", networks=("bridge", "reviews")))
INSIDE = a_network(containers=("db", "web"))
CROWDED = a_network(containers=tuple(f"box{number}" for number in range(9)))

TABLE: list[Row] = [
    ("there", net.is_there(), now_seen(a_network()), "held"),
    ("there, absent", net.is_there(), NOTHING, NO_NET),
    (
        "there, near",
        net.is_there(),
        now_seen(Near(kind="network", wanted="reviews", there=("review",))),
        f"{NO_NET} (there is review)",
    ),
    ("internal", net.is_internal(), now_seen(a_network(internal=True)), "held"),
    (
        "internal, leads out",
        net.is_internal(),
        now_seen(a_network()),
        "found it leads out, as networks do unless told",
    ),
    ("internal, absent", net.is_internal(), NOTHING, NO_NET),
    ("connects", net.connects(web, db), now_seen(INSIDE, *BOTH), "held"),
    (
        "connects, one is missing",
        net.connects(web, db),
        now_seen(a_network(containers=("db",)), *BOTH),
        "found web is not on it; on it is db",
    ),
    (
        "connects, both are missing",
        net.connects(web, db),
        now_seen(a_network()),
        "found web and db are not on it; on it is nobody",
    ),
    (
        "connects, a crowd",
        net.connects(web),
        now_seen(CROWDED),
        "found web is not on it; on it are box0, box1, box2, box3, box4, box5 and 3 more",
    ),
    ("connects, absent", net.connects(web), NOTHING, NO_NET),
    ("removed", net.was_removed(), seen(a_snapshot(a_network()), a_snapshot()), "held"),
    (
        "removed, told by an event",
        net.was_removed(),
        now_seen(an_event("network", "create", "reviews")),
        "held",
    ),
    ("removed, still there", net.was_removed(), now_seen(INSIDE), "found it is still there"),
    (
        "removed, never there",
        net.was_removed(),
        NOTHING,
        "found no network named reviews has been seen",
    ),
    ("is on", web.is_on(net), now_seen(*BOTH), "held"),
    (
        "is on, another one",
        web.is_on(net),
        now_seen(a_container(networks=("bridge",))),
        "found it is on network bridge",
    ),
    ("is on, none", web.is_on(net), now_seen(a_container()), "found it is on no network"),
    ("is on, absent", web.is_on(net), NOTHING, NO_WEB),
    ("is not on", web.is_not_on(net), now_seen(a_container(networks=("bridge",))), "held"),
    (
        "is not on, but is",
        web.is_not_on(net),
        now_seen(a_container(networks=("bridge", "reviews"))),
        "found it is on network bridge and reviews",
    ),
    ("is not on, absent", web.is_not_on(net), NOTHING, NO_WEB),
    (
        "was on at some moment",
        once(web.is_on(net)),
        seen(a_snapshot(*BOTH), a_snapshot(a_container(networks=("bridge",)))),
        "held",
    ),
    ("publishes nothing", web.publishes_nothing(), now_seen(a_container()), "held"),
    (
        "publishes nothing, but does",
        web.publishes_nothing(),
        now_seen(a_container(ports=(a_port(8000, 80),))),
        "found it publishes 8000->80",
    ),
    ("publishes nothing, absent", web.publishes_nothing(), NOTHING, NO_WEB),
    ("healthy", web.is_healthy(), now_seen(a_container(health="healthy")), "held"),
    (
        "healthy, not yet",
        web.is_healthy(),
        now_seen(a_container(health="starting")),
        "found its first health check is still to come",
    ),
    (
        "healthy, ill",
        web.is_healthy(),
        now_seen(a_container(health="unhealthy")),
        "found its health check says that it is unhealthy",
    ),
    (
        "healthy, without a check",
        web.is_healthy(),
        now_seen(a_container()),
        "found its image has no health check",
    ),
    (
        "healthy, stopped",
        web.is_healthy(),
        now_seen(a_container(status="exited", health="healthy")),
        "found it exited with code 0",
    ),
    ("healthy, absent", web.is_healthy(), NOTHING, NO_WEB),
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
    claims = (
        net.is_there(),
        net.is_internal(),
        net.connects(web, db),
        net.was_removed(),
        web.is_on(net),
        web.is_not_on(net),
        web.publishes_nothing(),
        web.is_healthy(),
    )
    assert [claim.sentence for claim in claims] == [
        "network reviews is there",
        "network reviews has no way out",
        "network reviews connects container web and container db",
        "network reviews was there and is removed",
        "container web is on network reviews",
        "container web is not on network reviews",
        "container web publishes no port",
        "container web is healthy",
    ]
