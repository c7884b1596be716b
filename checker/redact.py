"""Take secrets out of what is observed, before anything keeps it. It knows no lessons."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.model import AS_ASKED, HIDDEN

_SECRET_NAME = re.compile(
    r"pass|pwd|secret|token|api_?key|access_?key|private_?key|credential|auth", re.I
)
# Each repetition is bounded: without that, one long word of a hostile log takes minutes.
_ASSIGNED = re.compile(
    r"(?i)([\w-]{0,40}(?:pass(?:word|wd)?|secret|token|api[_-]?key|access[_-]?key|credential)"
    r"[\w-]{0,80})"
    r"(\"?\s*[=:]\s*\"?)([^\s\"'&,;]+)"
)
_IN_ADDRESS = re.compile(r"(?i)(\w{1,20}://[^\s/:@]{0,200}):([^\s/@]{1,500})@")
_BEARER = re.compile(r"(?i)\b(bearer|authorization\W{1,4}\w+)\s+[\w.~+/=-]{8,}")


def is_secret(variable: str) -> bool:
    """Whether a variable of this name is taken for a secret."""
    return bool(_SECRET_NAME.search(variable))


def masked(variable: str, value: str, *, asked: str | None) -> str:
    """What evidence keeps of a variable's value: a secret only as equal to `asked`, or hidden."""
    if not is_secret(variable):
        return value
    return AS_ASKED if value == asked else HIDDEN


def without_secrets(text: str, known: Iterable[str] = ()) -> str:
    """The text with `known` secrets, and whatever is written like one, hidden."""
    for secret in sorted({s for s in known if len(s) > 3}, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    text = _IN_ADDRESS.sub(rf"\1:{HIDDEN}@", text)
    text = _BEARER.sub(rf"\1 {HIDDEN}", text)
    return _ASSIGNED.sub(rf"\1\2{HIDDEN}", text)
