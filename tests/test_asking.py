"""A question over HTTP, asked of servers that answer, drip, keep silent or are not there."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import pytest

from checker import asking
from checker.asking import ask
from checker.model import Port, Question, Reply
from tests.builders import a_container

HEAD = b"HTTP/1.1 200 OK\r\n\r\n"
LATE = "it does not answer within 3 seconds, on host port "


@contextmanager
def server(says: bytes, pause: float) -> Iterator[int]:
    """A server that says this to everybody, byte by byte; its port."""

    def drip(line: socket.socket) -> None:
        with suppress(OSError), line:
            line.recv(10_000)
            for byte in says:
                line.sendall(bytes([byte]))
                time.sleep(pause)

    def serve() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=drip, args=door.accept()[:1], daemon=True).start()

    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        threading.Thread(target=serve, daemon=True).start()
        yield door.getsockname()[1]
        door.shutdown(socket.SHUT_RDWR)


def asked(port: int) -> Reply:
    """The reply of what is published on that port."""
    box = a_container(ports=(Port(inside=80, outside=port, address="127.0.0.1"),))
    return ask(Question(container="web", port=80), box, "127.0.0.1")


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patience for a tenth of the usual time."""
    monkeypatch.setattr(asking, "PATIENCE", 0.3)


def test_what_a_server_says_is_the_reply() -> None:
    with server(HEAD + b"hello", 0) as port:
        assert (asked(port).status, asked(port).body, asked(port).failure) == (200, "hello", "")


def test_of_a_body_that_drips_what_came_in_time_is_kept() -> None:
    with server(HEAD + b"x" * 100_000, 0.0005) as port:
        replies = [asked(port) for _ in range(5)]

    assert {one.status for one in replies} == {200}
    assert all(one.body for one in replies)


@pytest.mark.parametrize(
    ("says", "pause"), [(HEAD, 0.1), (b"x", 9)], ids=["a head that drips", "silence"]
)
def test_a_server_that_is_late_is_told_from_one_that_is_not_there(
    says: bytes, pause: float
) -> None:
    with server(says, pause) as port:
        assert {asked(port).failure for _ in range(5)} == {f"{LATE}{port}"}


def test_where_nobody_listens_no_server_answers() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        port = door.getsockname()[1]

    assert asked(port).failure == f"no server answers there, on host port {port}"
