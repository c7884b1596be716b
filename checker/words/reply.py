"""Words about what a container answers over HTTP. Only the observer asks the question."""

from __future__ import annotations

import json as as_json
from collections.abc import Callable
from dataclasses import dataclass

from checker.claim import HELD, Claim, Failed, Subject, Unknown, Verdict, now, troubled
from checker.model import Container, Json, Question, Reply, Snapshot, Wanted
from checker.words.subject import name_of
from checker.words.text import listed, quoted, shown

STARTING = 15.0
"""Seconds a server may take from start to first answer; a real Jupyter image took 5 here."""

HEARD = (
    "A server in a container must listen on 0.0.0.0, at the port that is published; "
    "docker logs often tells where it listens."
)

HEARD_INSIDE = (
    "Between containers it is the port inside that counts, published or not; "
    "docker logs often tells where a server listens."
)

BROKEN = "A status from 500 on says that the program itself failed;"

BY_NAME = (
    "Containers find each other by name on a network that was made with docker network create "
    "and that both are on; docker network connect puts one on it."
)

SHARED = (
    "They share a network: docker network inspect shows who is on it, "
    "docker network disconnect takes one off."
)

WRONG = (400, 422)
"""The HTTP statuses for a request that makes no sense; frameworks take one or the other."""


@dataclass(frozen=True, slots=True)
class ReplyWord:
    """The reply to one question; `said` describes the question without its secrets.

    `asker` is the container from which it is asked, where that is not the host.
    """

    holder: Subject[Container]
    question: Question
    said: str
    asker: Subject[Container] | None = None

    @property
    def key(self) -> str:
        """The question in sentences."""
        return f"{self.holder.key}, {self.said},"

    @property
    def wants(self) -> Wanted:
        """The question, and the containers that are to ask and to answer."""
        own = Wanted(questions=(self.question,)).and_(self.holder.wants)
        return own if self.asker is None else own.and_(self.asker.wants)

    def find(self, snapshot: Snapshot) -> Reply | None:
        """The reply as the snapshot has it; none while nobody can ask the container."""
        if self._obstacle(snapshot) is not None:
            return None
        return next((one for one in snapshot.replies if one.key == self.question.key), None)

    def absence(self, snapshot: Snapshot) -> Verdict:
        """Why there is no reply."""
        return self._obstacle(snapshot) or Unknown(f"{self.holder.key} was not asked")

    def _obstacle(self, snapshot: Snapshot) -> Verdict | None:
        """What keeps the question from being asked at all."""
        box = self.holder.find(snapshot)
        why = _asleep(self.holder, snapshot)
        if self.asker is not None:
            return why or _asleep(self.asker, snapshot)
        if why is None and box is not None and not self._is_published(box):
            return Unknown(f"{self.holder.key} must publish port {self.question.port} first")
        return why

    def _is_published(self, box: Container) -> bool:
        own = (self.question.port, "tcp")
        return any((port.inside, port.protocol) == own for port in box.ports)

    def answers(self, status: int = 200) -> Claim:
        """The reply has this HTTP status."""
        return self._claim(f"answers {status}", lambda reply: reply.status == status, _status)

    def is_refused(self) -> Claim:
        """The server answers, and says no: HTTP status 401 or 403."""
        return self._claim("refuses", lambda reply: reply.status in (401, 403), _status)

    def refuses(self, *statuses: int) -> Claim:
        """The server takes the request for a wrong one: one of these HTTP statuses, 400 or 422."""
        right = statuses or WRONG
        sentence = f"refuses with {listed(map(str, right), last='or')}"
        return self._claim(sentence, lambda reply: reply.status in right, _both)

    def says(self, text: str) -> Claim:
        """The body of the reply contains `text`."""
        return self._claim(f"says {quoted(text)}", lambda reply: text in reply.body, _body)

    def returns_json_with(self, name: str, value: Json = None) -> Claim:
        """The body is a JSON object with this key, and with this value of it if one is given."""
        what = name if value is None else f"{name} {as_json.dumps(value, ensure_ascii=False)}"

        def right(reply: Reply) -> bool:
            there = _fields(reply)
            return name in there and (value is None or _same(there[name], value))

        return self._claim(f"returns JSON with {what}", right, _both)

    def is_cut_off(self) -> Claim:
        """Nothing leads from who asks to who is asked: the name is unknown there, or no way is."""

        def look(reply: Reply) -> Verdict:
            if reply.cut_off:
                return HELD
            if reply.failure:
                return Failed(reply.failure, HEARD_INSIDE)
            return Failed(f"it answers {reply.status}", SHARED)

        return now(self, "is out of reach", look)

    def _claim(
        self, sentence: str, right: Callable[[Reply], bool], found: Callable[[Reply], str]
    ) -> Claim:
        """A claim on the reply; only silence and a server's own fault may pass with time."""

        def look(reply: Reply) -> Verdict:
            if reply.failure:
                hint = BY_NAME if reply.cut_off else HEARD_INSIDE if self.asker else HEARD
                return Failed(reply.failure, hint, settled=reply.cut_off)
            if right(reply):
                return HELD
            broken = reply.status >= 500
            hint = f"{BROKEN} docker logs {name_of(self.holder)} shows where." if broken else ""
            return Failed(found(reply), hint, settled=not broken)

        return now(self, sentence, look, patience=STARTING)


def _asleep(box: Subject[Container], snapshot: Snapshot) -> Verdict | None:
    there = box.find(snapshot)
    if there is None:
        return troubled(box, snapshot) or box.absence(snapshot)
    return None if there.running else Unknown(f"{box.key} must be running first")


def _status(reply: Reply) -> str:
    return f"it answers {reply.status}"


def _body(reply: Reply) -> str:
    return f"it says {quoted(reply.body)}" if reply.body.strip() else "its answer is empty"


def _both(reply: Reply) -> str:
    """Status and body: of a request that went wrong each tells half of the story."""
    return f"it answers {reply.status} and {_body(reply).removeprefix('it ')}"


def _fields(reply: Reply) -> dict[str, Json]:
    """The body's JSON object; an empty one where the body is something else."""
    try:
        there: Json = as_json.loads(reply.body)
    except (ValueError, RecursionError):
        return {}
    return there if isinstance(there, dict) else {}


def _same(one: Json, other: Json) -> bool:
    """Whether two values are equal in JSON too, where true is not 1."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


@dataclass(frozen=True, slots=True)
class Door:
    """A port of a container, to send requests to; `by` is the container that sends them."""

    holder: Subject[Container]
    port: int
    by: Subject[Container] | None = None

    def get(self, path: str, *, token: str = "") -> ReplyWord:
        """A GET request; `token` goes into the header that Jupyter reads, and is not shown."""
        headers = (("Authorization", f"token {token}"),) if token else ()
        how = " with the token" if token else ""
        return self._asked("GET", path, f"for {path}", how, headers)

    def post(self, path: str, *, json: Json = None, text: str = "") -> ReplyWord:
        """A POST request with a JSON value, or with `text` that only claims to be JSON."""
        body = text or as_json.dumps(json, ensure_ascii=False)
        headers = (("Content-Type", "application/json"),)
        return self._asked("POST", path, f"{shown(body)} at {path}", "", headers, body)

    def _asked(
        self,
        method: str,
        path: str,
        what: str,
        how: str,
        headers: tuple[tuple[str, str], ...],
        body: str = "",
    ) -> ReplyWord:
        asker = "" if self.by is None else name_of(self.by)
        question = Question(
            container=name_of(self.holder),
            port=self.port,
            method=method,
            path=path,
            body=body,
            headers=headers,
            by=asker,
        )
        verb = "asked" if method == "GET" else "sent"
        said = f"{verb}{self._whence()} {what} on port {self.port}{how}"
        return ReplyWord(self.holder, question, said, self.by)

    def _whence(self) -> str:
        if self.by is None:
            return ""
        return " from within" if self.by.key == self.holder.key else f" by {self.by.key}"
