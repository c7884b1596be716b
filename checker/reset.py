"""What resetting a lesson would do, as a value made from what is there. It changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from checker.evidence import to_json
from checker.lesson import Lesson
from checker.model import Container, Evidence, Image, Network, Snapshot, Volume
from checker.words.text import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore:
    """A file to write as it was handed out; `backup` keeps the learner's, where there is one."""

    name: str
    content: bytes
    backup: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that a reset removes, restores, puts aside and keeps; nothing else happens.

    `step` is none for a whole lesson. `evidence` is the name under which the evidence is put
    aside, or nothing where it stays.
    """

    lesson: str
    step: int | None = None
    containers: tuple[Container, ...] = ()
    volumes: tuple[Volume, ...] = ()
    networks: tuple[Network, ...] = ()
    images: tuple[Image, ...] = ()
    files: tuple[Restore, ...] = ()
    evidence: str = ""
    kept: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        things = (self.containers, self.volumes, self.networks, self.images, self.files)
        return not (any(things) or self.evidence)


def plan(
    lesson: Lesson,
    there: Snapshot,
    released: Mapping[str, bytes],
    on_disk: Callable[[str], bytes | None],
    time: str,
    *,
    step: int | None = None,
) -> Plan:
    """The plan for a lesson, or for one step of it, at a moment; `on_disk` reads a file."""
    makes = lesson.makes(step)
    evidence = f"{lesson.name}.evidence.json"
    begun = on_disk(evidence) not in (None, to_json(Evidence(lesson=lesson.name)))
    return Plan(
        lesson=lesson.name,
        step=step,
        containers=tuple(one for one in there.containers if one.name in makes.containers),
        volumes=tuple(one for one in there.volumes if one.name in makes.volumes),
        networks=tuple(one for one in there.networks if one.name in makes.networks),
        images=tuple(one for one in there.images if one.name in makes.images and is_named(one)),
        files=tuple(restores(lesson, released, on_disk, time, step)),
        evidence=f"{evidence}.backup-{time}" if begun and step is None else "",
        kept=lesson.images,
    )


def is_named(image: Image) -> bool:
    """Whether the name is a tag of the image: an engine also finds images by the start of an id."""
    return canonical(image.name) in {canonical(tag) for tag in image.tags}


def restores(
    lesson: Lesson,
    released: Mapping[str, bytes],
    on_disk: Callable[[str], bytes | None],
    time: str,
    step: int | None,
) -> Iterator[Restore]:
    """The handed-out files that are changed or missing; of a step only those its claims name."""
    named = None if step is None else {f.removeprefix("./") for f in lesson.step(step).wants.files}
    for name, content in sorted(released.items()):
        if named is not None and name not in named:
            continue
        mine = on_disk(name)
        if mine != content:
            backup = "" if mine is None else f"{name}.backup-{time}"
            yield Restore(name=name, content=content, backup=backup)


def sentences(plan: Plan) -> tuple[str, ...]:
    """The plan in words: first what goes, then what is restored, then what stays."""
    return (*_removed(plan), *_restored(plan), *_stays(plan))


def _removed(plan: Plan) -> Iterator[str]:
    for box in plan.containers:
        yield f"remove container {box.name} ({box.status}, from {box.image})"
    for volume in plan.volumes:
        yield f"remove volume {volume.name} and the data in it"
    for network in plan.networks:
        yield f"remove network {network.name}"
    for image in plan.images:
        yield f"remove image {image.name}"


def _restored(plan: Plan) -> Iterator[str]:
    for file in plan.files:
        yield f"restore {file.name}" + (f"; yours is kept as {file.backup}" if file.backup else "")
    if plan.evidence:
        yield f"begin new evidence; what is recorded is kept as {plan.evidence}"


def _stays(plan: Plan) -> Iterator[str]:
    if plan.kept:
        yield f"keep the images the lesson works with: {', '.join(plan.kept)}"
    if plan.step is not None:
        yield "keep the evidence: points that were earned stay"
