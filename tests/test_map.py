"""The map: what the engine's lists become, as text and as a picture; hostile names stay text."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.map import Box, Map, Picture, base_of, drawn
from checker.map_svg import ROW, cut, layout, svg, wires
from checker.map_text import lines, tree
from tests.approved import approve

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script>&\"']]>\x1b[31m\u202e\x00[bold]{x}"


def a_box(name: str, image: str = "sha256:python", state: str = "running", **more: Any) -> Any:
    """A container as the engine lists it."""
    networks = more.pop("networks", ("bridge",))
    return {
        "Names": [f"/{name}"],
        "Image": more.pop("typed", "python:3.13-slim"),
        "ImageID": image,
        "State": state,
        "NetworkSettings": {"Networks": dict.fromkeys(networks)},
        **more,
    }


def an_image(key: str, *tags: str) -> Any:
    """An image as the engine lists it."""
    return {"Id": key, "RepoTags": list(tags)}


def both(outside: int, inside: int) -> list[Any]:
    """A published port as the engine lists it: for IPv4 and for IPv6."""
    shared = {"PrivatePort": inside, "PublicPort": outside, "Type": "tcp"}
    return [{"IP": "0.0.0.0", **shared}, {"IP": "::", **shared}]


def a_mount(kind: str, name: str, at: str, *, writable: bool = True) -> Any:
    """A mount as the engine lists it."""
    return {"Type": kind, "Name": name, "Source": name, "Destination": at, "RW": writable}


LAYERS = {
    "sha256:python": ("a", "b"),
    "sha256:app": ("a", "b", "c"),
    "sha256:busybox": ("z",),
    "sha256:dust": ("a", "b", "d"),
}

CROWD = drawn(
    "Docker engine 26.1.5 at unix:///var/run/docker.sock",
    [
        a_box("web", Ports=both(8888, 80), networks=("lab",)),
        a_box(
            "db",
            "sha256:app",
            typed="paper/app:1",
            Ports=[{"IP": "127.0.0.1", "PrivatePort": 53, "PublicPort": 5353, "Type": "udp"}],
            Mounts=[a_mount("volume", "pgdata", "/data"), a_mount("volume", "f" * 64, "/tmp")],
            networks=("bridge", "lab"),
        ),
        a_box(
            "reader",
            "sha256:busybox",
            "exited",
            typed="busybox:1.37",
            Mounts=[
                a_mount("volume", "pgdata", "/old", writable=False),
                a_mount("bind", "/home/me/data", "/in"),
            ],
        ),
        a_box("orphan", "sha256:gone", "exited", typed="lost:1"),
    ],
    [
        an_image("sha256:python", "python:3.13-slim", "docker.io/mine/python:1"),
        an_image("sha256:app", "paper/app:1"),
        an_image("sha256:busybox", "busybox:1.37"),
        an_image("sha256:dust"),
        an_image("sha256:hello", "hello-world:latest"),
    ],
    [{"Name": "bridge"}, {"Name": "host"}, {"Name": "lab"}],
    [{"Name": "pgdata"}, {"Name": "f" * 64}, {"Name": "spare"}],
    LAYERS,
)


def test_the_map_as_text_is_the_approved_one() -> None:
    approve("map.txt", "\n".join(lines(tree(CROWD))) + "\n")


def test_the_map_as_a_picture_is_the_approved_one() -> None:
    approve("map.svg", svg(CROWD))


def test_a_port_is_drawn_once_for_both_kinds_of_address() -> None:
    (web,) = (box for box in CROWD.containers if box.name == "web")

    assert web.ports == ("8888 → 80",)


def test_an_image_without_a_name_and_without_use_is_left_out() -> None:
    assert "sha256:dust" not in {image.key for image in CROWD.images}


def test_an_image_that_is_gone_is_called_as_it_was_typed() -> None:
    (orphan,) = (box for box in CROWD.containers if box.name == "orphan")

    assert orphan.image == "lost:1"
    assert "lost:1" in {image.title for image in CROWD.images}


@pytest.mark.parametrize(
    ("key", "base"),
    [("app", "python"), ("python", ""), ("same", "python"), ("deep", "app"), ("unknown", "")],
)
def test_the_base_is_the_longest_beginning(key: str, base: str) -> None:
    layers = {
        "python": ("a", "b"),
        "app": ("a", "b", "c"),
        "same": ("a", "b", "c"),
        "deep": ("a", "b", "c", "d"),
        "empty": (),
        "other": ("b",),
    }

    found = base_of(key, layers)

    assert found == base or {found, base} == {"app", "same"}  # twins of the same layers


def test_the_picture_is_named_described_and_self_contained() -> None:
    picture = svg(CROWD)
    root = ElementTree.fromstring(picture)
    title, described = root.find(f"{SVG}title"), root.find(f"{SVG}desc")

    assert root.get("role") == "img"
    assert title is not None
    assert described is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {described.get('id')}"
    assert "4 containers (2 running)" in (title.text or "")
    assert "container web  running  host port 8888 → 80, network lab" in (described.text or "")
    assert "prefers-color-scheme:dark" in picture
    assert "href" not in picture
    assert "url(" not in picture


def test_hostile_names_are_text_in_both() -> None:
    box = a_box(
        HOSTILE,
        HOSTILE,
        typed=HOSTILE,
        networks=(HOSTILE,),
        Mounts=[a_mount("bind", HOSTILE, HOSTILE)],
    )
    found = drawn(
        HOSTILE, [box], [an_image("x", HOSTILE)], [{"Name": HOSTILE}], [{"Name": HOSTILE}], {}
    )

    text, picture = "\n".join(lines(tree(found))), svg(found)
    root = ElementTree.fromstring(picture)

    assert {"\x1b", "\x00", "\u202e"} & {*text.partition(":")[2], *picture} == set()
    assert {element.tag for element in root.iter()} == {
        SVG + tag for tag in ("svg", "title", "desc", "style", "rect", "text", "path", "g")
    }
    assert "<script>" in "".join(root.itertext())
    assert "[bold]" in text


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_any_name_makes_a_picture_that_parses(name: str) -> None:
    found = drawn(name, [a_box(name, typed=name)], [an_image("i", name)], [{"Name": name}], [], {})

    ElementTree.fromstring(svg(found))


def test_a_hundred_containers_have_a_place_each() -> None:
    boxes = [
        a_box(
            f"box-{number}",
            Ports=both(9000 + number, 80),
            Mounts=[a_mount("volume", f"v{number}", "/d")],
        )
        for number in range(100)
    ]
    volumes = [{"Name": f"v{number}"} for number in range(100)]
    found = drawn(
        "engine",
        boxes,
        [an_image("sha256:python", "python:3.13-slim")],
        [{"Name": "bridge"}],
        volumes,
        LAYERS,
    )

    tiles = layout(found).values()

    assert len(tiles) == 100 + 1 + 100 + 1 + 100
    for x in {tile.x for tile in tiles}:
        heights = sorted(tile.y for tile in tiles if tile.x == x)
        assert all(b - a >= ROW for a, b in pairwise(heights))


def test_every_line_of_the_picture_ties_two_things_that_are_there() -> None:
    keys = set(layout(CROWD))

    assert [wire for wire in wires(CROWD) if not {wire.start, wire.end} <= keys] == []


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [("short", 100, "short"), ("abcdefghij", 40, "abcd…"), ("数据数据数据", 40, "数据…")],
)
def test_a_long_name_is_cut_where_it_no_longer_fits(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown


def test_an_empty_engine_has_a_map() -> None:
    empty = Map(engine="Docker engine 29.0 at unix:///s")

    assert next(lines(tree(empty))) == (
        "Docker engine 29.0 at unix:///s: 0 containers (0 running), 0 images, 0 networks, 0 volumes"
    )
    ElementTree.fromstring(svg(empty))


def test_an_image_built_on_itself_would_not_loop() -> None:
    """Bases have fewer layers, so that a picture never stands below itself."""
    twins = {"a": ("1", "2"), "b": ("1", "2")}

    assert [base_of(key, twins) for key in twins] == ["", ""]
    assert Picture(key="a").title == "image without a name"
    assert Box(name="x", status="exited", image="a").running is False
