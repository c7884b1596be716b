"""The engine, looked at once: only what is wanted, and never changed. It judges nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from checker import reading
from checker.asking import ask
from checker.engine import Client, EngineTrouble
from checker.model import (
    Answer,
    Command,
    Container,
    Event,
    File,
    Json,
    Machine,
    Output,
    Question,
    Reply,
    Snapshot,
    Trouble,
    Wanted,
)
from checker.observe import containers as boxes
from checker.observe import files, inside, lint, near
from checker.observe.insides import PLACE, Insides
from checker.observe.layers import Layers
from checker.redact import is_secret, without_secrets
from checker.words.text import canonical

T = TypeVar("T")

ANSWER_LETTERS = 2000


@dataclass(slots=True)
class Observer:
    """Looks at one engine for one lesson's folder, whose files `read` gives."""

    client: Client
    folder: Path
    read: files.Read = files.at_most
    _troubles: list[Trouble] = field(default_factory=list)
    _secrets: list[str] = field(default_factory=list)
    _insides: Insides = field(init=False)
    _layers: Layers = field(init=False)

    def __post_init__(self) -> None:
        self._insides, self._layers = Insides(self.client), Layers(self.client)

    def see(
        self, wanted: Wanted, since: str = "", answers: Mapping[str, Json] | None = None
    ) -> Snapshot:
        """One look; `since` is when the look before was taken, for the events in between."""
        self._troubles, self._secrets = [], [value for name, value in wanted.env if is_secret(name)]
        taken = datetime.now(UTC)
        things = self._things(wanted)
        running = {box.name: box for box in things.containers if box.running}
        return replace(
            things,
            taken=taken.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            replies=tuple(self._replies(wanted.questions, running)),
            outputs=tuple(self._outputs(wanted.commands, running)),
            files=tuple(self._files(wanted, things)),
            searches=tuple(self._apart(self._layers.see(wanted.searches, things.images))),
            lints=tuple(
                self._apart(lint.look(self.read(self.folder / name), name) for name in wanted.lints)
            ),
            answers=tuple(_answers(wanted.answers, answers or {})),
            events=tuple(self._events(wanted, since, taken)) if since else (),
            near=tuple(near.look(self.client, wanted, things)),
            troubles=tuple(self._troubles),
        )

    def _things(self, wanted: Wanted) -> Snapshot:
        """The engine's objects alone."""
        return Snapshot(
            taken="",
            containers=tuple(
                self._each("container", wanted.containers, lambda n: self._container(n, wanted))
            ),
            images=tuple(self._each("image", wanted.images, self._image)),
            volumes=tuple(self._each("volume", wanted.volumes, self._volume)),
            networks=tuple(self._each("network", wanted.networks, self._network)),
            machines=tuple(self._each("machine", wanted.machines, self._machine)),
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
        return boxes.look(self.client, name, wanted, self.folder, self._secrets)

    def _image(self, name: str) -> Any:
        seen = self.client.get(f"/images/{name}/json")
        return None if seen is None else reading.image(name, seen)

    def _volume(self, name: str) -> Any:
        seen = self.client.get(f"/volumes/{name}")
        return None if seen is None else reading.volume(name, seen)

    def _network(self, name: str) -> Any:
        seen = self.client.get(f"/networks/{name}")
        if seen is None or seen.get("Name") != name:  # a prefix of an id finds it too
            return None
        return reading.network(name, seen)

    def _machine(self, name: str) -> Machine | None:
        seen = self.client.get("/info")
        return None if seen is None else reading.machine(name, seen)

    def _files(self, wanted: Wanted, things: Snapshot) -> Iterator[File]:
        outside = [place for place in wanted.files if not place.startswith(PLACE)]
        yield from self._each("file", outside, self._file)
        yield from self._apart(self._insides.see(wanted.files, things.images, self._secrets))

    def _apart(self, told: Iterable[T | Trouble | None]) -> Iterator[T]:
        """What was found; what could not be looked at becomes a trouble."""
        for one in told:
            if isinstance(one, Trouble):
                self._troubles.append(one)
            elif one is not None:
                yield one

    def _file(self, place: str) -> File | None:
        return files.look(self.client, self.folder, place, self._secrets, self.read)

    def _replies(
        self, questions: Iterable[Question], running: Mapping[str, Container]
    ) -> Iterator[Reply]:
        for question in questions:
            box = running.get(question.container)
            if box is None or (question.by and question.by not in running):
                continue
            if question.by:
                yield from self._within(question)
            else:
                reply = ask(question, box, self.client.engine.ports_at, self.client.dial)
                yield replace(reply, body=without_secrets(reply.body, self._secrets))

    def _within(self, question: Question) -> Iterator[Reply]:
        """A question that a container asks; secrets of all containers are hidden in the reply."""
        return self._each(
            "container", [question.by], lambda _: inside.ask(self.client, question, self._secrets)
        )

    def _outputs(
        self, commands: Iterable[Command], running: Mapping[str, Container]
    ) -> Iterator[Output]:
        for command in commands:
            if command.container in running:
                yield from self._said(command)

    def _said(self, command: Command) -> Iterator[Output]:
        return self._each(
            "container",
            [command.container],
            lambda _: inside.look(self.client, command, self._secrets),
        )

    def _events(self, wanted: Wanted, since: str, until: datetime) -> Iterator[Event]:
        names = {("container", n) for n in wanted.containers} | {
            ("volume", n) for n in wanted.volumes
        }
        names |= {("network", n) for n in wanted.networks}
        names |= {("image", canonical(n)) for n in wanted.images}
        start = datetime.fromisoformat(since).timestamp()
        for seen in self.client.events(start, until.timestamp()):
            event = reading.event(seen)
            name = canonical(event.name) if event.kind == "image" else event.name
            if (event.kind, name) in names and event.action in reading.TELLING:
                yield event


def _answers(names: Iterable[str], given: Mapping[str, Json]) -> Iterator[Answer]:
    for name in names:
        if name in given:
            told = json.dumps(given[name])
            long = len(told) > ANSWER_LETTERS
            yield Answer(name=name, json=json.dumps(told[:ANSWER_LETTERS]) if long else told)
