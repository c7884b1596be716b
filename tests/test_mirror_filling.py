"""What the mirror holds, when it is filled, and what it says to a classroom."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from checker import mirror
from checker.mirror import classroom, filling, manifest, registry
from checker.mirror.registry import Held

GIB = 1024**3
PYTHON = next(image for image in manifest.images() if image.recipe == "python")


def a_held(*, stand_in: bool = True, recipe: str = "", name: str = "python:3.13-slim") -> Held:
    """Make an image as a registry holds it."""
    labels = {registry.STAND_IN: "true", registry.RECIPE: recipe} if stand_in else {}
    return Held(name=name, digest="sha256:1", size=50, labels=labels)


def test_a_disk_with_room_is_no_problem() -> None:
    assert filling.disk_problem(4 * GIB, Path("/var/lib/docker")) is None


def test_a_small_disk_is_said_before_it_is_filled() -> None:
    assert filling.disk_problem(int(1.25 * GIB), Path("/var/lib/docker")) == (
        "Filling the course mirror takes 4 GB and /var/lib/docker has 1.2 GB left; "
        "free some space (docker system df shows what Docker holds), then run this again."
    )


CURRENT = manifest.fingerprint(PYTHON)


@pytest.mark.parametrize(
    ("held", "source", "expected"),
    [
        (None, "auto", False),
        (None, "hub", False),
        (a_held(recipe=CURRENT), "stand-ins", True),
        (a_held(recipe=CURRENT), "auto", True),
        (a_held(recipe="old"), "stand-ins", False),
        (a_held(recipe=CURRENT), "hub", False),
        (a_held(stand_in=False), "hub", True),
        (a_held(stand_in=False), "auto", True),
        (a_held(stand_in=False), "stand-ins", False),
    ],
)
def test_an_image_is_current_for_its_source(
    monkeypatch: pytest.MonkeyPatch, held: Held | None, source: str, *, expected: bool
) -> None:
    monkeypatch.setattr(registry, "look", lambda _address, _name: held)

    assert filling.is_current(PYTHON, source) is expected


def test_what_is_held_is_written_down(tmp_path: Path) -> None:
    path = tmp_path / "mirror.json"

    filling.write_manifest([a_held(), a_held(stand_in=False, name="a/b")], path)

    assert json.loads(path.read_text()) == {
        "version": 1,
        "images": [
            {
                "name": "library/python",
                "tag": "3.13-slim",
                "digest": "sha256:1",
                "size": 50,
                "stand_in": True,
            },
            {"name": "a/b", "tag": "latest", "digest": "sha256:1", "size": 50, "stand_in": False},
        ],
    }


MANIFEST = {"config": {"digest": "sha256:c", "size": 10}, "layers": [{"size": 20}, {"size": 30}]}
INDEX = {"manifests": [{"digest": "sha256:m"}]}


def replies(paths: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a registry answer these paths, and refuse all others."""

    def ask(_address: str, _method: str, path: str, _timeout: float) -> tuple[int, str, bytes]:
        found = paths.get(path.removeprefix("/v2/library/python/"))
        return (200, "sha256:d", json.dumps(found).encode()) if found else (404, "", b"{}")

    monkeypatch.setattr(registry, "ask", ask)


@pytest.mark.parametrize(
    "paths",
    [
        {"manifests/3.13-slim": MANIFEST},
        {"manifests/3.13-slim": INDEX, "manifests/sha256:m": MANIFEST},
    ],
)
def test_an_image_is_looked_at_in_a_registry(
    paths: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = {"config": {"Labels": {registry.STAND_IN: "true"}}}
    replies({**paths, "blobs/sha256:c": config}, monkeypatch)

    look = registry.look("m:1", "python:3.13-slim")

    assert look is not None
    assert (look.digest, look.size, look.is_stand_in) == ("sha256:d", 60, True)


def test_an_image_without_labels_is_no_stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    config = {"config": {"Labels": None}}
    replies({"manifests/3.13-slim": MANIFEST, "blobs/sha256:c": config}, monkeypatch)

    look = registry.look("m:1", "python:3.13-slim")

    assert look is not None
    assert not look.is_stand_in


def test_an_image_that_is_not_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    replies({}, monkeypatch)

    assert registry.look("m:1", "python:3.13-slim") is None


def test_a_registry_that_is_away_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "ask", lambda *_: (0, "", b""))

    assert not mirror.reachable()
    assert not mirror.is_complete("01_images")


def test_a_classroom_needs_two_settings_because_builds_refuse_plain_http() -> None:
    settings = mirror.settings("192.168.1.5:5001")

    assert '"registry-mirrors": [\n    "http://192.168.1.5:5001"\n  ]' in settings
    assert '"insecure-registries": [\n    "192.168.1.5:5001"\n  ]' in settings


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Docker Desktop [name=seccomp,profile=builtin]", "desktop"),
        ("Ubuntu 24.04 LTS [name=seccomp,profile=builtin name=rootless]", "rootless"),
    ],
)
def test_each_kind_of_engine_takes_settings_its_own_way(said: str, expected: str) -> None:
    assert classroom.kind(said) == expected


def test_this_computer_needs_one_setting() -> None:
    assert "insecure-registries" not in mirror.settings("127.0.0.1:5001")
