"""The engine as a workbench: what lies on it, and how it is put back. It knows no claims."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import docker
from docker.errors import NotFound

from checker.model import Wanted
from tests.live.sibling import keep_layers

LABEL = "workbook.tests"
MARK = "workbook-tests-at-work"
"""A volume that says that tests run on this engine, and in which process."""


@dataclass(frozen=True)
class Things:
    """Everything on an engine, by identity and name."""

    containers: frozenset[tuple[str, str]]
    volumes: frozenset[str]
    networks: frozenset[tuple[str, str]]
    images: frozenset[tuple[str, str]]

    def names(self) -> set[str]:
        """Everything by its name; an image that was pulled anew may have another id."""
        boxes = {f"container {name} {ident}" for ident, name in self.containers}
        nets = {f"network {name}" for _, name in self.networks}
        images = {f"image {tag or ident}" for tag, ident in self.images}
        return boxes | nets | images | {f"volume {name}" for name in self.volumes}

    def beyond(self, other: Things) -> Things:
        """What is here and not there."""
        return Things(
            self.containers - other.containers,
            self.volumes - other.volumes,
            self.networks - other.networks,
            self.images - other.images,
        )


class NotOurs(Exception):
    """The engine holds things with the lessons' names that no test made."""


@dataclass
class Bench:
    """One engine; tests put on it what they need, and take away what came on it."""

    api: Any
    known: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)

    def things(self) -> Things:
        """What lies on the engine now."""
        containers = self.api.containers(all=True)
        volumes = self.api.volumes().get("Volumes") or []
        return Things(
            frozenset((c["Id"], (c["Names"] or ["?"])[0].lstrip("/")) for c in containers),
            frozenset(v["Name"] for v in volumes),
            frozenset((n["Id"], n["Name"]) for n in self.api.networks()),
            frozenset((tag, i["Id"]) for i in self.api.images() for tag in _tags(i)),
        )

    def remove(self, extra: Things) -> None:
        """Take these things away."""
        with ThreadPoolExecutor(4) as at_once:
            list(at_once.map(self._remove_container, (box for box, _ in extra.containers)))
        for volume in extra.volumes:
            with suppress(NotFound):
                self.api.remove_volume(volume, force=True)
        for network, _ in extra.networks:
            with suppress(NotFound):
                self.api.remove_network(network)
        for tag, image in sorted(extra.images, reverse=True):
            self.remove_image(tag or image)

    def _remove_container(self, box: str) -> None:
        with suppress(NotFound):
            self.api.remove_container(box, force=True, v=True)

    def remove_image(self, name: str) -> None:
        """Take an image's name away, and the image when that was its last."""
        with suppress(NotFound):
            self.api.remove_image(name, force=True)

    def image(self, name: str) -> dict[str, Any] | None:
        """The image of that name, as the engine inspects it."""
        try:
            found: dict[str, Any] = self.api.inspect_image(name)
        except NotFound:
            return None
        return found

    def images_ready(self, names: Iterable[str], without: Iterable[str] = ()) -> None:
        """Have each of the images as it was pulled first, and those of `without` not at all."""
        for name in names:
            there = self.image(name)
            if there and self.known.get(name) == there["Id"] and there["RepoDigests"]:
                continue
            self._pull(name)
        for name in without:
            self.remove_image(name)

    def _pull(self, name: str) -> None:
        for line in self.api.pull(name, stream=True, decode=True):
            if "error" in line:
                raise RuntimeError(f"image {name} cannot be pulled: {line['error']}")
        self.known[name] = self.api.inspect_image(name)["Id"]
        if name not in self.kept:
            self.kept[name] = keep_layers(self.api, name)

    def named(self, wanted: Wanted) -> list[str]:
        """Which of the wanted objects are there."""
        there = self.things()
        boxes = {name for _, name in there.containers}
        tags = {tag for tag, _ in there.images}
        return [
            *(f"container {n}" for n in wanted.containers if n in boxes),
            *(f"volume {n}" for n in wanted.volumes if n in there.volumes),
            *(f"network {n}" for n in wanted.networks if n in {net for _, net in there.networks}),
            *(f"image {n}" for n in wanted.images if n in tags or f"{n}:latest" in tags),
        ]

    def begin(self, wanted: Wanted) -> None:
        """Mark the engine as ours; raises `NotOurs` before anything is touched."""
        owner = self._owner()
        if owner and _alive(owner):
            raise NotOurs(f"Process {owner} runs the lessons' tests on this engine; wait for it.")
        names = self.named(wanted)
        if names and not owner:
            raise NotOurs(
                f"This engine holds {', '.join(names)}, which the lessons' tests would remove. "
                "Run them on another engine (set DOCKER_HOST), or remove these first."
            )
        self._clear(wanted)
        self.api.create_volume(MARK, labels={LABEL: str(os.getpid())})

    def end(self) -> None:
        """Take away the mark and the kept layers."""
        for name in self.kept.values():
            self.remove_image(name)
        with suppress(NotFound):  # another folder's tests in the same process have ended theirs
            self.api.remove_volume(MARK, force=True)

    def _clear(self, wanted: Wanted) -> None:
        """Take away what tests that were cut short left behind."""
        there = self.things()
        labelled = {c["Id"] for c in self.api.containers(all=True, filters={"label": LABEL})}
        volumes = self.api.volumes(filters={"label": LABEL}).get("Volumes") or []
        self.remove(
            Things(
                frozenset(c for c in there.containers if _of(c, labelled, wanted.containers)),
                frozenset(
                    {v["Name"] for v in volumes} | (there.volumes & frozenset(wanted.volumes))
                ),
                frozenset(n for n in there.networks if n[1] in wanted.networks),
                frozenset((tag, i) for tag, i in there.images if _ours(tag, wanted)),
            )
        )

    def _owner(self) -> int:
        try:
            return int((self.api.inspect_volume(MARK)["Labels"] or {}).get(LABEL, 0))
        except NotFound:
            return 0


def _of(box: tuple[str, str], ids: set[str], names: tuple[str, ...]) -> bool:
    return box[0] in ids or box[1] in names


def _ours(tag: str, wanted: Wanted) -> bool:
    full = {name if ":" in name else f"{name}:latest" for name in wanted.images}
    return tag in full or tag.startswith("workbook-kept/")


def _tags(image: dict[str, Any]) -> Iterator[str]:
    tags = [tag for tag in image.get("RepoTags") or [] if tag != "<none>:<none>"]
    yield from tags or [""]
    # What was pulled back by its digest keeps that name of a registry that has gone.
    yield from (one for one in image.get("RepoDigests") or [] if one.startswith("localhost:"))


def _alive(process: int) -> bool:
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def open_bench(host: str) -> Bench:
    """A bench on the engine at `host`."""
    return Bench(docker.APIClient(base_url=host, version="1.41", timeout=120))


@contextmanager
def at_work(host: str, wanted: Wanted) -> Iterator[Bench]:
    """A bench on the engine at `host`, which is left as it was found; raises `NotOurs`."""
    with closing(open_bench(host).api) as api:
        bench = Bench(api)
        bench.begin(wanted)
        before = bench.things()
        try:
            yield bench
        finally:
            bench.remove(bench.things().beyond(before))
            bench.end()
