"""Find the Docker engine, tell what it is, and talk to it. It knows nothing about lessons."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import msgspec

from checker.faults import no_engine_there, trouble
from checker.whereabouts import Engine, EngineTrouble, candidates, find
from checker.wire import in_time, lines, message, sender

if TYPE_CHECKING:
    import docker

__all__ = ["Client", "Engine", "EngineTrouble", "candidates", "connect", "find"]

NEWEST_API = (1, 47)
"""The newest API this program reads; Engine 29 still speaks 1.44 and up, 20.10 ends at 1.41."""

TIMEOUT = 10.0
"""Seconds an answer of the engine may take."""

REMOVAL = 60.0
"""Seconds the engine may take to remove a thing; large layers take a while."""


Dial = Callable[[str, int, float], socket.socket]
"""How a line to a published port is made, within so many seconds, where it is no plain one."""


class Client:
    """One connection to one engine; every failure is an `EngineTrouble`."""

    def __init__(self, engine: Engine, api: docker.APIClient, version: str, drift: float) -> None:
        self.engine = engine
        self.version = version
        self.drift = drift
        self.dial: Dial | None = None
        self._api = api
        self._send = sender(api)

    def get(self, path: str, /, **params: object) -> Any:
        """The engine's answer as JSON data; `None` when it knows no such thing."""
        answer = self.fetch(path, params)
        return None if answer is None else self._decoded(answer)

    def _decoded(self, answer: bytes) -> Any:
        try:
            return msgspec.json.decode(answer)
        except msgspec.DecodeError as fault:
            raise trouble(self.engine, fault) from fault

    def fetch(
        self,
        path: str,
        params: Mapping[str, object] | None = None,
        *,
        limit: int = 8_000_000,
        timeout: float | None = None,
    ) -> bytes | None:
        """The first `limit` bytes of the engine's answer; `None` when it knows no such thing."""
        with _told(self.engine), self._open(path, params or {}, timeout or TIMEOUT) as answer:
            if answer.status == 404:
                answer.drain_conn()
                return None
            body: bytes = answer.read(limit)
            if answer.status >= 400:
                raise self._refused(path, body)
            return body

    def run(
        self, container: str, argv: tuple[str, ...], env: Mapping[str, str], *, limit: int
    ) -> tuple[int, bytes] | None:
        """Exit code and raw output of a program run inside; none where no such container runs.

        The program has to end by itself: the engine has no means to end it.
        """
        asked = {"AttachStdout": True, "AttachStderr": True, "Cmd": argv}
        asked["Env"] = [f"{name}={value}" for name, value in env.items()]
        made = self._post(f"/containers/{container}/exec", asked, limit)
        if made is None:
            return None
        ident = self._decoded(made)["Id"]
        said = self._post(f"/exec/{ident}/start", {"Detach": False, "Tty": False}, limit) or b""
        ended = self.get(f"/exec/{ident}/json") or {}
        code = ended.get("ExitCode")
        return (-1 if code is None else int(code)), said

    def _post(self, path: str, asked: Mapping[str, object], limit: int) -> bytes | None:
        """The first `limit` bytes of the answer, as far as they come in time.

        None where the container is not there, or does not run, as one that has just ended.
        """
        sent = msgspec.json.encode(asked)
        with _told(self.engine), self._open(path, {}, TIMEOUT, "POST", sent) as answer:
            body = in_time(answer, limit, TIMEOUT)
            if answer.status in (404, 409):
                return None
            if answer.status >= 400:
                raise self._refused(path, body)
            return body

    def events(self, since: float, until: float) -> list[dict[str, Any]]:
        """The engine's events between two moments, in seconds of this machine's clock."""
        span = {"since": f"{since + self.drift:.9f}", "until": f"{until + self.drift:.9f}"}
        body = self.fetch("/events", span) or b""
        return [self._decoded(line) for line in body.splitlines() if line.strip()]

    @contextmanager
    def listen(self) -> Iterator[Iterator[dict[str, Any]]]:
        """The engine's events from now on, until the engine ends or the block is left."""
        with _told(self.engine), self._open("/events", {}, None) as answer:
            yield (self._decoded(line) for line in lines(answer))

    @contextmanager
    def _open(
        self,
        path: str,
        params: Mapping[str, object],
        timeout: float | None,
        method: str = "GET",
        sent: bytes | None = None,
    ) -> Iterator[Any]:
        """An answer of the engine, from the connections that docker-py keeps."""
        answer = self._send(method, self._path(path, params), sent, timeout)
        try:
            yield answer
        finally:
            if not answer.closed:  # what was left unread would be taken for the next answer
                answer.close()
            answer.release_conn()

    @contextmanager
    def stream(self, path: str, /, *, timeout: float) -> Iterator[Any]:
        """The engine's answer as a file to read; `None` when it knows no such thing."""
        with _told(self.engine), self._open(path, {}, timeout) as answer:
            if answer.status not in (200, 404):
                raise self._refused(path, answer.read(8000))
            yield answer if answer.status == 200 else None

    def create_container(self, asked: Mapping[str, object]) -> str | None:
        """The id of a new container; none where its image is not."""
        made = self._post("/containers/create", asked, 8000)
        return None if made is None else str(self._decoded(made)["Id"])

    def _refused(self, path: str, body: bytes) -> EngineTrouble:
        said = f"The Docker engine refuses the question {path}: {message(body)}"
        return EngineTrouble("refused", said)

    def delete(self, path: str, /, **params: object) -> str:
        """Remove one thing; what the engine says against it, or nothing when the thing is gone."""
        with _told(self.engine), self._open(path, params, REMOVAL, "DELETE") as answer:
            gone = answer.status < 300 or answer.status == 404
            return "" if gone else message(answer.read(10_000))

    def _path(self, path: str, params: Mapping[str, object]) -> str:
        query = f"?{urlencode(params)}" if params else ""
        return f"/v{self.version}{quote(path, safe='/:@')}{query}"

    def close(self) -> None:
        """Close the connections."""
        self._api.close()


def connect(engine: Engine, timeout: float = TIMEOUT) -> Client:
    """A client for the engine, with the API version that both sides speak."""
    from email.utils import parsedate_to_datetime

    import docker

    with _told(engine):
        if engine.socket:  # docker-py leaves a socket open where there is nobody to reach
            with socket.socket(socket.AF_UNIX) as door:
                door.connect(str(engine.socket))
        with _understood(engine):
            api = docker.APIClient(
                base_url=engine.host, version="1.41", timeout=int(timeout), tls=_tls(engine)
            )
        api.trust_env = False
        pong = api.get(f"{api.base_url}/_ping", timeout=timeout)
        offered = tuple(int(part) for part in pong.headers.get("Api-Version", "1.41").split("."))
        drift = (
            parsedate_to_datetime(pong.headers["Date"]).timestamp() - time.time()
            if "Date" in pong.headers
            else 0.0
        )
    version = ".".join(map(str, min(offered, NEWEST_API)))
    # The Date header has whole seconds: less than two apart is the same clock.
    return Client(engine, api, version, drift if abs(drift) > 2 else 0.0)


def _tls(engine: Engine) -> Any:
    if not engine.host.startswith("tcp://") or not os.environ.get("DOCKER_TLS_VERIFY"):
        return False
    from docker.utils import kwargs_from_env

    return kwargs_from_env().get("tls", False)


@contextmanager
def _understood(engine: Engine) -> Iterator[None]:
    """Turn an address that cannot be one of an engine into a sentence."""
    from docker.errors import DockerException

    try:
        yield
    except (DockerException, ValueError) as fault:
        raise no_engine_there(engine) from fault


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    """Turn what the connection raises into sentences."""
    import requests
    import urllib3
    from docker.errors import DockerException

    try:
        yield
    except (
        requests.RequestException,
        urllib3.exceptions.HTTPError,
        DockerException,
        OSError,
    ) as fault:
        raise trouble(engine, fault) from fault
