"""The engine's answers as they come over the line: lines and messages. It knows no engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any


def lines(answer: Any) -> Iterator[bytes]:
    """Whole lines, each as soon as it has come; empty ones are left out."""
    rest = b""
    while chunk := answer.read1(65536) if hasattr(answer, "read1") else answer.read(1):
        *whole, rest = (rest + chunk).split(b"\n")
        yield from (line for line in whole if line.strip())


def message(body: bytes) -> str:
    """What the engine says against a question."""
    try:
        return str(json.loads(body)["message"])
    except (ValueError, KeyError, TypeError):
        return body[:200].decode(errors="replace")
