"""Hypothesis strategies: evidence with plausible names, so that things collide."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st

from checker.lesson import Lesson
from checker.model import (
    AS_ASKED,
    HIDDEN,
    Answer,
    Container,
    Event,
    Evidence,
    File,
    Finding,
    Image,
    Lint,
    Machine,
    Mount,
    Near,
    Network,
    Output,
    Port,
    Reply,
    Search,
    Snapshot,
    Trouble,
    Volume,
)
from checker.words.dockerfile import RULES

T = TypeVar("T")

TEXTS = st.sampled_from(["", "ready\n", "Traceback …\n", "<b>bold</b>", "\x1b[31mred", "été"])
TIMES = st.sampled_from(["", *(f"2026-11-20T09:0{n}:00.000000000Z" for n in range(4))])
IDS = st.sampled_from(["", "sha256:a", "sha256:b", "sha256:c"])
DIGEST = "sha256:" + "ab" * 32


def some(values: st.SearchStrategy[T], most: int = 3) -> st.SearchStrategy[tuple[T, ...]]:
    """A few of them, as a tuple."""
    return st.lists(values, max_size=most).map(tuple)


def of(names: tuple[str, ...], *others: str) -> st.SearchStrategy[str]:
    """One of the names that the lesson asks for, or another."""
    return st.sampled_from([*names, *others])


def named(
    build: Callable[[str], st.SearchStrategy[T]], names: tuple[str, ...]
) -> st.SearchStrategy[tuple[T, ...]]:
    """Things under some of the names; an engine has each name once."""
    maybe = [st.none() | build(name) for name in names]
    return st.tuples(*maybe).map(lambda found: tuple(one for one in found if one is not None))


def ports() -> st.SearchStrategy[Port]:
    """Published ports; the usual numbers meet."""
    numbers = st.sampled_from([80, 5000, 8000, 8080, 8888, 8889])
    return st.builds(
        Port,
        inside=numbers,
        outside=numbers,
        address=st.sampled_from(["", "127.0.0.1"]),
        protocol=st.sampled_from(["tcp", "udp"]),
    )


def mounts(lesson: Lesson) -> st.SearchStrategy[Mount]:
    """Volumes and folders at the paths that the lesson's sentences name."""
    wanted = lesson.wanted()
    said = " ".join(claim.sentence for step in lesson.steps for claim in step.claims)
    paths = tuple(re.findall(r"(?<=\s)/[\w/.]+", said))
    folders = tuple(re.findall(r"(?<=\s)\./[\w/.]+", said))
    return st.builds(
        Mount,
        kind=st.sampled_from(["volume", "bind", "tmpfs"]),
        source=of((*wanted.volumes, *folders), "a1" * 32, "./data", "…/data"),
        at=of(paths, "/data", "/data/"),
        writable=st.booleans(),
    )


def containers(lesson: Lesson, name: str) -> st.SearchStrategy[Container]:
    """A container of that name, in any state."""
    wanted = lesson.wanted()
    values = st.sampled_from([AS_ASKED, HIDDEN, *(value for _, value in wanted.env), "other"])
    env = [st.tuples(st.just(variable), values) for variable, _ in wanted.env]
    return st.builds(
        Container,
        name=st.just(name),
        id=st.sampled_from([f"{name}-1", f"{name}-2"]),
        image=of((*wanted.images, *lesson.images), "python", "busybox", "sha256:a"),
        image_id=IDS,
        created=TIMES,
        status=st.sampled_from(["created", "running", "paused", "restarting", "exited", "dead"]),
        started=TIMES,
        finished=TIMES,
        exit_code=st.sampled_from([0, 1, 3, 42, 125, 127, 137]),
        auto_remove=st.booleans(),
        env=some(st.one_of(env)) if env else st.just(()),
        ports=some(ports()),
        mounts=some(mounts(lesson)),
        networks=some(of(wanted.networks, "bridge")),
        health=st.sampled_from(["", "starting", "healthy", "unhealthy"]),
        error=TEXTS,
        log=st.none() | TEXTS,
        memory=st.sampled_from([0, 64 * 2**20, 2**40]),
        cpus=st.sampled_from([0.0, 0.25, 1.0, 64.0]),
        killed_for_memory=st.booleans(),
        restarts=st.integers(0, 5),
        restart_policy=st.sampled_from(["", "no", "always", "on-failure", "on-failure:3"]),
        throttled=st.none() | st.booleans(),
    )


def images(lesson: Lesson, name: str) -> st.SearchStrategy[Image]:
    """An image of that name."""
    return st.builds(
        Image,
        name=st.just(name),
        id=IDS,
        tags=some(of((*lesson.wanted().images, *lesson.images), "python:latest")),
        digests=some(st.just(f"python@{DIGEST}"), 1),
        layers=st.integers(0, 9),
        size=st.integers(0, 2**40),
        created=TIMES,
        layer_ids=some(IDS),
        labels=some(st.tuples(TEXTS, TEXTS)),
        env=some(st.tuples(TEXTS, TEXTS)),
        workdir=st.sampled_from(["", "/", "/app", "/work"]),
        user=st.sampled_from(["", "0", "root", "app", "1000:1000"]),
        entrypoint=some(TEXTS),
        command=some(TEXTS),
        exposes=some(st.sampled_from(["80/tcp", "8888/tcp"])),
        volumes=some(st.just("/data")),
        healthcheck=some(st.sampled_from(["NONE", "CMD", "true"])),
    )


def volumes(name: str) -> st.SearchStrategy[Volume]:
    """A volume of that name."""
    return st.builds(Volume, name=st.just(name), created=TIMES)


def networks(lesson: Lesson, name: str) -> st.SearchStrategy[Network]:
    """A network of that name, with some of the lesson's containers on it."""
    return st.builds(
        Network,
        name=st.just(name),
        id=IDS,
        driver=st.sampled_from(["bridge", "overlay"]),
        internal=st.booleans(),
        created=TIMES,
        containers=some(of(lesson.wanted().containers, "other")),
    )


def answers(name: str) -> st.SearchStrategy[Answer]:
    """An answer of any kind."""
    values = ["null", "true", "4", '""', '"python:3.13-slim"', f'"{DIGEST}"', "[1]", '"<b>"', "1.5"]
    return st.builds(Answer, name=st.just(name), json=st.sampled_from(values))


def files(place: str) -> st.SearchStrategy[File]:
    """A file at that place."""
    sums, sizes = st.sampled_from(["a" * 64, "b" * 64]), st.integers(0, 9)
    return st.builds(
        File,
        place=st.just(place),
        sha256=sums,
        size=sizes,
        text=st.none() | TEXTS,
        owner=st.sampled_from([None, 0, 1000]),
        kind=st.sampled_from(["file", "folder", "link", "absent"]),
    )


def searches(key: str) -> st.SearchStrategy[Search]:
    """Somewhere or nowhere."""
    return st.builds(Search, key=st.just(key), places=some(TEXTS))


def lints(name: str) -> st.SearchStrategy[Lint]:
    """Some of the rules broken."""
    rules = st.sampled_from([*RULES, "SC2086"])
    found = some(st.builds(Finding, rule=rules, line=st.integers(1, 9), says=TEXTS))
    return st.builds(Lint, place=st.just(f"./{name}"), findings=found)


def replies(key: str) -> st.SearchStrategy[Reply]:
    """Some reply to that question."""
    status = st.sampled_from([0, 200, 400, 401, 403, 404, 422, 500])
    failure = st.sampled_from(["", "no server answers there"])
    registry = ['{"tags":["1.0","2"]}', '{"repositories":[1]}', "[]", "{}"]
    results = ['{"result": "x"}', "[" * 9000, "[1]", '{"result": {}}']
    return st.builds(
        Reply,
        key=st.just(key),
        status=status,
        body=TEXTS | st.sampled_from([*registry, *results]),
        failure=failure,
        digest=st.sampled_from(["", DIGEST, f"sha256:{'cd' * 32}"]),
        cut_off=st.booleans(),
    )


def machines(name: str) -> st.SearchStrategy[Machine]:
    """A machine of some size."""
    return st.builds(Machine, name=st.just(name), cores=st.integers(0, 8), memory=IDS.map(len))


def outputs(key: str) -> st.SearchStrategy[Output]:
    """What some command said."""
    failure = st.sampled_from(["", "its image has no program named psql"])
    codes = st.sampled_from([0, 1, 127])
    return st.builds(Output, key=st.just(key), code=codes, text=TEXTS, failure=failure)


def events(lesson: Lesson) -> st.SearchStrategy[Event]:
    """Something that happened to one of the lesson's objects, or to another one."""
    wanted = lesson.wanted()
    return st.builds(
        Event,
        kind=st.sampled_from(["container", "image", "volume", "network"]),
        action=st.sampled_from(["create", "start", "die", "destroy", "pull", "tag", "untag"]),
        name=of((*wanted.containers, *wanted.images, *wanted.volumes, *wanted.networks), "other"),
        image=of(wanted.images, "busybox"),
        exit_code=st.sampled_from([None, 0, 1]),
    )


def troubles(lesson: Lesson) -> st.SearchStrategy[Trouble]:
    """One of the lesson's containers could not be looked at."""
    key = of(lesson.wanted().containers, "other").map(lambda name: f"container {name}")
    return st.builds(Trouble, key=key, why=st.just("the engine is busy"))


def nears(lesson: Lesson) -> st.SearchStrategy[Near]:
    """Names that resemble missing ones."""
    wanted = lesson.wanted()
    names = of((*wanted.containers, *wanted.volumes, *wanted.networks, *wanted.images), "other")
    kinds = st.sampled_from(["container", "image", "volume", "network"])
    return st.builds(Near, kind=kinds, wanted=names, there=some(st.just("<b>x</b>")))


def snapshots(lesson: Lesson, *, trouble: bool = False) -> st.SearchStrategy[Snapshot]:
    """Any look that the lesson may get."""
    wanted = lesson.wanted()
    keys = tuple(question.key for question in wanted.questions)
    return st.builds(
        Snapshot,
        taken=TIMES,
        containers=named(lambda name: containers(lesson, name), wanted.containers),
        images=named(lambda name: images(lesson, name), wanted.images),
        volumes=named(volumes, wanted.volumes),
        machines=named(machines, wanted.machines),
        networks=named(lambda name: networks(lesson, name), wanted.networks),
        replies=named(replies, keys),
        outputs=named(outputs, tuple(command.key for command in wanted.commands)),
        files=named(files, wanted.files),
        searches=named(searches, tuple(one.key for one in wanted.searches)),
        lints=named(lints, wanted.lints),
        answers=named(answers, wanted.answers),
        events=some(events(lesson)),
        near=some(nears(lesson)),
        troubles=some(troubles(lesson)) if trouble else st.just(()),
    )


@cache
def evidence(lesson: Lesson, *, trouble: bool = False) -> st.SearchStrategy[Evidence]:
    """Any evidence that the lesson may have."""
    looks = some(snapshots(lesson, trouble=trouble))
    return st.builds(Evidence, lesson=st.just(lesson.name), snapshots=looks)


def bystanders() -> st.SearchStrategy[Snapshot]:
    """Other people's things, which no lesson names."""
    lone = Snapshot(
        taken="",
        containers=(
            Container(name="bystander", id="b", image="busybox:1.37", image_id="sha256:a"),
        ),
        images=(Image(name="bystander:1", id="sha256:a", tags=("bystander:1",), size=1),),
        volumes=(Volume(name="bystander", created="2026-11-20T09:00:00Z"),),
        networks=(Network(name="bystander", id="b", containers=("bystander",)),),
        answers=(Answer(name="bystander", json='"quay.io"'),),
        events=(Event(kind="container", action="start", name="bystander", image="busybox:1.37"),),
    )
    return st.just(lone)
