"""What an image keeps in its settings, as the second half of a sentence. It judges nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable

from checker.model import Image
from checker.words.text import listed, shown


def said(words: Iterable[str]) -> str:
    """A command as a Dockerfile writes it: a list in brackets."""
    return shown(json.dumps(list(words), ensure_ascii=False))


def entrypoint(one: Image) -> str:
    """Its entrypoint."""
    return f"its entrypoint is {said(one.entrypoint)}" if one.entrypoint else "it has no entrypoint"


def command(one: Image) -> str:
    """Its command."""
    return f"its command is {said(one.command)}" if one.command else "it has no command"


def user(one: Image) -> str:
    """Its user; nobody named, and the number 0, are root."""
    name = one.user.partition(":")[0]
    return "root" if name in ("", "0") else shown(name)


def labels(one: Image) -> str:
    """The names of its labels."""
    names = [shown(name) for name, _ in one.labels[:6]]
    return f"its labels are {listed(names)}" if names else "it has no label"


def exposed(one: Image) -> str:
    """The ports it exposes."""
    return f"it exposes {listed(one.exposes[:6])}" if one.exposes else "it exposes no port"


def volumes(one: Image) -> str:
    """The volumes it declares."""
    paths = [shown(path) for path in one.volumes[:6]]
    return f"it declares volumes at {listed(paths)}" if paths else "it declares no volume"
