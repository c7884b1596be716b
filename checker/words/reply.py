"""Words about what a container answers over HTTP. Only the observer asks the question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from checker.claim import HELD, Claim, Failed, Subject, Unknown, Verdict, now, troubled
from checker.model import Container, Question, Reply, Snapshot, Wanted
from checker.words.text import quoted

STARTING = 15.0
"""Seconds a server may take from start to first answer; a real Jupyter image took 5 here."""

HEARD = (
    "A server in a container must listen on 0.0.0.0, at the port that is published; "
    "docker logs often tells where it listens."
)


@dataclass(frozen=True, slots=True)
class ReplyWord:
    """The reply to one question; `said` describes the question without its secrets."""

    holder: Subject[Container]
    question: Question
    said: str

    @property
    def key(self) -> str:
        """The question in sentences."""
        return f"{self.holder.key}, asked {self.said},"

    @property
    def wants(self) -> Wanted:
        """The question, and the container that is to answer."""
        return Wanted(questions=(self.question,)).and_(self.holder.wants)

    def find(self, snapshot: Snapshot) -> Reply | None:
        """The reply as the snapshot has it; none while nobody can ask the container."""
        box = self.holder.find(snapshot)
        if box is None or not box.running or not self._is_published(box):
            return None
        return next((one for one in snapshot.replies if one.key == self.question.key), None)

    def absence(self, snapshot: Snapshot) -> Verdict:
        """Why there is no reply."""
        box = self.holder.find(snapshot)
        if box is None:
            return troubled(self.holder, snapshot) or self.holder.absence(snapshot)
        if not box.running:
            return Unknown(f"{self.holder.key} must be running first")
        if not self._is_published(box):
            return Unknown(f"{self.holder.key} must publish port {self.question.port} first")
        return Unknown(f"{self.holder.key} was not asked")

    def _is_published(self, box: Container) -> bool:
        own = (self.question.port, "tcp")
        return any((port.inside, port.protocol) == own for port in box.ports)

    def answers(self, status: int = 200) -> Claim:
        """The reply has this HTTP status."""
        return self._claim(f"answers {status}", lambda reply: reply.status == status, _status)

    def is_refused(self) -> Claim:
        """The server answers, and says no: HTTP status 401 or 403."""
        return self._claim("refuses", lambda reply: reply.status in (401, 403), _status)

    def says(self, text: str) -> Claim:
        """The body of the reply contains `text`."""
        return self._claim(f"says {quoted(text)}", lambda reply: text in reply.body, _body)

    def _claim(
        self, sentence: str, right: Callable[[Reply], bool], found: Callable[[Reply], str]
    ) -> Claim:
        """A claim on the reply; only silence and a server's own fault may pass with time."""

        def look(reply: Reply) -> Verdict:
            if reply.failure:
                return Failed(reply.failure, HEARD)
            return HELD if right(reply) else Failed(found(reply), settled=reply.status < 500)

        return now(self, sentence, look, patience=STARTING)


def _status(reply: Reply) -> str:
    return f"it answers {reply.status}"


def _body(reply: Reply) -> str:
    return f"it says {quoted(reply.body)}" if reply.body.strip() else "its answer is empty"


@dataclass(frozen=True, slots=True)
class Door:
    """A port of a container, to send requests to."""

    holder: Subject[Container]
    port: int

    def get(self, path: str, *, token: str = "") -> ReplyWord:
        """A GET request; `token` goes into the header that Jupyter reads, and is not shown."""
        headers = (("Authorization", f"token {token}"),) if token else ()
        name = self.holder.wants.containers[0]
        question = Question(container=name, port=self.port, path=path, headers=headers)
        how = " with the token" if token else ""
        return ReplyWord(self.holder, question, f"for {path} on port {self.port}{how}")
