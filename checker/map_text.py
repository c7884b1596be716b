"""A map as a tree of lines. It knows no engine and no colours of a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.map import Box, Map, Picture, volume_title


@dataclass(frozen=True, slots=True)
class Node:
    """A line of the tree and the lines below it; `kind` says what it is about."""

    label: str
    kind: str
    below: tuple[Node, ...] = ()


def tree(map_: Map) -> Node:
    """The map as a tree: images with their containers, networks and volumes with their users."""
    return Node(
        f"{map_.engine}: {map_.summary}",
        "engine",
        (
            Node("images and their containers", "heading", tuple(_images(map_, ""))),
            Node("networks", "heading", tuple(_networks(map_))),
            Node("volumes", "heading", tuple(_volumes(map_))),
        ),
    )


def lines(node: Node, before: str = "") -> Iterator[str]:
    """The tree as plain lines."""
    yield f"{before}{node.label}"
    own = before.replace("├── ", "│   ").replace("└── ", "    ")
    for place, child in enumerate(node.below, start=1):
        yield from lines(child, own + ("└── " if place == len(node.below) else "├── "))


def _images(map_: Map, base: str) -> Iterator[Node]:
    """The images with this base, below each its containers and the images built on it."""
    for image in map_.images:
        if image.base == base:
            boxes = (box for box in map_.containers if box.image == image.key)
            below = (*(_box(box) for box in boxes), *_images(map_, image.key))
            yield Node(_image_label(image, unused=not below), "image", below)


def _image_label(image: Picture, *, unused: bool) -> str:
    built = "  (built on the one above)" if image.base else ""
    return f"{image.title}{built}{'  (no container)' if unused else ''}"


def _box(box: Box) -> Node:
    parts = (
        *(f"host port {port}" for port in box.ports),
        *(f"network {name}" for name in box.networks),
        *(f"volume {volume_title(name)} at {at}" for name, at in box.volumes),
        *(f"folder {name} at {at}" for name, at in box.folders),
    )
    label = f"container {box.name}  {box.status}"
    return Node(
        f"{label}  {', '.join(parts)}" if parts else label, "running" if box.running else "stopped"
    )


def _networks(map_: Map) -> Iterator[Node]:
    for name in map_.networks:
        users = [box.name for box in map_.containers if name in box.networks]
        yield Node(f"{name}: {', '.join(users) or 'no container'}", "network")


def _volumes(map_: Map) -> Iterator[Node]:
    for name in map_.volumes:
        users = [
            f"{box.name} at {at}"
            for box in map_.containers
            for own, at in box.volumes
            if own == name
        ]
        yield Node(f"{volume_title(name)}: {', '.join(users) or 'no container'}", "volume")
