"""The public words are documented, and modules and functions stay small."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import checker
from checker.words.answer import AnswerWord
from checker.words.container import ContainerWord
from checker.words.file import FileWord
from checker.words.image import ImageWord
from checker.words.reply import Door, ReplyWord
from checker.words.volume import VolumeWord

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "checker").rglob("*.py"))
WORDS = (AnswerWord, ContainerWord, FileWord, ImageWord, Door, ReplyWord, VolumeWord)
MODULE_LINES, FUNCTION_LINES = 250, 30


def spoken() -> Iterator[tuple[str, Any]]:
    """Every word that a lesson may say, and every name that the package gives."""
    yield from ((name, getattr(checker, name)) for name in checker.__all__)
    for noun in WORDS:
        for name, word in vars(noun).items():
            if not name.startswith("_") and callable(word):
                yield f"{noun.__name__}.{name}", word


@pytest.mark.parametrize(("name", "word"), [pytest.param(n, w, id=n) for n, w in spoken()])
def test_a_public_word_opens_with_a_sentence(name: str, word: Any) -> None:
    first = (inspect.getdoc(word) or "").partition("\n")[0]

    assert first[:1].isupper() or first[:1] == "`", f"{name}: {first}"
    assert first.endswith((".", ":")), f"{name}: {first}"
    assert "!" not in first


def test_all_is_sorted_and_there() -> None:
    assert list(checker.__all__) == sorted(checker.__all__, key=lambda n: (n[0].islower(), n))
    assert [name for name in checker.__all__ if not hasattr(checker, name)] == []


@pytest.mark.parametrize("noun", WORDS, ids=lambda noun: noun.__name__)
def test_words_are_frozen_values(noun: Any) -> None:
    assert dataclasses.is_dataclass(noun)
    assert vars(noun)["__dataclass_params__"].frozen


@pytest.mark.parametrize("path", MODULES, ids=[str(p.relative_to(ROOT)) for p in MODULES])
def test_a_module_is_small_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text()

    assert len(text.splitlines()) <= MODULE_LINES
    assert not text.strip() or (ast.get_docstring(ast.parse(text)) or "").strip()


@pytest.mark.parametrize("path", MODULES, ids=[str(p.relative_to(ROOT)) for p in MODULES])
def test_functions_are_small(path: Path) -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    functions = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, kinds)]
    lines = {node.name: _body_lines(node) for node in functions}

    assert {name: count for name, count in lines.items() if count > FUNCTION_LINES} == {}


def _body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines after the docstring."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
