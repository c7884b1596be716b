"""From a lesson's MyST text to its notebooks; it knows no engine and no grades."""

from __future__ import annotations

from checker.authoring.release import release
from checker.authoring.source import BadSource, build

__all__ = ["BadSource", "build", "release"]
