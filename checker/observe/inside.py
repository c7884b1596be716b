"""Commands and requests inside running containers: within limits, and nothing is changed there."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from checker import reading
from checker.engine import Client
from checker.model import Command, Output, Question, Reply
from checker.redact import without_secrets

SECONDS = 5
"""A command that takes longer is killed, by a program that nearly every image has."""

OUTPUT_BYTES = 16_000

NOT_STARTED = (125, 126, 127)
"""The exit codes of a program that could not be started."""

LIMIT = ("timeout", "-s", "KILL", str(SECONDS))

REQUEST = """\
import http.client, json, os, socket
q = json.loads(os.environ["QUESTION"])
try:
    line = http.client.HTTPConnection(q["host"], q["port"], timeout=3)
    line.connect()
except OSError as fault:
    gone = isinstance(fault, (socket.gaierror, TimeoutError)) or fault.errno in (101, 113)
    print(json.dumps({"cut": gone, "named": not isinstance(fault, socket.gaierror)}))
else:
    try:
        line.request(q["method"], q["path"], q["body"].encode() or None, dict(q["headers"]))
        a = line.getresponse()
        print(json.dumps({"status": a.status, "body": a.read(16000).decode(errors="replace")}))
    except (OSError, http.client.HTTPException) as fault:
        print(json.dumps({"late": isinstance(fault, TimeoutError)}))
"""
"""What asks over HTTP where only Python is at hand; the question comes in the environment."""


def look(client: Client, command: Command, secrets: Iterable[str]) -> Output | None:
    """What the command says; none where its container is gone."""
    ran = client.run(command.container, (*LIMIT, *command.argv), {}, limit=OUTPUT_BYTES + 8 * 1000)
    if ran is None:
        return None
    code, said = ran
    text = without_secrets(reading.log(said, tty=False)[:OUTPUT_BYTES], secrets)
    return Output(key=command.key, code=code, text=text, failure=_failure(code, command.argv[0]))


def _failure(code: int, program: str) -> str:
    if code == 137:
        return f"{program} does not end within {SECONDS} seconds"
    return f"its image has no program named {program}" if code in NOT_STARTED else ""


def ask(client: Client, question: Question, secrets: Iterable[str]) -> Reply | None:
    """The reply to a question that a container asks, itself or another one."""
    host = "127.0.0.1" if question.by == question.container else question.container
    asked = {
        "host": host,
        "port": question.port,
        "method": question.method,
        "path": question.path,
        "body": question.body,
        "headers": question.headers,
    }
    env = {"QUESTION": json.dumps(asked)}
    ran = client.run(question.by, (*LIMIT, "python3", "-c", REQUEST), env, limit=4 * OUTPUT_BYTES)
    if ran is None:
        return None
    code, said = ran
    return _reply(question, code, reading.log(said, tty=False), secrets)


def _reply(question: Question, code: int, said: str, secrets: Iterable[str]) -> Reply:
    try:
        told: dict[str, Any] = json.loads(said) if code == 0 else {}
        body = without_secrets(str(told.get("body", ""))[:OUTPUT_BYTES], secrets)
        status, cut = int(told.get("status", 0)), bool(told.get("cut"))
    except (ValueError, TypeError, AttributeError):
        told, body, status, cut = {}, "", 0, False
    failure = "" if status else _silence(question, told)
    return Reply(key=question.key, status=status, body=body, failure=failure, cut_off=cut)


def _silence(question: Question, told: dict[str, Any]) -> str:
    """Why no answer came, from the point of view of who asked."""
    if not told:
        return f"there is no Python in container {question.by} to ask with"
    if told.get("cut") and not told.get("named"):
        return f"container {question.by} does not know the name {question.container}"
    if told.get("cut"):
        return f"no way leads from container {question.by} to {question.container}"
    if told.get("late"):
        return "it does not answer within 3 seconds"
    return f"no server answers at port {question.port} of container {question.container}"
