"""The engine, looked at once: only what is wanted, and never changed. It judges nothing."""

from __future__ import annotations

import io
import json
import re
import tarfile
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from checker import reading
from checker.asking import ask
from checker.engine import Client, EngineTrouble
from checker.model import (
    Answer,
    Container,
    Event,
    File,
    Json,
    Near,
    Question,
    Reply,
    Snapshot,
    Trouble,
    Wanted,
)
from checker.redact import is_secret, without_secrets
from checker.words.text import canonical, coarse_pattern, near_pattern, repository

T = TypeVar("T")

LOG_LINES = 200
LOG_SECONDS = 2.0
NEAR_MOST = 100
LOG_BYTES = 16_000
FILE_BYTES = 4_000_000
TEXT_BYTES = 16_000
ANSWER_LETTERS = 2000


@dataclass(slots=True)
class Observer:
    """Looks at one engine for one lesson's folder; files and mounts are told from there."""

    client: Client
    folder: Path
    _troubles: list[Trouble] = field(default_factory=list)
    _secrets: list[str] = field(default_factory=list)

    def see(
        self, wanted: Wanted, since: str = "", answers: Mapping[str, Json] | None = None
    ) -> Snapshot:
        """One look; `since` is when the look before was taken, for the events in between."""
        self._troubles, self._secrets = [], [value for name, value in wanted.env if is_secret(name)]
        taken = datetime.now(UTC)
        containers = tuple(
            self._each("container", wanted.containers, lambda n: self._container(n, wanted))
        )
        running = {box.name: box for box in containers if box.running}
        images = tuple(self._each("image", wanted.images, self._image))
        volumes = tuple(self._each("volume", wanted.volumes, self._volume))
        there = {
            "container": {box.name for box in containers},
            "image": {one.name for one in images},
            "volume": {one.name for one in volumes},
        }
        return Snapshot(
            taken=taken.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            containers=containers,
            images=images,
            volumes=volumes,
            replies=tuple(self._replies(wanted.questions, running)),
            files=tuple(self._each("file", wanted.files, self._file)),
            answers=tuple(_answers(wanted.answers, answers or {})),
            events=tuple(self._events(wanted, since, taken)) if since else (),
            near=tuple(self._near(wanted, there)),
            troubles=tuple(self._troubles),
        )

    def _each(
        self, kind: str, names: Iterable[str], look: Callable[[str], T | None]
    ) -> Iterator[T]:
        """What is there of these names; what could not be looked at becomes a trouble."""
        for name in names:
            try:
                thing = look(name)
            except EngineTrouble as trouble:
                silent_again = trouble.kind == "timeout" and self._troubles
                if silent_again or trouble.kind in ("absent", "permission", "died"):
                    raise
                self._troubles.append(Trouble(key=f"{kind} {name}", why=str(trouble)))
                continue
            if thing is not None:
                yield thing

    def _container(self, name: str, wanted: Wanted) -> Container | None:
        seen = self.client.get(f"/containers/{name}/json")
        if (
            seen is None or seen.get("Name", "").lstrip("/") != name
        ):  # a prefix of an id finds it too
            return None
        state = seen.get("State") or {}
        self._secrets += _secrets(seen)
        died = state.get("Status") == "exited" and state.get("ExitCode")
        log = self._log(name, seen) if name in wanted.logs or died else None
        return reading.container(name, seen, wanted.env, self.folder, log)

    def _log(self, name: str, seen: dict[str, Any]) -> str | None:
        """The end of the log; none where the engine takes too long, as for one endless line."""
        try:
            frames = self.client.fetch(
                f"/containers/{name}/logs",
                {"stdout": 1, "stderr": 1, "tail": LOG_LINES},
                limit=LOG_BYTES * 4,
                timeout=LOG_SECONDS,
            )
        except EngineTrouble as trouble:
            if trouble.kind == "timeout":
                return None
            raise
        text = reading.log(frames or b"", tty=bool((seen.get("Config") or {}).get("Tty")))
        return without_secrets(text[-LOG_BYTES:], self._secrets)

    def _image(self, name: str) -> Any:
        seen = self.client.get(f"/images/{name}/json")
        return None if seen is None else reading.image(name, seen)

    def _volume(self, name: str) -> Any:
        seen = self.client.get(f"/volumes/{name}")
        return None if seen is None else reading.volume(name, seen)

    def _file(self, place: str) -> File | None:
        holder, _, path = place.partition(":")
        data = self._inside(holder, path) if path else _at_most(self.folder / place)
        if data is None:
            return None
        return File(
            place=place, sha256=sha256(data).hexdigest(), size=len(data), text=self._text(data)
        )

    def _inside(self, holder: str, path: str) -> bytes | None:
        """A file of a container, through the archive that also `docker cp` reads."""
        packed = self.client.fetch(
            f"/containers/{holder}/archive", {"path": path}, limit=FILE_BYTES + 10_240
        )
        if packed is None:
            return None
        try:
            with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
                member = archive.next()
                inner = archive.extractfile(member) if member and member.isreg() else None
                return inner.read(FILE_BYTES) if inner else None
        except (tarfile.TarError, EOFError):
            return None

    def _text(self, data: bytes) -> str | None:
        try:
            # A letter that is cut in two at the end is no reason to take a text for bytes.
            text = getincrementaldecoder("utf-8")().decode(
                data[:TEXT_BYTES], len(data) <= TEXT_BYTES
            )
            return without_secrets(text, self._secrets)
        except UnicodeDecodeError:
            return None

    def _replies(
        self, questions: Iterable[Question], running: Mapping[str, Container]
    ) -> Iterator[Reply]:
        for question in questions:
            if box := running.get(question.container):
                reply = ask(question, box, self.client.engine.ports_at)
                yield replace(reply, body=without_secrets(reply.body, self._secrets))

    def _events(self, wanted: Wanted, since: str, until: datetime) -> Iterator[Event]:
        names = {("container", n) for n in wanted.containers} | {
            ("volume", n) for n in wanted.volumes
        }
        names |= {("image", canonical(n)) for n in wanted.images}
        start = datetime.fromisoformat(since).timestamp()
        for seen in self.client.events(start, until.timestamp()):
            event = reading.event(seen)
            name = canonical(event.name) if event.kind == "image" else event.name
            if (event.kind, name) in names and event.action in reading.TELLING:
                yield event

    def _near(self, wanted: Wanted, there: Mapping[str, set[str]]) -> Iterator[Near]:
        """Names like those that are missing; the engine filters, so that a crowd costs nothing."""
        for kind, names in (
            ("container", wanted.containers),
            ("image", wanted.images),
            ("volume", wanted.volumes),
        ):
            asked = [name for name in names if f"{kind} {name}" in wanted.near]
            missing = [name for name in asked if name not in there[kind]]
            for name, like in (self._like(kind, missing) if missing else {}).items():
                others = tuple(other for other in like if other not in names)[:3]
                if others:
                    yield Near(kind=kind, wanted=name, there=others)

    def _like(self, kind: str, names: list[str]) -> dict[str, list[str]]:
        """For each name those like it; the engine tries one short pattern on each of a crowd."""
        if kind == "image":
            return {name: self._tags(name) for name in names}
        patterns = {name: near_pattern(name) for name in names}
        filters = json.dumps({"name": [coarse_pattern(names)]})
        if kind == "volume":
            found = (self.client.get("/volumes", filters=filters) or {}).get("Volumes") or []
            there = sorted(one["Name"] for one in found)
        else:
            seen = self.client.get("/containers/json", all=1, limit=NEAR_MOST, filters=filters)
            there = [one["Names"][0].lstrip("/") for one in seen or [] if one.get("Names")]
        return {
            name: [other for other in there if re.search(pattern, other)]
            for name, pattern in patterns.items()
        }

    def _tags(self, name: str) -> list[str]:
        own = repository(name).removeprefix("docker.io/").removeprefix("library/")
        seen = self.client.get("/images/json", filters=json.dumps({"reference": [own]}))
        return sorted({tag for one in seen or [] for tag in one.get("RepoTags") or []})


def _answers(names: Iterable[str], given: Mapping[str, Json]) -> Iterator[Answer]:
    for name in names:
        if name in given:
            told = json.dumps(given[name])
            long = len(told) > ANSWER_LETTERS
            yield Answer(name=name, json=json.dumps(told[:ANSWER_LETTERS]) if long else told)


def _secrets(seen: dict[str, Any]) -> list[str]:
    """The values of a container's secret variables, to be hidden wherever they turn up."""
    lines = (seen.get("Config") or {}).get("Env") or []
    pairs = (line.partition("=")[::2] for line in lines)
    return [value for name, value in pairs if is_secret(name) and value]


def _at_most(path: Path) -> bytes | None:
    """The file's first bytes; a link is not followed out of the lesson's folder."""
    if path.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as source:
        return source.read(FILE_BYTES)
