"""A crowd on the engine: other people's containers, volumes and images with resembling names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from checker.model import Wanted
from tests.live.bench import LABEL, Bench
from tests.live.sibling import scratch

BASE = "workbook-crowd:1"
RUNS = "busybox:1.37"
MOST = 20
MOST_NETWORKS = 6
"""An engine has addresses for about thirty networks."""


@contextmanager
def crowd(bench: Bench, wanted: Wanted) -> Iterator[None]:
    """About twenty foreign things of each kind, named like what the lessons want."""
    before = bench.things()
    try:
        scratch(bench.api, BASE)
        for number, name in enumerate(_others(wanted.containers, "box")):
            _container(bench, name, runs=number < 2)
        for name in _others(wanted.volumes, "data"):
            bench.api.create_volume(name, labels={LABEL: "crowd"})
        for name in _others(wanted.networks, "net")[:MOST_NETWORKS]:
            bench.api.create_network(name, labels={LABEL: "crowd"})
        for name in _other_images(wanted.images):
            repository, _, tag = name.rpartition(":")
            bench.api.tag(BASE, repository, tag)
        yield
    finally:
        bench.remove(bench.things().beyond(before))


def _container(bench: Bench, name: str, *, runs: bool) -> None:
    if runs:
        bench.images_ready([RUNS])
    image, command = (RUNS, ["sleep", "600"]) if runs else (BASE, ["none"])
    made = bench.api.create_container(image, command, name=name, labels={LABEL: "crowd"})
    if runs:
        bench.api.start(made["Id"])


def _others(names: tuple[str, ...], spare: str) -> list[str]:
    """Names one slip away from the wanted ones, none of which is wanted."""
    like = [f(n) for n in names for f in (_longer, _swapped, _shorter, _second)]
    spares = [f"{spare}{number}" for number in range(MOST)]
    good = [n for n in (*like, *spares) if len(n) > 1 and n not in names]
    return list(dict.fromkeys(good))[:MOST]


def _other_images(names: tuple[str, ...]) -> list[str]:
    spares = [f"box{number}:1" for number in range(MOST)]
    like = [other for name in names for other in _like(name)]
    return list(dict.fromkeys(n for n in (*like, *spares) if n not in names))[:MOST]


def _like(image: str) -> tuple[str, ...]:
    name, _, tag = image.partition(":")
    return (f"{name}:{tag or 'latest'}-old", f"{name}x:{tag or 'latest'}", f"{name}:other")


def _longer(name: str) -> str:
    return f"{name}s"


def _swapped(name: str) -> str:
    return f"{name[1:2]}{name[:1]}{name[2:]}"


def _shorter(name: str) -> str:
    return name[:-1]


def _second(name: str) -> str:
    return f"{name}_2"
