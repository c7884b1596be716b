"""Nobody gets anything without the token, or from a page of another origin."""

from __future__ import annotations

import json
import re
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from urllib.parse import parse_qs, urlsplit

import pytest
from websocket import WebSocketBadStatusException, create_connection

from tests.panel.page import LivePage

PATIENCE = 30
"""Seconds that an answer may take."""

STEP = "workbook/lessons/02_containers/steps/1"
GETS = ("workbook", "workbook/map", f"{STEP}/reset", "workbook/page/page.js")
POSTS = (f"{STEP}/hint", f"{STEP}/reset")
TELLING = re.compile(r"container|lesson|docker|Workbook", re.IGNORECASE)


@pytest.fixture(params=["JupyterLab", "workbook live"])
def door(request: pytest.FixtureRequest) -> tuple[str, str]:
    """A server's address and its token."""
    if request.param == "JupyterLab":
        parts = urlsplit(request.getfixturevalue("address"))
        return f"{parts.scheme}://{parts.netloc}/", parse_qs(parts.query)["token"][0]
    page: LivePage = request.getfixturevalue("live_page")
    return page.server, page.token


@dataclass(frozen=True)
class Answer:
    """What came back."""

    code: int
    headers: Message
    body: str


def ask(method: str, address: str, **headers: str) -> Answer:
    """One request with its path as it is written; it follows no redirection."""
    parts = urlsplit(address)
    target = parts._replace(scheme="", netloc="").geturl()
    with closing(HTTPConnection(parts.netloc, timeout=PATIENCE)) as line:
        line.request(method, target, "{}" if method == "POST" else None, headers)
        answer = line.getresponse()
        return Answer(answer.status, answer.headers, answer.read().decode())


def heard(address: str, **headers: str) -> str:
    """The first message on a socket, or the status that refused it."""
    place = address.replace("http", "ws", 1)
    try:
        socket = create_connection(place, PATIENCE, header=headers, suppress_origin=True)
    except WebSocketBadStatusException as refusal:
        return str(refusal.status_code)
    with closing(socket):
        return str(socket.recv())


@pytest.mark.parametrize(
    ("method", "path"), [*(("GET", p) for p in GETS), *(("POST", p) for p in POSTS)]
)
def test_without_the_token_there_is_nothing(door: tuple[str, str], method: str, path: str) -> None:
    server, token = door
    for headers in ({}, {"Authorization": "token wrong"}, {"Authorization": token}):
        answer = ask(method, server + path, **headers)
        assert answer.code in (302, 403)
        assert not TELLING.search(answer.body)
        if answer.code == 302:
            assert urlsplit(answer.headers["Location"]).path.endswith("/login")


@pytest.mark.parametrize(
    ("method", "path"), [*(("GET", p) for p in GETS[1:3]), *(("POST", p) for p in POSTS)]
)
def test_from_another_origin_there_is_nothing_even_with_the_token(
    door: tuple[str, str], method: str, path: str
) -> None:
    server, token = door
    headers = {"Authorization": f"token {token}", "Origin": "http://elsewhere.example"}
    answer = ask(method, server + path, **headers)
    assert answer.code in (403, 404)
    assert not TELLING.search(answer.body)


def test_the_socket_opens_for_the_token_and_the_own_origin_alone(door: tuple[str, str]) -> None:
    server, token = door
    place, own = f"{server}workbook/live", server.rstrip("/")
    key = {"Authorization": f"token {token}"}

    assert heard(place) == "403"
    assert heard(place, Authorization="token wrong") == "403"
    assert heard(place, Origin=own) == "403"
    assert heard(place, Origin="http://elsewhere.example", **key) == "403"
    assert json.loads(heard(place, Origin=own, **key))["about"] == "lessons"


def test_a_cookie_alone_posts_nothing(door: tuple[str, str]) -> None:
    server, token = door
    page = ask("GET", f"{server}workbook?token={token}")
    cookies = "; ".join(c.partition(";")[0] for c in page.headers.get_all("Set-Cookie", []))
    assert ask("GET", f"{server}workbook/map", Cookie=cookies, Referer=f"{server}lab").code == 200
    for path in POSTS:
        assert ask("POST", server + path, Cookie=cookies).code == 403


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("POST", "workbook/lessons/99_nothing/steps/1/hint", 404),
        ("POST", "workbook/lessons/02_containers/steps/99/hint", 404),
        ("GET", "workbook/lessons/02_containers/steps/99/reset", 404),
        ("GET", "workbook/lessons/..%2F..%2Fetc/steps/1/reset", 404),
        ("POST", f"{STEP}/reset", 409),
        ("GET", "workbook/page/../../plain.py", 404),
    ],
)
def test_what_is_not_there_or_was_not_shown_is_refused(
    door: tuple[str, str], method: str, path: str, code: int
) -> None:
    server, token = door
    assert ask(method, server + path, Authorization=f"token {token}").code == code


@pytest.mark.parametrize(
    "path", ["api/contents", "api/kernels", "api/terminals", "files/README.md"]
)
def test_the_plain_server_has_no_files_kernels_or_terminals(live_page: LivePage, path: str) -> None:
    address = f"{live_page.server}{path}"
    assert ask("GET", address, Authorization=f"token {live_page.token}").code == 404
