"""From where this computer gets packages: the hosts that builds in a seal may reach."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

from checker.machine import sources

SETTING = re.compile(r"^\S+\.((?:extra-)?index-url)='(.*)'$", re.MULTILINE)
OWN = "from pip._internal.models.index import PyPI as i; print(i.netloc, i.file_storage_domain)"
"""A program: pip imports what no other program wants imported."""


def hosts() -> tuple[str, ...]:
    """The hosts of pip's index and of the system's packages, each once."""
    told = _said("-m", "pip", "config", "list")
    return tuple(dict.fromkeys((*of_pip(told), *_of_system())))


def of_pip(settings: str) -> Iterator[str]:
    """The hosts of the indexes that pip is told of; without `index-url` it has its own."""
    found = SETTING.findall(settings)
    for _, told in found:
        for address in told.replace("\\n", " ").split():
            if host := urlsplit(address).hostname:
                yield host
    if not any(name == "index-url" for name, _ in found):
        yield from _said("-c", OWN).split()


def _said(*arguments: str) -> str:
    command = (sys.executable, *arguments)
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def _of_system() -> Iterator[str]:
    for source in sources.of_system():
        if host := urlsplit(source.uri).hostname:
            yield host
