"""Questions, what came back for them, and what the engine told of itself, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An HTTP request to a container's port; the observer knows the way there.

    It goes through the published port, or where `by` names a container from inside that one.
    """

    container: str
    port: int
    method: str = "GET"
    path: str = "/"
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    by: str = ""

    @property
    def key(self) -> str:
        """A name for this question within a lesson; headers may be secret and only count."""
        door = f"{self.container}:{self.port}"
        asker = f" by {self.by}" if self.by else ""
        return f"{self.method} {door}{self.path} +{len(self.headers)} {self.body}{asker}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back for a question; `failure` says why nothing did.

    `digest` is what a registry calls what it sent; `cut_off` is set where there is no way from
    who asks to who is asked.
    """

    key: str
    status: int = 0
    body: str = ""
    failure: str = ""
    digest: str = ""
    cut_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A program with its arguments, to be run inside a running container; it changes nothing."""

    container: str
    argv: tuple[str, ...]

    @property
    def key(self) -> str:
        """A name for this command within a lesson."""
        return f"{self.container}: {' '.join(self.argv)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What a command printed, and its exit code; `failure` says why it did not run."""

    key: str
    code: int = 0
    text: str = ""
    failure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file at one moment; `place` is `./name` in the lesson's folder or `container:/path`."""

    place: str
    sha256: str
    size: int
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A variable of the learner's notebook, as JSON text."""

    name: str
    json: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something the engine says happened to a named object since the look before."""

    kind: str
    action: str
    name: str
    id: str = ""
    image: str = ""
    exit_code: int | None = None
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Names on the engine that resemble a name that is not there."""

    kind: str
    wanted: str
    there: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why something could not be looked at; never the learner's mistake."""

    key: str
    why: str
