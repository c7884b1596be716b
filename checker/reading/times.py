"""The engine's times as text that compares. It knows nothing else."""

from __future__ import annotations

import re

_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?")


def moment(text: str) -> str:
    """A time of the engine with nine digits of a second, so that times compare as text."""
    match = _TIME.match(text or "")
    if not match or match[1].startswith("0001"):
        return ""
    return f"{match[1]}.{(match[2] or '')[:9]:<09}{match[3] or 'Z'}"
