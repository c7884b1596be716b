"""Words about what a container answers over HTTP. Only the observer asks the question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from checker.claim import Claim, Failed, Subject, Unknown, Verdict, held_if, now, troubled
from checker.model import Container, Question, Reply, Snapshot, Wanted
from checker.words.text import quoted

STARTING = 15.0
"""Seconds a server may take from start to first answer; a real Jupyter image took 5 here."""


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
        """The reply as the snapshot has it; none while the container is not running."""
        box = self.holder.find(snapshot)
        if box is None or not box.running:
            return None
        return next((one for one in snapshot.replies if one.key == self.question.key), None)

    def absence(self, snapshot: Snapshot) -> Verdict:
        """Why there is no reply."""
        box = self.holder.find(snapshot)
        if box is None:
            return troubled(self.holder, snapshot) or self.holder.absence(snapshot)
        if not box.running:
            return Unknown(f"{self.holder.key} must be running first")
        return Unknown(f"{self.holder.key} was not asked")

    def answers(self, status: int = 200) -> Claim:
        """The reply has this HTTP status."""
        return self._claim(f"answers {status}", lambda reply: reply.status == status)

    def is_refused(self) -> Claim:
        """The server answers, and says no: HTTP status 401 or 403."""
        return self._claim("refuses", lambda reply: reply.status in (401, 403))

    def _claim(self, sentence: str, right: Callable[[Reply], bool]) -> Claim:
        def look(reply: Reply) -> Verdict:
            if reply.failure:
                return Failed(
                    reply.failure,
                    "A server must listen on 0.0.0.0 in its container, on a published port.",
                )
            return held_if(right(reply), found=f"it answers {reply.status}")

        return now(self, sentence, look, patience=STARTING)

    def says(self, text: str) -> Claim:
        """The body of the reply contains `text`."""

        def look(reply: Reply) -> Verdict:
            if reply.failure:
                return Failed(reply.failure)
            return held_if(text in reply.body, found=f"it says {quoted(reply.body)}")

        return now(self, f"says {quoted(text)}", look, patience=STARTING)


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
