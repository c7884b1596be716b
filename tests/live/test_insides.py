"""What images hold is seen on a real engine, and nothing is left behind by looking."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker import image
from checker.model import Snapshot, Wanted
from checker.observe import Observer
from checker.words.dockerfile import dockerfile
from tests.live.bench import Bench
from tests.live.harness import Harness

NAME = "workbook-inside:1"
TOKEN = "gt-40c1"  # not a real one
RECIPE = f"""
FROM busybox:1.37
RUN mkdir -p /app/data && echo {TOKEN} > /app/secret && echo 1 > /app/a.txt && chown 7 /app/a.txt
RUN rm /app/secret
"""
HOLDER = image(NAME)


@pytest.fixture(scope="module")
def built(bench: Bench) -> Iterator[str]:
    """An image whose second layer hides what its first one holds."""
    before = bench.things()
    bench.images_ready(["busybox:1.37"])
    said = [*bench.api.build(fileobj=io.BytesIO(RECIPE.encode()), tag=NAME, rm=True, decode=True)]
    assert not [line for line in said if "error" in line], said
    yield NAME
    bench.remove(bench.things().beyond(before))


def seen(harness: Harness, wanted: Wanted, folder: Path) -> Snapshot:
    return Observer(harness.client, folder).see(wanted)


def test_files_of_an_image_are_read_without_a_trace(
    harness: Harness, bench: Bench, built: str, tmp_path: Path
) -> None:
    before = bench.things()
    paths = ("/app/a.txt", "/app/data", "/app/secret")
    wanted = Wanted().and_(*(HOLDER.has_file(path).wants for path in paths))

    shot = seen(harness, wanted, tmp_path)

    assert [(f.kind, f.owner, f.text) for f in shot.files] == [
        ("file", 7, "1\n"),
        ("folder", 0, None),
        ("absent", None, None),
    ]
    assert bench.things() == before


def test_a_deleted_secret_is_found_in_its_layer(
    harness: Harness, built: str, tmp_path: Path
) -> None:
    claims = (
        HOLDER.keeps_out(TOKEN, called="the token"),
        HOLDER.keeps_out("gt-other", called="another"),
    )

    shot = seen(harness, Wanted().and_(*(claim.wants for claim in claims)), tmp_path)

    token, other = shot.searches
    assert [place.partition(" of ")[0] for place in token.places] == ["the layer", "its history"]
    assert other.places == ()


def test_the_linter_reads_a_file_and_says_nothing_of_a_missing_one(
    harness: Harness, tmp_path: Path
) -> None:
    (tmp_path / "Dockerfile").write_text("FROM busybox:latest\nMAINTAINER me\n")
    wanted = dockerfile("Dockerfile").wants.and_(dockerfile("other").wants)

    (lint,) = seen(harness, wanted, tmp_path).lints

    assert {one.rule for one in lint.findings} == {"DL3007", "DL4000"}
