"""Words about what images declare: held, failed and absent, with every sentence."""

from __future__ import annotations

import pytest

from checker.claim import Claim
from checker.model import HIDDEN, Evidence
from checker.words import image
from tests.builders import Row, an_image, hint, now_seen, rows, verdict

iris = image("iris:1")
ABSENT = "found no image is named iris:1"

TABLE: list[tuple[str, Claim, tuple[tuple[str, object], ...], str]] = [
    ("label", iris.labels("version", "2"), (("labels", (("version", "2"),)),), "held"),
    ("label, any value", iris.labels("version"), (("labels", (("version", ""),)),), "held"),
    (
        "label, other value",
        iris.labels("version", "2"),
        (("labels", (("version", "1"),)),),
        "found its value is “1”",
    ),
    (
        "label, others",
        iris.labels("version"),
        (("labels", (("author", "me"), ("course", "x"))),),
        "found its labels are author and course",
    ),
    ("label, none", iris.labels("version"), (), "found it has no label"),
    ("variable", iris.has_env("SPECIES", "a"), (("env", (("SPECIES", "a"),)),), "held"),
    (
        "variable, other value",
        iris.has_env("SPECIES", "a"),
        (("env", (("SPECIES", "b"),)),),
        "found SPECIES is “b”",
    ),
    ("variable, unset", iris.has_env("SPECIES", "a"), (), "found it sets no SPECIES"),
    (
        "variable, secret",
        iris.has_env("API_TOKEN", "a"),
        (("env", (("API_TOKEN", HIDDEN),)),),
        "found API_TOKEN is “(hidden)”",
    ),
    ("folder", iris.works_in("/app"), (("workdir", "/app"),), "held"),
    ("folder, with a slash", iris.works_in("/app"), (("workdir", "/app/"),), "held"),
    ("folder, the root", iris.works_in("/"), (), "held"),
    ("folder, other", iris.works_in("/app"), (("workdir", "/work"),), "found it works in /work"),
    ("folder, none", iris.works_in("/app"), (), "found it works in /"),
    ("user", iris.runs_as("app"), (("user", "app:staff"),), "held"),
    ("user, other", iris.runs_as("app"), (("user", "1000"),), "found it runs as 1000"),
    ("user, none", iris.runs_as("app"), (), "found it runs as root"),
    ("not root", iris.does_not_run_as_root(), (("user", "1000"),), "held"),
    ("not root, 0", iris.does_not_run_as_root(), (("user", "0:0"),), "found it runs as root"),
    ("not root, root", iris.does_not_run_as_root(), (("user", "root"),), "found it runs as root"),
    (
        "entrypoint",
        iris.has_entrypoint("python", "a.py"),
        (("entrypoint", ("python", "a.py")),),
        "held",
    ),
    (
        "entrypoint, a shell",
        iris.has_entrypoint("python", "a.py"),
        (("entrypoint", ("/bin/sh", "-c", "python a.py")),),
        'found its entrypoint is ["/bin/sh", "-c", "python a.py"]',
    ),
    ("entrypoint, none", iris.has_entrypoint("python"), (), "found it has no entrypoint"),
    ("command", iris.has_command("setosa"), (("command", ("setosa",)),), "held"),
    (
        "command, other",
        iris.has_command("setosa"),
        (("command", ("é",)),),
        'found its command is ["é"]',
    ),
    ("command, none", iris.has_command("setosa"), (), "found it has no command"),
    ("health", iris.has_healthcheck(), (("healthcheck", ("CMD", "true")),), "held"),
    (
        "health, switched off",
        iris.has_healthcheck(),
        (("healthcheck", ("NONE",)),),
        "found it has none",
    ),
    ("health, none", iris.has_healthcheck(), (), "found it has none"),
    ("port", iris.exposes(80), (("exposes", ("80/tcp",)),), "held"),
    ("port, udp", iris.exposes(80), (("exposes", ("80/udp",)),), "found it exposes 80/udp"),
    ("port, none", iris.exposes(80), (), "found it exposes no port"),
    ("volume", iris.declares_volume("/data"), (("volumes", ("/data",)),), "held"),
    (
        "volume, elsewhere",
        iris.declares_volume("/data"),
        (("volumes", ("/d",)),),
        "found it declares volumes at /d",
    ),
    ("volume, none", iris.declares_volume("/data"), (), "found it declares no volume"),
]

ROWS: list[Row] = [
    *(
        (name, claim, now_seen(an_image("iris:1", **dict(has))), said)
        for name, claim, has, said in TABLE
    ),
    *((f"{name}, absent", claim, now_seen(), ABSENT) for name, claim, _, _ in TABLE),
]


@rows(*ROWS)
def test_word(claim: Claim, evidence: Evidence, said: str) -> None:
    assert verdict(claim, evidence) == said


@rows(*ROWS)
def test_each_failure_gives_a_next_move(claim: Claim, evidence: Evidence, said: str) -> None:
    if said.startswith("found "):
        assert hint(claim, evidence)


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (iris.labels("version"), "image iris:1 has the label version"),
        (iris.labels("version", "2"), "image iris:1 has the label version=2"),
        (iris.has_env("SPECIES", "a"), "image iris:1 sets SPECIES to a"),
        (iris.works_in("/app"), "image iris:1 works in /app"),
        (iris.runs_as("app"), "image iris:1 runs as app"),
        (iris.does_not_run_as_root(), "image iris:1 does not run as root"),
        (iris.has_entrypoint("a", "b"), 'image iris:1 has the entrypoint ["a", "b"]'),
        (iris.has_command("a"), 'image iris:1 has the command ["a"]'),
        (iris.has_healthcheck(), "image iris:1 has a health check"),
        (iris.exposes(80), "image iris:1 exposes port 80"),
        (iris.declares_volume("/data"), "image iris:1 declares a volume at /data"),
    ],
)
def test_sentence(claim: Claim, sentence: str) -> None:
    assert claim.sentence == sentence
