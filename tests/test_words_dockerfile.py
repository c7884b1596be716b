"""Words about Dockerfiles: held, failed and absent, with every sentence."""

from __future__ import annotations

import pytest

from checker.claim import Claim
from checker.model import Evidence, Finding, Lint, Trouble
from checker.observe.lint import findings
from checker.words import dockerfile
from checker.words.dockerfile import RULES
from tests.builders import Row, hint, now_seen, rows, verdict

recipe = dockerfile("Dockerfile")
good, pinned = recipe.keeps_to(), recipe.keeps_to("DL3006", "DL3007", said="pins its base image")


def lint(*found: tuple[str, int]) -> Lint:
    rules = tuple(Finding(rule=rule, line=line, says="…") for rule, line in found)
    return Lint(place="./Dockerfile", findings=rules)


TABLE: list[Row] = [
    ("good", good, now_seen(lint()), "held"),
    ("good, rules of no concern", good, now_seen(lint(("DL3008", 3), ("SC2086", 4))), "held"),
    (
        "good, one rule twice",
        good,
        now_seen(lint(("DL4000", 2), ("DL4000", 5))),
        "found line 2 and 5: MAINTAINER is out of use; LABEL says it",
    ),
    (
        "good, two rules",
        good,
        now_seen(lint(("DL3002", 9), ("DL4003", 2))),
        "found line 9: the last USER is root and line 2: of several CMD only the last counts",
    ),
    ("pinned", pinned, now_seen(lint(("DL4000", 2))), "held"),
    (
        "pinned, not",
        pinned,
        now_seen(lint(("DL3006", 1))),
        "found line 1: FROM names an image without its tag",
    ),
    (
        "pinned, in a file that nobody can read",
        pinned,
        now_seen(lint(("DL1000", 3))),
        "found line 3: it cannot be read, and so nothing else of the file is judged",
    ),
    ("absent", good, now_seen(), "found it is not there"),
    (
        "no linter",
        good,
        now_seen(Trouble(key="file Dockerfile", why="the linter is not installed")),
        "sorry the linter is not installed",
    ),
]


@rows(*TABLE)
def test_word(claim: Claim, evidence: Evidence, said: str) -> None:
    assert verdict(claim, evidence) == said


@rows(*TABLE)
def test_each_failure_gives_a_next_move(claim: Claim, evidence: Evidence, said: str) -> None:
    if said.startswith("found "):
        assert hint(claim, evidence)


def test_sentences() -> None:
    assert good.sentence == "file Dockerfile keeps to good practice"
    assert pinned.sentence == "file Dockerfile pins its base image"


def test_a_rule_without_a_sentence_is_a_mistake_of_the_author() -> None:
    with pytest.raises(ValueError, match="rule DL9999 has no sentence"):
        recipe.keeps_to("DL9999")


def test_every_rule_ends_without_a_full_stop() -> None:
    assert [rule for rule, said in RULES.items() if said.endswith(".")] == []


def test_the_linters_json_becomes_findings() -> None:
    said = b'[{"code":"DL3007","column":1,"file":"-","level":"warning","line":1,"message":"No"}]'

    assert findings(said, "FROM a:latest") == (Finding(rule="DL3007", line=1, says="No"),)


def test_what_is_no_fault_is_no_finding() -> None:
    said = b'[{"code":"DL3025","line":1,"message":"Use JSON"}]'

    assert findings(said, "HEALTHCHECK CMD true || exit 1") == ()
    assert len(findings(said, "CMD python a.py")) == 1
