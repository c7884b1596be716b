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
class Sought:
    """A text to search an image for, in all its layers and settings; `called` stands for it."""

    image: str
    text: str
    called: str

    @property
    def key(self) -> str:
        """A name for this search within a lesson, without the text: it may be a secret."""
        return f"{self.called} in image {self.image}"


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
    """A file at one moment.

    `place` is `./name` in the lesson's folder, `container:/path`, or `image name:tag /path`.
    """

    place: str
    sha256: str = ""
    size: int = 0
    text: str | None = None
    owner: int | None = None
    """The number of the user it belongs to, where that is known."""
    kind: str = "file"
    """Inside an image also `folder`, `link`, and `absent`: it was looked for and is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """All layers and settings of an image, searched for a text that evidence does not repeat.

    `key` is the question's, `places` says where the text was found.
    """

    key: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a linter says about one line of a file."""

    rule: str
    line: int
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint:
    """All that a linter says about a Dockerfile of the lesson's folder."""

    place: str
    findings: tuple[Finding, ...] = ()


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
