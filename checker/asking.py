"""A question to a container over HTTP, asked once and within a few seconds. It judges nothing."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Timer

from checker.model import Container, Port, Question, Reply

PATIENCE = 3.0
"""Seconds a server may be silent, and the seconds that a whole answer may take."""

BODY_BYTES = 16_000

Dial = Callable[[str, int, float], socket.socket]
"""How a line to an address and port is made, within so many seconds."""


def directly(address: str, port: int, seconds: float) -> socket.socket:
    """A line from this machine."""
    return socket.create_connection((address, port), timeout=seconds)


def ask(question: Question, box: Container, ports_at: str, dial: Dial | None = None) -> Reply:
    """The container's reply; `ports_at` is where ports published on all addresses are reached."""
    door = _door(question, box)
    if door is None:
        failure = f"it publishes no port for {question.port}, so nobody can ask"
        return Reply(key=question.key, failure=failure)
    try:
        return _ask(door.address or ports_at, door.outside, question, dial or directly)
    except (OSError, http.client.HTTPException) as fault:
        late = isinstance(fault, TimeoutError)
        said = "it does not answer within 3 seconds" if late else "no server answers there"
        return Reply(key=question.key, failure=f"{said}, on host port {door.outside}")


def _door(question: Question, box: Container) -> Port | None:
    asked = (question.port, "tcp")
    return next((port for port in box.ports if (port.inside, port.protocol) == asked), None)


def _ask(address: str, port: int, question: Question, dial: Dial) -> Reply:
    """One HTTP request, followed nowhere; a server that drips is cut off."""
    line = http.client.HTTPConnection(address, port, timeout=PATIENCE)
    line.sock, late = dial(address, port, PATIENCE), Event()
    guard = Timer(PATIENCE, _hang_up, (line.sock, late))  # the answer outlives line.sock
    guard.start()
    try:
        line.request(question.method, question.path, question.body or None, dict(question.headers))
        answer = line.getresponse()
        return Reply(
            key=question.key,
            status=answer.status,
            body=answer.read(BODY_BYTES).decode(errors="replace"),
            digest=(answer.getheader("Docker-Content-Digest") or "")[:200],
        )
    except (OSError, http.client.HTTPException) as fault:
        raise TimeoutError if late.is_set() else fault from None
    finally:
        guard.cancel()
        line.close()


def _hang_up(line: socket.socket, late: Event) -> None:
    """Read no more; with both ways shut, what still drips in would undo what has been read."""
    late.set()
    with suppress(OSError):
        line.shutdown(socket.SHUT_RD)
