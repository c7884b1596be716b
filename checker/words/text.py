"""Names and lists as prose: canonical image names, near names, safe quotes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SHOWN = 160
"""Longest piece of foreign text a sentence shows, in characters."""

_ANONYMOUS = re.compile(r"[0-9a-f]{64}")
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def canonical(reference: str) -> str:
    """The full name of an image: registry, repository, and tag or digest.

    The rules are those of the reference grammar that Docker uses: without a registry it is
    `docker.io`, without a namespace there `library`, without tag and digest `latest`.
    """
    reference, at, digest = reference.partition("@")
    head, slash, rest = reference.partition("/")
    if not slash or not (set(".:") & set(head) or head == "localhost" or head != head.lower()):
        head, rest = "docker.io", reference
    if head in ("docker.io", "index.docker.io"):
        head, rest = "docker.io", rest if "/" in rest else f"library/{rest}"
    if at:
        return f"{head}/{rest.partition(':')[0]}@{digest}"
    return f"{head}/{rest}" if ":" in rest else f"{head}/{rest}:latest"


def repository(reference: str) -> str:
    """The full name of an image without tag and digest."""
    name = canonical(reference).partition("@")[0]
    head, _, last = name.rpartition("/")
    return f"{head}/{last.partition(':')[0]}"


def familiar(reference: str) -> str:
    """The short name that Docker shows for an image."""
    return canonical(reference).removeprefix("docker.io/").removeprefix("library/")


def listed(names: Iterable[str], *, last: str = "and") -> str:
    """Names as prose: `a`, `a and b`, `a, b and c`."""
    *most, end = list(names) or ["nothing"]
    return f"{', '.join(most)} {last} {end}" if most else end


def shown(text: str, *, limit: int = SHOWN) -> str:
    """Foreign text fit for a sentence: one line, no colours or control characters, cut."""
    line = " ".join(_COLOUR.sub("", text[: 4 * limit]).split())
    clean = "".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return clean if len(clean) <= limit else f"{clean[: limit - 1]}…"


def quoted(text: str) -> str:
    """Foreign text in quotation marks, fit for a sentence."""
    return f"“{shown(text)}”"


def is_anonymous(volume: str) -> bool:
    """Whether a volume's name is one that Docker made up: 64 hexadecimal digits."""
    return bool(_ANONYMOUS.fullmatch(volume))


def coarse_pattern(names: Iterable[str]) -> str:
    """A short regular expression that all names near these fit, and few others.

    One slip leaves either the first or the last third of a name whole.
    """
    thirds = [(name[: max(1, len(name) // 3)], name[-max(1, len(name) // 3) :]) for name in names]
    ends = [f"{re.escape(first)}.*|.*{re.escape(last)}" for first, last in thirds]
    return f"(?i)^/?({'|'.join([*ends, *(f'.*{re.escape(name)}.*' for name in names)])})$"


def near_pattern(name: str) -> str:
    """A regular expression for the names one slip away from `name`, as Docker's filters take it."""
    cuts = range(len(name))
    quote = [re.escape(letter) for letter in name]
    slips = {"".join([*quote[:i], ".?", *quote[i + 1 :]]) for i in cuts}
    slips |= {"".join([*quote[:i], ".", *quote[i:]]) for i in range(len(name) + 1)}
    slips |= {
        "".join([*quote[:i], quote[i + 1], quote[i], *quote[i + 2 :]])
        for i in cuts
        if i + 1 < len(name)
    }
    longer = f"(.*[-_.])?{re.escape(name)}([-_.]?.{{0,12}})?"
    return f"(?i)^/?({longer}|{'|'.join(sorted(slips))})$"
