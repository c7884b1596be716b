"""One example of each word: a snapshot where it holds, one where it fails. It knows no engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from checker import (
    answer,
    container,
    dockerfile,
    file,
    image,
    network,
    once,
    registry,
    report,
    together,
    volume,
)
from checker.claim import Claim
from checker.judge import judge
from checker.lesson import lesson, step
from checker.model import (
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
    Volume,
)

PYTHON, BUSYBOX = "python:3.13-slim", "busybox:1.37"
NOUNS = {
    "web": container("web"),
    "db": container("db"),
    "python": image(PYTHON),
    "old": image("tools:old"),
    "busybox": image(BUSYBOX),
    "iris": image("iris:2"),
    "iris_1": image("iris:1"),
    "model": image("iris:2").file("/app/model.json"),
    "recipe": dockerfile("Dockerfile"),
    "pgdata": volume("pgdata"),
    "reviews": network("reviews"),
    "plants": file("plants.csv"),
    "means": file("means.csv"),
    "page": container("web").on(8000).get("/"),
    "predict": container("web").on(8000).post("/predict", json={"text": "hello"}),
    "inner": container("web").on(8000, by=container("db")).get("/"),
    "ready": container("db").inside("pg_isready"),
    "copy": container("web").file("/plants.csv"),
    "digest": answer("digest"),
    "layers": answer("layers"),
    "smallest": answer("smallest"),
    "code": answer("code"),
    "tag": answer("tag"),
    "shelf": registry("shelf"),
    "first": registry("shelf").tag("iris/report", "1.0"),
    "latest": registry("shelf").tag("iris/report", "latest"),
    "pair": together(container("web"), container("db")),
    "once": once,
}
"""The names that the examples use, as a lesson would define them."""


@dataclass(frozen=True, slots=True)
class Example:
    """A claim as a lesson writes it, with evidence for it and against it."""

    code: str
    holds: Evidence
    fails: Evidence

    @property
    def claim(self) -> Claim:
        """The claim that the code makes."""
        made: Claim = eval(self.code, dict(NOUNS))
        return made

    def shown(self, evidence: Evidence) -> str:
        """What a learner reads about the claim, for this evidence."""
        found = judge(lesson("?", step("?", self.claim), minutes=1), evidence)
        return "\n".join(line[2:] for line in report.text(found).splitlines()[1:])


def box(name: str = "web", **what: Any) -> Container:
    """A container that runs Python, unless told otherwise."""
    usual: dict[str, Any] = {
        "name": name,
        "id": f"id of {name}",
        "image": PYTHON,
        "started": "2026-11-20T09:00:00Z",
    }
    return Container(**{**usual, **what})


def look(**what: Any) -> Snapshot:
    """One look, at no particular time."""
    return Snapshot(taken="2026-11-20T10:00:00Z", **what)


def seen(*looks: Snapshot) -> Evidence:
    """These looks, oldest first."""
    return Evidence(lesson="example", snapshots=looks)


def boxed(**what: Any) -> Evidence:
    """One look at container web alone."""
    return seen(look(containers=(box(**what),)))


def answered(name: str, value: str, **what: Any) -> Evidence:
    """One look at an answer, given as JSON, and at what it is about."""
    return seen(look(answers=(Answer(name=name, json=value),), **what))


def replied(status: int, body: str = "") -> Evidence:
    """One look at what container web answers."""
    reply = Reply(key="GET web:8000/ +0 ", status=status, body=body)
    return seen(look(containers=(box(ports=(OPEN,)),), replies=(reply,)))


def predicted(status: int, body: str) -> Evidence:
    """One look at what container web answers to a POST."""
    key = container("web").on(8000).post("/predict", json={"text": "hello"}).question.key
    reply = Reply(key=key, status=status, body=body)
    return seen(look(containers=(box(ports=(OPEN,)),), replies=(reply,)))


def told(**what: Any) -> Evidence:
    """One look at what container web answers to container db, on a network."""
    key = container("web").on(8000, by=container("db")).get("/").question.key
    return seen(look(containers=(box(), box("db")), replies=(Reply(key=key, **what),)))


def printed(text: str, code: int = 0) -> Evidence:
    """One look at what a command prints inside container db."""
    output = Output(key="db: pg_isready", text=text, code=code)
    return seen(look(containers=(box("db"),), outputs=(output,)))


def joined(*names: str, **what: Any) -> Evidence:
    """One look at network reviews, and at containers web and db."""
    net = Network(name="reviews", id="id of reviews", containers=names, **what)
    boxes = tuple(box(name, networks=("reviews",)) for name in names)
    return seen(look(networks=(net,), containers=boxes))


def started(name: str) -> Event:
    """The engine tells that container web starts, from this image."""
    return Event(kind="container", action="start", name="web", image=name)


def listed(**digests: str) -> Evidence:
    """One look at what registry shelf has: the digest of each tag of iris/report."""
    shelf = registry("shelf")
    tags = {"first": "1.0", "latest": "latest"}
    there = json.dumps({"tags": [tags[name] for name in digests]})
    replies = {}
    for name, tag in tags.items():
        manifest, listing, _ = shelf.tag("iris/report", tag).wants.questions
        digest = f"sha256:{digests.get(name, '') * 32}" if name in digests else ""
        status = 200 if digest else 404
        replies[manifest.key] = Reply(key=manifest.key, status=status, digest=digest)
        replies[listing.key] = Reply(key=listing.key, status=200, body=there)
    door = Port(inside=5000, outside=5009)
    boxes = (box("shelf", ports=(door,)), box(image=f"iris/report@sha256:{'5e' * 32}"))
    given = (Answer(name="digest", json=f'"{SHA}"'),)
    return seen(look(containers=boxes, replies=tuple(replies.values()), answers=given))


def working(**limits: Any) -> Evidence:
    """One look at two containers on a machine of two cores."""
    machine = Machine(name="of the engine", cores=2, memory=4 * 1024**3)
    return seen(look(containers=(box(**limits), box("db", **limits)), machines=(machine,)))


def held(name: str, size: int = 0, **what: Any) -> Image:
    """An image under its name."""
    made: dict[str, Any] = {
        "name": name,
        "id": f"id of {name}",
        "tags": (name,),
        "size": size,
        **what,
    }
    return Image(**made)


def iris(**what: Any) -> Evidence:
    """One look at image iris:2, and at iris:1, which has half its size and two of its layers."""
    usual = {"layers": 3, "layer_ids": ("a", "b", "c"), "created": "2026-11-20T09:30:00Z"}
    before = held("iris:1", 100, layers=2, layer_ids=("a", "b"), created="2026-11-20T09:00:00Z")
    return seen(look(images=(held("iris:2", **{"size": 200, **usual, **what}), before)))


def within(path: str, **what: Any) -> Evidence:
    """One look at a path inside image iris:2."""
    file = File(place=f"image iris:2 {path}", **what)
    return seen(look(images=(held("iris:2"),), files=(file,)))


def searched(*places: str) -> Evidence:
    """One look at where image iris:2 holds a token."""
    search = Search(key="the token in image iris:2", places=places)
    return seen(look(images=(held("iris:2"),), searches=(search,)))


def tables(means: File) -> Evidence:
    """One look at two tables, of which the second is as it should be."""
    plants = File(place="./plants.csv", owner=1000, text="species,petal\nsetosa,1.46\n")
    return seen(look(files=(means, plants)))


def linted(*found: Finding) -> Evidence:
    """One look at what the linter says of the Dockerfile."""
    return seen(look(lints=(Lint(place="./Dockerfile", findings=found),)))


OPEN = Port(inside=8000, outside=8881)
MOUNT = Mount(kind="volume", source="pgdata", at="/var/lib/postgresql/data")
FOLDER = Mount(kind="bind", source="./data", at="/data", writable=False)
NAMELESS = Mount(kind="volume", source="0f" * 32, at="/var/lib/postgresql/data")
GONE = seen(look(containers=(box(), box("db"))), look(containers=(box(),)))
STAYS = seen(look(containers=(box(), box("db"))))
DATA = Volume(name="pgdata", created="2026-11-20T09:00:00Z")
USED = look(containers=(box("db", mounts=(MOUNT,)),), volumes=(DATA,))
NEW = Volume(name="pgdata", created="2026-11-20T09:30:00Z")
SHA = "sha256:" + "5e" * 32
TABLE = File(place="./plants.csv", sha256="a", size=90, text="iris,3.9")
MEANS = File(place="./means.csv", owner=1000, text='"species","petal"\n"setosa",1.460\n')
CUT = File(place="web:/plants.csv", sha256="b", size=40, text="iris")
SLIM = held(PYTHON, 128_000_000, digests=(f"python@{SHA}",), layers=4)
SMALL = held(BUSYBOX, 2_000_000)
TAGGED = held("tools:old", tags=(BUSYBOX, "tools:old"))
AGAIN: dict[str, Any] = {"finished": "2026-11-20T09:10:00Z", "started": "2026-11-20T09:11:00Z"}
CRASH: dict[str, Any] = {
    "status": "exited",
    "exit_code": 1,
    "log": "ModuleNotFoundError: No module named 'flask'",
}

EXAMPLES = {
    "ContainerWord.is_running": Example("web.is_running()", boxed(), boxed(**CRASH)),
    "ContainerWord.has_stopped": Example("web.has_stopped()", boxed(status="exited"), boxed()),
    "ContainerWord.exited_with": Example(
        "web.exited_with(3)",
        boxed(status="exited", exit_code=3),
        boxed(status="exited", exit_code=0),
    ),
    "ContainerWord.runs": Example(
        f'web.runs("{PYTHON}")', boxed(), boxed(image="python:3.12", image_id="another")
    ),
    "ContainerWord.ran": Example(
        f'web.ran("{BUSYBOX}")',
        seen(look(events=(started(BUSYBOX),))),
        seen(look(events=(started("busybox"),))),
    ),
    "ContainerWord.was_restarted": Example("web.was_restarted()", boxed(**AGAIN), boxed()),
    "ContainerWord.was_removed": Example("db.was_removed()", GONE, STAYS),
    "ContainerWord.outlives": Example("web.outlives(db)", GONE, STAYS),
    "ContainerWord.publishes": Example(
        "web.publishes(8000, to=8881)",
        boxed(ports=(OPEN,)),
        boxed(ports=(Port(inside=8881, outside=8000),)),
    ),
    "ContainerWord.has_env": Example(
        'web.has_env("MODEL", "iris-7")',
        boxed(env=(("MODEL", "iris-7"),)),
        boxed(env=(("MODEL", "iris-6"),)),
    ),
    "ContainerWord.logs": Example(
        'web.logs("ready")', boxed(log="loading\nready\n"), boxed(log="loading\n")
    ),
    "ContainerWord.mounts": Example(
        'db.mounts(pgdata, at="/var/lib/postgresql/data")',
        seen(USED),
        seen(look(containers=(box("db", mounts=(NAMELESS,)),))),
    ),
    "ContainerWord.mounts_folder": Example(
        'web.mounts_folder("./data", at="/data")',
        boxed(mounts=(FOLDER,)),
        boxed(mounts=(Mount(kind="bind", source="./data", at="/dat"),)),
    ),
    "ContainerWord.cannot_write_to": Example(
        'web.cannot_write_to("/data")',
        boxed(mounts=(FOLDER,)),
        boxed(mounts=(Mount(kind="bind", source="./data", at="/data"),)),
    ),
    "ContainerWord.is_pinned_to": Example(
        "web.is_pinned_to(first)", listed(first="5e"), listed(first="0d")
    ),
    "ContainerWord.has_memory_limit": Example(
        'web.has_memory_limit("64m")', boxed(memory=64 * 1024**2), boxed()
    ),
    "ContainerWord.has_cpu_limit": Example(
        "web.has_cpu_limit(0.5)", boxed(cpus=0.5), boxed(cpus=5.0)
    ),
    "ContainerWord.was_killed_for_memory": Example(
        "web.was_killed_for_memory()",
        boxed(status="exited", exit_code=137, killed_for_memory=True),
        boxed(status="exited", exit_code=137),
    ),
    "ContainerWord.is_throttled": Example(
        "web.is_throttled()", boxed(throttled=True), boxed(throttled=False)
    ),
    "ContainerWord.has_restart_policy": Example(
        'web.has_restart_policy("on-failure")',
        boxed(restart_policy="on-failure:3"),
        boxed(restart_policy="always"),
    ),
    "ContainerWord.was_restarted_by_engine": Example(
        "web.was_restarted_by_engine(times=2)", boxed(restarts=3), boxed(restarts=1)
    ),
    "RegistryWord.has": Example(
        'shelf.has("iris/report", tag="1.0")', listed(first="5e"), listed(latest="5e")
    ),
    "TagWord.points_where": Example(
        "latest.points_where(first)",
        listed(first="5e", latest="5e"),
        listed(first="5e", latest="0d"),
    ),
    "TagWord.points_elsewhere_than": Example(
        "latest.points_elsewhere_than(first)",
        listed(first="5e", latest="0d"),
        listed(first="5e", latest="5e"),
    ),
    "GroupWord.ran_at_once": Example(
        "pair.ran_at_once()",
        working(),
        seen(look(containers=(box(), box("db", status="exited")))),
    ),
    "GroupWord.fit_the_memory": Example(
        "pair.fit_the_memory()", working(memory=2 * 1024**3), working(memory=3 * 1024**3)
    ),
    "GroupWord.fit_the_cores": Example("pair.fit_the_cores()", working(cpus=1.0), working()),
    "ContainerWord.is_on": Example(
        "web.is_on(reviews)", joined("web"), boxed(networks=("bridge",))
    ),
    "ContainerWord.is_not_on": Example(
        "web.is_not_on(reviews)", boxed(networks=("bridge",)), joined("web")
    ),
    "ContainerWord.publishes_nothing": Example(
        "web.publishes_nothing()", boxed(), boxed(ports=(OPEN,))
    ),
    "ContainerWord.is_healthy": Example(
        "web.is_healthy()", boxed(health="healthy"), boxed(health="unhealthy")
    ),
    "ImageWord.is_there": Example(
        "python.is_there()",
        seen(look(images=(SLIM,))),
        seen(look(near=(Near(kind="image", wanted=PYTHON, there=("python:latest",)),))),
    ),
    "ImageWord.is_also_named": Example(
        'busybox.is_also_named("tools:old")',
        seen(look(images=(SMALL, TAGGED))),
        seen(look(images=(SMALL,))),
    ),
    "ImageWord.was_removed": Example(
        "old.was_removed()",
        seen(look(images=(TAGGED,)), look()),
        seen(look(images=(TAGGED,))),
    ),
    "ImageWord.outlives": Example(
        "busybox.outlives(old)",
        seen(look(images=(SMALL, TAGGED)), look(images=(SMALL,))),
        seen(look(images=(SMALL, TAGGED)), look()),
    ),
    "ImageWord.has_file": Example(
        'iris.has_file("/app/model.json")',
        within("/app/model.json"),
        within("/app/model.json", kind="absent"),
    ),
    "ImageWord.has_no_file": Example(
        'iris.has_no_file("/app/.git")',
        within("/app/.git", kind="absent"),
        within("/app/.git", kind="folder"),
    ),
    "ImageWord.keeps_out": Example(
        'iris.keeps_out("gt-4711", called="the token")',
        searched(),
        searched("the layer of COPY .env .env"),
    ),
    "ImageWord.smaller_than": Example(
        "iris.smaller_than(iris_1, by=0.5)", iris(size=40), iris(size=90)
    ),
    "ImageWord.is_built_from": Example(
        "iris.is_built_from(iris_1)", iris(), iris(layer_ids=("x", "y", "z"))
    ),
    "ImageWord.shares_layers_with": Example(
        "iris.shares_layers_with(iris_1, all_but=1)",
        iris(),
        iris(layer_ids=("a", "x", "y")),
    ),
    "ImageWord.built_after": Example(
        "iris.built_after(iris_1)", iris(), iris(created="2026-11-20T08:00:00Z")
    ),
    "ImageWord.labels": Example(
        'iris.labels("version", "2")',
        iris(labels=(("version", "2"),)),
        iris(labels=(("version", "1"),)),
    ),
    "ImageWord.has_env": Example(
        'iris.has_env("SPECIES", "setosa")',
        iris(env=(("SPECIES", "setosa"),)),
        iris(env=(("SPECIES", "virginica"),)),
    ),
    "ImageWord.works_in": Example('iris.works_in("/app")', iris(workdir="/app"), iris()),
    "ImageWord.runs_as": Example('iris.runs_as("app")', iris(user="app"), iris()),
    "ImageWord.does_not_run_as_root": Example(
        "iris.does_not_run_as_root()", iris(user="1000"), iris(user="0")
    ),
    "ImageWord.has_entrypoint": Example(
        'iris.has_entrypoint("python", "report.py")',
        iris(entrypoint=("python", "report.py")),
        iris(entrypoint=("/bin/sh", "-c", "python report.py")),
    ),
    "ImageWord.has_command": Example(
        'iris.has_command("setosa")', iris(command=("setosa",)), iris(command=("virginica",))
    ),
    "ImageWord.has_healthcheck": Example(
        "iris.has_healthcheck()", iris(healthcheck=("CMD", "true")), iris()
    ),
    "ImageWord.exposes": Example("iris.exposes(8888)", iris(exposes=("8888/tcp",)), iris()),
    "ImageWord.declares_volume": Example(
        'iris.declares_volume("/data")', iris(volumes=("/data",)), iris()
    ),
    "DockerfileWord.keeps_to": Example(
        "recipe.keeps_to()",
        linted(),
        linted(Finding(rule="DL3007", line=1), Finding(rule="DL3042", line=4)),
    ),
    "VolumeWord.is_there": Example("pgdata.is_there()", seen(look(volumes=(DATA,))), seen(look())),
    "VolumeWord.was_removed": Example(
        "pgdata.was_removed()",
        seen(look(volumes=(DATA,)), look()),
        seen(look(volumes=(DATA,))),
    ),
    "VolumeWord.outlives": Example(
        "pgdata.outlives(db)",
        seen(USED, look(volumes=(DATA,))),
        seen(USED, look(volumes=(NEW,))),
    ),
    "NetworkWord.is_there": Example("reviews.is_there()", joined(), seen(look())),
    "NetworkWord.is_internal": Example(
        "reviews.is_internal()", joined(internal=True), joined(internal=False)
    ),
    "NetworkWord.connects": Example(
        "reviews.connects(web, db)", joined("db", "web"), joined("web")
    ),
    "NetworkWord.was_removed": Example(
        "reviews.was_removed()", seen(*joined().snapshots, look()), joined()
    ),
    "FileWord.is_there": Example("plants.is_there()", seen(look(files=(TABLE,))), seen(look())),
    "FileWord.holds": Example(
        'plants.holds("iris")',
        seen(look(files=(TABLE,))),
        seen(look(files=(File(place="./plants.csv", sha256="", size=0, text=""),))),
    ),
    "FileWord.belongs_to": Example(
        "model.belongs_to(1000)",
        within("/app/model.json", owner=1000),
        within("/app/model.json", owner=0),
    ),
    "FileWord.belongs_to_owner_of": Example(
        "means.belongs_to_owner_of(plants)",
        tables(means=replace(MEANS, owner=1000)),
        tables(means=replace(MEANS, owner=0)),
    ),
    "FileWord.holds_table": Example(
        'means.holds_table("species,petal\\nsetosa,1.46\\n", called="one mean")',
        tables(means=MEANS),
        tables(means=replace(MEANS, text="species,petal\nsetosa,1.4\n")),
    ),
    "FileWord.agrees_with": Example(
        "means.agrees_with(plants)",
        tables(means=MEANS),
        tables(means=replace(MEANS, text="species,petal\nsetosa,NA\n")),
    ),
    "FileWord.is_a_copy_of": Example(
        "copy.is_a_copy_of(plants)",
        seen(look(files=(TABLE, File(place="web:/plants.csv", sha256="a", size=90)))),
        seen(look(files=(TABLE, CUT))),
    ),
    "ReplyWord.answers": Example("page.answers(200)", replied(200), replied(404)),
    "ReplyWord.is_refused": Example("page.is_refused()", replied(403), replied(200)),
    "ReplyWord.says": Example(
        'page.says("setosa")', replied(200, "setosa"), replied(200, "virginica")
    ),
    "ReplyWord.refuses": Example(
        "predict.refuses()",
        predicted(422, '{"detail": "text is empty"}'),
        predicted(200, '{"result": "invoice"}'),
    ),
    "ReplyWord.returns_json_with": Example(
        'predict.returns_json_with("result", "invoice")',
        predicted(200, '{"result": "invoice"}'),
        predicted(200, '{"result": "delivery"}'),
    ),
    "ReplyWord.is_cut_off": Example(
        "inner.is_cut_off()",
        told(failure="container db does not know the name web", cut_off=True),
        told(status=200),
    ),
    "CommandWord.prints": Example(
        'ready.prints("accepting")',
        printed("/run/postgresql:5432 - accepting connections"),
        printed("/run/postgresql:5432 - no response", 2),
    ),
    "CommandWord.succeeds": Example("ready.succeeds()", printed(""), printed("", 2)),
    "AnswerWord.is_": Example(
        'tag.is_("3.13-slim")', answered("tag", '"3.13-slim"'), answered("tag", '"latest"')
    ),
    "AnswerWord.is_digest_of": Example(
        "digest.is_digest_of(python)",
        answered("digest", f'"{SHA}"', images=(SLIM,)),
        answered("digest", '"3.13-slim"', images=(SLIM,)),
    ),
    "AnswerWord.counts_layers_of": Example(
        "layers.counts_layers_of(python)",
        answered("layers", "4", images=(SLIM,)),
        answered("layers", "9", images=(SLIM,)),
    ),
    "AnswerWord.names_smallest_of": Example(
        "smallest.names_smallest_of(python, busybox)",
        answered("smallest", f'"{BUSYBOX}"', images=(SLIM, SMALL)),
        answered("smallest", '"busybox"', images=(SLIM, SMALL)),
    ),
    "AnswerWord.is_exit_code_of": Example(
        "code.is_exit_code_of(web)",
        answered("code", "1", containers=(box(**CRASH),)),
        answered("code", "0", containers=(box(**CRASH),)),
    ),
}
"""The examples by class and method; a test tells when one is missing."""

ONCE = Example(
    'once(db.mounts(pgdata, at="/var/lib/postgresql/data"))',
    seen(USED, look(volumes=(DATA,))),
    seen(look(containers=(box("db"),), volumes=(DATA,)), look(volumes=(DATA,))),
)


def every() -> Iterator[tuple[str, Example]]:
    """All examples, by name."""
    yield from EXAMPLES.items()
    yield "once", ONCE
