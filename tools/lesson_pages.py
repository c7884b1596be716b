"""A page for each lesson, from the exercise that learners get; it never sees a solution run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import count
from pathlib import PurePosixPath
from typing import Any

from checker.authoring import release
from checker.lesson import Lesson
from checker.lessons import every
from tools import glossary

LANGUAGES = {".py": "python", ".yaml": "yaml", ".yml": "yaml", ".json": "json", ".html": "html"}
"""How a file that a cell writes is coloured; a Dockerfile has no ending."""

_TITLE = re.compile(r"\A# [^\n]*\n+\*\*[^\n]*\*\*\n+")
_FACTS = re.compile(r"^\| \| \|\n\|---\|---\|\n((?:\|.*\|\n?)+)", re.MULTILINE)
_ROW = re.compile(r"^\| (.*?) \| (.*) \|$", re.MULTILINE)
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|$])")


def pages() -> dict[str, str]:
    """The page of every lesson, by the lesson's folder."""
    return {lesson.name: page(lesson) for lesson in every()}


def page(lesson: Lesson) -> str:
    """The lesson as its notebook tells it, with what each step checks."""
    notebook = json.loads(release(lesson.name)[f"{lesson.name}.ipynb"])
    return "\n\n".join([*_head(lesson), *_body(lesson, notebook["cells"])]) + "\n"


def number(lesson: Lesson) -> int:
    """The lesson's number, from its folder."""
    return int(lesson.name.partition("_")[0])


def _head(lesson: Lesson) -> Iterator[str]:
    yield f"# {number(lesson)}. {lesson.question}"
    steps = len(lesson.steps)
    yield (
        f"Lesson {number(lesson)} has {steps} steps, {lesson.points} points, "
        f"and takes about {lesson.minutes} minutes.\n"
        "You read it here and do it in JupyterLab:"
    )
    yield f"```bash\nworkbook open {lesson.name}\n```"
    words = [f"[{word}](../glossary.md#{glossary.anchor(word)})" for word in glossary.of(lesson)]
    if words:
        yield f"Words that it brings: {', '.join(words)}."


def _body(lesson: Lesson, cells: list[dict[str, Any]]) -> Iterator[str]:
    steps = count(1)
    for cell in cells:
        source, kind = "".join(cell["source"]), cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "markdown":
            yield _facts(_TITLE.sub("", source))
        elif kind.get("grade"):
            yield _checked(lesson, next(steps))
        else:
            yield _code(source, turn=bool(kind.get("solution")))


def _facts(text: str) -> str:
    """The text with its table of facts as a list: a table needs a heading, and it has none."""
    return _FACTS.sub(lambda found: "It needs\n\n" + _ROW.sub(r"- \1: \2", found[1]), text)


def _checked(lesson: Lesson, step: int) -> str:
    claims = lesson.step(step).claims
    sentences = "\n".join(f"- {_plain(claim.sentence)}" for claim in claims)
    points = "one point" if len(claims) == 1 else f"{len(claims)} points"
    return (
        f":::{{admonition}} What check {step} looks for, {points}\n:class: check\n{sentences}\n:::"
    )


def _plain(sentence: str) -> str:
    """A sentence as Markdown shows it word for word."""
    return _MARKUP.sub(r"\\\1", sentence)


def _code(source: str, *, turn: bool) -> str:
    """A cell as code that nobody runs; the learner's own is marked."""
    first, _, rest = source.partition("\n")
    language, caption, text = _spoken(source), "", source
    if first.strip() == "%%bash":
        language, text = "bash", rest
    elif first.startswith(("%%writefile ", "%%file ")):
        caption = first.split()[-1]
        language, text = _language(caption), rest
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    options = [f":caption: {caption}"] * bool(caption) + [":class: your-turn"] * turn
    return "\n".join([f"{fence}{{code-block}} {language}", *options, "", text, fence])


def _spoken(source: str) -> str:
    """Python, or what IPython adds to it: commands and magics."""
    return "ipython3" if re.search(r"(?m)^\s*(?:\w+ = )?[!%]", source) else "python"


def _language(name: str) -> str:
    path = PurePosixPath(name)
    return "docker" if "Dockerfile" in path.name else LANGUAGES.get(path.suffix, "text")
