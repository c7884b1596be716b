"""What a stand-in is built from, and what it says about itself."""

from pathlib import Path

import pytest

from checker.machine import packages
from checker.machine.sources import Source
from checker.mirror import manifest, registry, stand_ins

PYTHON = next(image for image in manifest.images() if image.recipe == "python")
DEBIAN = next(image for image in manifest.images() if image.recipe == "debian")


def test_a_stand_in_says_that_it_is_one() -> None:
    labels = stand_ins.labels(PYTHON)

    assert labels["org.container-workbook.stand-in"] == "true"
    assert labels["org.opencontainers.image.title"] == (
        "Python 3.13 on Debian (stand-in for python:3.13-slim)"
    )
    assert labels[registry.RECIPE] == manifest.fingerprint(PYTHON)


def test_a_parent_that_is_built_too_is_taken_from_the_build() -> None:
    target = stand_ins.target("127.0.0.1:5001", PYTHON, (DEBIAN, PYTHON))

    assert target["contexts"] == {"debian:trixie-slim": "target:debian"}
    assert target["tags"] == ["127.0.0.1:5001/library/python:3.13-slim"]


def test_a_parent_that_is_current_is_taken_from_the_mirror() -> None:
    assert stand_ins.target("127.0.0.1:5001", PYTHON, (PYTHON,))["contexts"] == {
        "debian:trixie-slim": "docker-image://127.0.0.1:5001/library/debian:trixie-slim"
    }


def test_the_small_debian_comes_from_this_machines_sources(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = Source(uri="http://m.example/debian", suite="trixie", components=("main",))
    monkeypatch.setattr(packages, "trixie_sources", lambda: (source,))

    command = stand_ins.base_command(tmp_path, tmp_path / "x.tar")

    assert command[-3:] == [
        "trixie",
        f"{tmp_path}/x.tar",
        "deb http://m.example/debian trixie main",
    ]
