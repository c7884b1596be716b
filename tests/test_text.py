"""Names and prose: canonical image names by Docker's grammar, near names, and safe quotes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.words.text import (
    canonical,
    familiar,
    is_anonymous,
    listed,
    near_pattern,
    quoted,
    repository,
    shown,
)

DIGEST = "sha256:" + "ab" * 32

NAMES = [
    ("busybox", "docker.io/library/busybox:latest"),
    ("busybox:1.37", "docker.io/library/busybox:1.37"),
    ("library/busybox:1.37", "docker.io/library/busybox:1.37"),
    ("docker.io/busybox:1.37", "docker.io/library/busybox:1.37"),
    ("docker.io/library/busybox:1.37", "docker.io/library/busybox:1.37"),
    ("index.docker.io/busybox", "docker.io/library/busybox:latest"),
    ("index.docker.io/library/busybox:1.37", "docker.io/library/busybox:1.37"),
    ("ada/python", "docker.io/ada/python:latest"),
    ("docker.io/ada/python:2", "docker.io/ada/python:2"),
    ("ada/lab/python:2", "docker.io/ada/lab/python:2"),
    ("quay.io/jupyter/minimal-notebook", "quay.io/jupyter/minimal-notebook:latest"),
    ("quay.io/busybox", "quay.io/busybox:latest"),
    ("localhost/app", "localhost/app:latest"),
    ("localhost:5000/app", "localhost:5000/app:latest"),
    ("localhost:5000/app:1", "localhost:5000/app:1"),
    ("registry:5000/app:1", "registry:5000/app:1"),
    ("registry:2", "docker.io/library/registry:2"),
    ("[::1]:5000/app:1", "[::1]:5000/app:1"),
    ("127.0.0.1:5000/team/app", "127.0.0.1:5000/team/app:latest"),
    ("Lab/app", "Lab/app:latest"),
    (f"busybox@{DIGEST}", f"docker.io/library/busybox@{DIGEST}"),
    (f"busybox:1.37@{DIGEST}", f"docker.io/library/busybox@{DIGEST}"),
    (f"localhost:5000/app:1@{DIGEST}", f"localhost:5000/app@{DIGEST}"),
]


@pytest.mark.parametrize(("typed", "full"), NAMES, ids=[typed[:40] for typed, _ in NAMES])
def test_canonical(typed: str, full: str) -> None:
    assert canonical(typed) == full


@pytest.mark.parametrize(("typed", "full"), NAMES, ids=[typed[:40] for typed, _ in NAMES])
def test_a_canonical_name_is_its_own(typed: str, full: str) -> None:
    assert canonical(full) == full
    assert canonical(familiar(typed)) == full


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("python:3.13-slim", "python:3.13"),
        ("python", "python:3.13-slim"),
        ("ada/python", "python"),
        ("quay.io/python", "python"),
        ("localhost:5000/python", "python"),
        ("python-3:13", "python:3.13"),
    ],
)
def test_other_images_have_other_names(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_has_a_canonical_name(text: str) -> None:
    assert canonical(canonical(text)).startswith(canonical(text)[:1])


def test_familiar_is_what_docker_shows() -> None:
    shorts = [
        familiar(name) for name in ("docker.io/library/busybox:1.37", "ada/python", "q.io/x:1")
    ]
    assert shorts == ["busybox:1.37", "ada/python:latest", "q.io/x:1"]


def test_repository_has_no_tag_and_no_digest() -> None:
    assert repository("localhost:5000/app:1") == "localhost:5000/app"
    assert repository(f"busybox:1@{DIGEST}") == "docker.io/library/busybox"


SLIPS = [
    *("wbe", "we", "eb", "wb", "wweb", "webb", "wxeb", "veb", "wab", "wed", "WEB", "Web", "ewb"),
    *("web1", "web_1", "web-1", "web-server", "my-web", "project-web-1", "/web1", "webserver"),
]


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_near(slip: str) -> None:
    assert re.search(near_pattern("web"), slip)


@pytest.mark.parametrize(
    "other", ["db", "bew", "worker", "jupyter", "cobweb", "w", "", "webwebwebwebwebweb"]
)
def test_another_name_is_not_near(other: str) -> None:
    assert not re.search(near_pattern("web"), other)


def test_a_dot_in_a_name_is_a_dot() -> None:
    assert not re.search(near_pattern("a.b.c"), "axbyc")
    assert re.search(near_pattern("a.b.c"), "a.b.d")


@settings(deadline=None)
@given(st.from_regex(r"[a-zA-Z0-9][a-zA-Z0-9_.-]{1,20}", fullmatch=True), st.data())
def test_every_name_is_near_with_one_letter_left_out(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name) - 1))

    assert re.search(near_pattern(name), name[:place] + name[place + 1 :])


def test_listed() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"], last="or") == "a, b or c"
    assert listed([]) == "nothing"


HOSTILE = [
    ("two\nlines\tand  blanks", "two lines and blanks"),
    ("\x1b[31mred\x1b[0m", "red"),
    ("safe\u202egnp.exe", "safegnp.exe"),
    ("a\u200bb\u2066c\ufeff", "abc"),
    ("nul\x00bell\x07", "nulbell"),
    ("приве́т 日本 é", "приве́т 日本 é"),
    ("x" * 200, "x" * 159 + "…"),
]


@pytest.mark.parametrize(("text", "safe"), HOSTILE, ids=[repr(text[:12]) for text, _ in HOSTILE])
def test_shown(text: str, safe: str) -> None:
    assert shown(text) == safe
    assert quoted(text) == f"“{safe}”"


@settings(deadline=None)
@given(st.text(max_size=1000))
def test_what_is_shown_is_one_short_line_of_visible_text(text: str) -> None:
    line = shown(text)

    assert len(line) <= 160
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]", line)


def test_a_flood_is_cut_before_it_is_cleaned() -> None:
    assert shown("x" * 50_000_000).endswith("…")


def test_anonymous_volumes_have_64_hexadecimal_digits() -> None:
    assert is_anonymous("a1" * 32)
    assert not is_anonymous("pgdata")
    assert not is_anonymous("A1" * 32)
