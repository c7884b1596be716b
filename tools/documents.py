"""Write the parts of the documents that the code already knows; it knows no engine.

`python -m tools.documents` writes those of README.md; `make docs` calls `generate` for those in
`docs/generated` and `docs/lessons`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from checker import evidence, lessons, report
from checker.judge import judge
from checker.lesson import Lesson
from checker.mirror import settings
from tools import commands, glossary, house, lesson_pages, words
from tools.excerpt import excerpt
from tools.lesson_pages import number

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
MARK = "<!-- {}: {} -->"
ABLE = re.compile(r"you can(?:\*\*)?\n\n((?:- .*\n)+)")


def abilities(lesson: Lesson) -> tuple[str, ...]:
    """What a learner will be able to do, as the lesson's text promises it."""
    text = (ROOT / "solutions" / lesson.name / f"{lesson.name}.md").read_text(encoding="utf-8")
    found = ABLE.search(text)
    if found is None:
        raise ValueError(
            f"solutions/{lesson.name}/{lesson.name}.md lacks a list after the words “you can”; "
            "write what a learner will be able to do there"
        )
    return tuple(line[2:].rstrip(",;.") for line in found[1].splitlines())


def lessons_table() -> str:
    """The lessons as the README shows them."""
    rows = [
        "| | Lesson | Afterwards you can, for example | Minutes | Points |",
        "|--:|---|---|--:|--:|",
    ]
    for lesson in lessons.every():
        link = f"[{lesson.question}](exercises/{lesson.name}/{lesson.name}.ipynb)"
        able = abilities(lesson)[0]
        rows.append(f"| {number(lesson)} | {link} | {able} | {lesson.minutes} | {lesson.points} |")
    return "\n".join(rows)


def readme(text: str) -> str:
    """The README with its generated parts as they are now."""
    parts = {
        "report": f"```text\n{shown_report()}```",
        "lessons": lessons_table(),
        "excerpt": f"```python\n{excerpt()}```",
    }
    for name, part in parts.items():
        text = put(text, name, f"\n{part}\n")
    return text


def put(text: str, name: str, part: str) -> str:
    """The text with this part between the marks of that name."""
    begin, end = MARK.format(name, "begin"), MARK.format(name, "end")
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"README.md lacks {begin} or {end}; put it back")
    return f"{before}{begin}{part}{end}{after}"


def lesson_list() -> str:
    """The lessons as the site lists them; a lesson's own page tells what it checks."""
    rows = [
        "| Lesson | Afterwards you can, for example | Minutes | Points | Needs |",
        "|---|---|--:|--:|---|",
    ]
    for lesson in lessons.every():
        link = f"[{number(lesson)}. {lesson.question}](lessons/{lesson.name}.md)"
        images = ", ".join(f"`{name}`" for name in lesson.images)
        able = abilities(lesson)[0]
        rows.append(f"| {link} | {able} | {lesson.minutes} | {lesson.points} | {images} |")
    return "\n".join(rows) + "\n"


def minutes_table() -> str:
    """How long each lesson takes, and all of them."""
    every = lessons.every()
    rows = [f"| {number(one)}. {one.question} | {one.minutes} | {one.points} |" for one in every]
    minutes, points = sum(one.minutes for one in every), sum(one.points for one in every)
    head = ["| lesson | minutes | points |", "|---|--:|--:|"]
    return "\n".join([*head, *rows, f"| **together** | **{minutes}** | **{points}** |"]) + "\n"


def schema_page() -> str:
    """What an evidence file holds, a table for each kind of value."""
    kinds: Any = evidence.schema()["$defs"]
    return "\n".join("\n".join(_kind(name.strip("_"), kind)) for name, kind in kinds.items())


def _kind(name: str, kind: dict[str, Any]) -> Iterator[str]:
    yield f"### {name}\n"
    if said := kind.get("description"):
        yield f"{said}\n"
    yield "| field | holds | unless it says so |"
    yield "|---|---|---|"
    for field, shape in kind["properties"].items():
        usual = f"`{json.dumps(shape['default'])}`" if "default" in shape else "always there"
        yield f"| `{field}` | {_shape(shape)} | {usual} |"
    yield ""


def _shape(shape: dict[str, Any]) -> str:
    """A JSON Schema's type in words."""
    match shape:
        case {"$ref": str(place)}:
            name = place.rpartition("/")[2].strip("_")
            return f"[{name}](#{name.lower()})"
        case {"prefixItems": [*parts]}:
            return f"({', '.join(_shape(part) for part in parts)})"
        case {"items": dict(one)}:
            return f"list of {_shape(one)}"
        case {"anyOf": [*parts]}:
            return " or ".join(_shape(part) for part in parts)
        case {"type": str(name)}:
            return name
    raise ValueError(f"{shape} in the schema of evidence has no words in tools/documents.py")


def shown_report() -> str:
    """The report that README and front page show, judged from evidence of a real engine."""
    seen = evidence.from_json((ROOT / "docs/examples/wrong-port.json").read_bytes())
    return report.text(judge(lessons.find(seen.lesson), seen, step=1)) + "\n"


def pages() -> dict[str, str]:
    """The generated files of the documentation, by their names below docs."""
    parts = {
        "words.md": words.page(),
        "commands.md": commands.page(),
        "house.md": house.page(),
        "lessons.md": lesson_list(),
        "minutes.md": minutes_table(),
        "glossary.md": glossary.page(),
        "evidence.md": schema_page(),
        "report.txt": shown_report(),
        "excerpt.txt": excerpt(),
        "classroom.txt": settings("192.168.1.5:5001") + "\n",
        "evidence.schema.json": json.dumps(evidence.schema(), indent=1) + "\n",
    }
    whole = {f"lessons/{name}.md": text for name, text in lesson_pages.pages().items()}
    return {f"generated/{name}": text for name, text in parts.items()} | whole


def generate(docs: Path) -> None:
    """Write what is not there yet or no longer true; the rest stays, so that builds are quick."""
    wanted = pages()
    for name in {str(Path(name).parent) for name in wanted}:
        folder = docs / name
        folder.mkdir(exist_ok=True)
        for path in folder.iterdir():
            if f"{name}/{path.name}" not in wanted:
                path.unlink()
    for name, text in wanted.items():
        path = docs / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Bring README.md up to date; with `--check` only tell whether it is."""
    before = README.read_text(encoding="utf-8")
    if (after := readme(before)) == before:
        return 0
    if "--check" in arguments:
        print("✗ README.md is not current; run make exercises")
        return 1
    README.write_text(after, encoding="utf-8")
    print("✓ README.md is written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
