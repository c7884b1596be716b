"""The page of words, from their docstrings and examples. It knows no engine."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from checker.claim import Claim, now, once
from checker.lesson import lesson, step
from checker.words.answer import AnswerWord
from checker.words.command import CommandWord
from checker.words.container import ContainerWord
from checker.words.dockerfile import DockerfileWord
from checker.words.file import FileWord
from checker.words.group import GroupWord
from checker.words.image import ImageWord
from checker.words.network import NetworkWord
from checker.words.registry import RegistryWord
from checker.words.reply import ReplyWord
from checker.words.tag import TagWord
from checker.words.volume import VolumeWord
from tools import examples
from tools.examples import Example

NOUNS: dict[type, str] = {
    ContainerWord: 'web = container("web")',
    ImageWord: f'python = image("{examples.PYTHON}")',
    VolumeWord: 'pgdata = volume("pgdata")',
    NetworkWord: 'reviews = network("reviews")',
    FileWord: 'plants = file("plants.csv")\ncopy = web.file("/plants.csv")',
    DockerfileWord: 'recipe = dockerfile("Dockerfile")',
    ReplyWord: 'page = web.on(8000).get("/")\n'
    'predict = web.on(8000).post("/predict", json={"text": "hello"})\n'
    'inner = web.on(8000, by=db).get("/")',
    CommandWord: 'ready = db.inside("pg_isready")',
    AnswerWord: 'digest = answer("digest")',
    RegistryWord: 'shelf = registry("shelf")',
    TagWord: 'first = shelf.tag("iris/report", "1.0")',
    GroupWord: "pair = together(web, db)",
}
"""The nouns, and how a lesson names one."""

MACHINERY = ("key", "wants", "find", "absence")
"""What every noun has for the observer and the judge; lessons do not call it."""

FRAME: tuple[Callable[..., object], ...] = (lesson, step, now, once)
"""What holds the claims of a lesson together."""


def methods(noun: type) -> dict[str, Callable[..., object]]:
    """The methods of a noun that a lesson calls, by name."""
    found = inspect.getmembers(noun, inspect.isfunction)
    return {name: one for name, one in found if name[0] != "_" and name not in MACHINERY}


def words(noun: type) -> dict[str, Callable[..., object]]:
    """The methods that make a claim, in the order of the code."""
    makes = {n: m for n, m in methods(noun).items() if _returns(m) == "Claim"}
    return dict(sorted(makes.items(), key=lambda pair: _place(noun, *pair)))


def _place(noun: type, name: str, method: Callable[..., object]) -> tuple[int, int]:
    """Where a word stands in the code: the noun's own first, then those it shares."""
    bases = [name in vars(base) for base in noun.__mro__]
    return bases.index(True), method.__code__.co_firstlineno


def ways(noun: type) -> dict[str, Callable[..., object]]:
    """The methods that lead to another noun."""
    return {n: m for n, m in methods(noun).items() if n not in words(noun)}


def page() -> str:
    """All words, noun by noun."""
    parts = [line for noun, code in NOUNS.items() for line in _noun(noun, code)]
    return "\n".join([*parts, *_frame()])


def _noun(noun: type, code: str) -> Iterator[str]:
    module = sys.modules[noun.__module__]
    yield f"## {_title(module)}\n"
    yield f"{_first(module)}\n"
    yield f"```python\n{code}\n```\n"
    for name, way in ways(noun).items():
        yield f"`.{_signature(name, way)}`\n: {inspect.getdoc(way)}\n"
    for name, word in words(noun).items():
        yield from _word(f"{noun.__name__}.{name}", _signature(name, word), word)


def _word(key: str, signature: str, word: Callable[..., object]) -> Iterator[str]:
    example = examples.EXAMPLES.get(key)
    if example is None:
        raise LookupError(f"{key} has no example; add one to tools/examples.py")
    yield f"### {signature}\n"
    yield f"{inspect.getdoc(word)}\n"
    yield _example(example)


def _example(example: Example) -> str:
    return (
        f"```python\n{example.code}\n```\n\n"
        f"```text\n{example.shown(example.holds)}\n{example.shown(example.fails)}\n```\n"
    )


def _frame() -> Iterator[str]:
    yield "## Around the words\n"
    for one in FRAME:
        yield f"### {_signature(one.__name__, one)}\n"
        yield f"{inspect.getdoc(one)}\n"
        if one is once:
            yield _example(examples.ONCE)


def _title(module: ModuleType) -> str:
    return f"{module.__name__.rpartition('.')[2].capitalize()}s".replace("ys", "ies")


def _first(thing: object) -> str:
    """The first sentence of a docstring; the rest of a module's is for developers."""
    return (inspect.getdoc(thing) or "").partition(". ")[0].rstrip(".") + "."


def _signature(name: str, one: Callable[..., object]) -> str:
    """A call as a lesson writes it, without types."""
    given = inspect.signature(one).parameters.values()
    return f"{name}({', '.join(_parameters([p for p in given if p.name != 'self']))})"


def _parameters(given: list[inspect.Parameter]) -> Iterator[str]:
    for one in given:
        star = "*" if one.kind is one.VAR_POSITIONAL else ""
        usual: Any = one.default
        if usual is one.empty:
            yield f"{star}{one.name}" + ("=…" if one.kind is one.KEYWORD_ONLY else "")
        elif isinstance(usual, str | int | float | tuple):
            yield f"{one.name}={usual!r}"
        else:
            yield f"{one.name}=…"


def _returns(method: Callable[..., object]) -> str:
    said = inspect.signature(method).return_annotation
    return said if isinstance(said, str) else "Claim" if said is Claim else ""
