"""A lesson's page: all that its text says and its checks look for, and no solution."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from checker import lessons
from checker.authoring import release
from checker.lesson import Lesson
from tests.pages import ROOT
from tools import edit_links, glossary, lesson_pages

SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION\n", re.DOTALL)
EVERY = pytest.mark.parametrize("lesson", lessons.every(), ids=lambda lesson: lesson.name)


def text_of(lesson: Lesson) -> str:
    return (ROOT / "solutions" / lesson.name / f"{lesson.name}.md").read_text(encoding="utf-8")


@EVERY
def test_the_page_opens_with_the_question_and_tells_goals_minutes_and_needs(lesson: Lesson) -> None:
    page = lesson_pages.page(lesson)
    assert page.startswith(f"# {int(lesson.name[:2])}. {lesson.question}\n")
    assert f"about {lesson.minutes} minutes" in page
    assert f"{lesson.points} points" in page
    assert "you can\n\n- " in page
    assert re.search(r"^- Images: `", page, re.MULTILINE)
    assert re.search(r"^- Disk: ", page, re.MULTILINE)
    assert "\n## What to remember\n" in page
    for word in glossary.of(lesson):
        assert f"[{word}](../glossary.md#{glossary.anchor(word)})" in page


@EVERY
def test_the_page_has_every_sentence_that_a_check_looks_for(lesson: Lesson) -> None:
    page = re.sub(r"\\(.)", r"\1", lesson_pages.page(lesson))
    for number, step in enumerate(lesson.steps, 1):
        box = page.partition(f"What check {number} looks for")[2].partition(":::")[0]
        said = [line[2:] for line in box.splitlines() if line.startswith("- ")]
        assert said == [claim.sentence for claim in step.claims]


@EVERY
def test_the_page_has_no_solution(lesson: Lesson) -> None:
    text, page = text_of(lesson), lesson_pages.page(lesson)
    told = SOLUTION.sub("", text)
    solved = [line for part in SOLUTION.findall(text) for line in part.splitlines()]
    own = [line for line in solved if line.strip() and line.strip() not in told]
    assert own
    assert [line for line in own if line in page] == []
    assert "SOLUTION" not in page


@EVERY
def test_the_page_has_the_code_that_the_exercise_has(lesson: Lesson) -> None:
    notebook = json.loads(release(lesson.name)[f"{lesson.name}.ipynb"])
    codes = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]
    page = lesson_pages.page(lesson)
    shown = [re.sub(r"\A%%.*\n", "", code) for code in codes if not code.startswith("check(")]
    assert [code for code in shown if code not in page] == []
    assert page.count(":class: your-turn") == text_of(lesson).count("kind: solution")


def test_a_page_of_a_lesson_that_is_gone_is_removed(tmp_path: Path) -> None:
    from tools import documents

    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "03_gone.md").write_text("# Gone")
    documents.generate(tmp_path)
    assert {page.stem for page in (tmp_path / "lessons").iterdir()} == set(lessons.names())


def test_a_page_is_edited_where_its_repository_is() -> None:
    address = edit_links.edit_address("https://example.org/course/", "main", "teach")
    assert address == "https://example.org/course/edit/main/docs/teach.md"
    assert edit_links.edit_address("", "main", "teach") == ""


@pytest.mark.parametrize("page", ["teach", "changelog", "lessons/04_volumes"])
def test_the_file_that_a_page_is_made_from_exists(page: str) -> None:
    assert (ROOT / edit_links.source_of(page)).is_file()


def test_the_repository_is_what_the_project_says_and_never_invented(tmp_path: Path) -> None:
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nname = "x"\n')
    assert edit_links.repository(project) == ""
    project.write_text('[project.urls]\nRepository = "https://example.org/course"\n')
    assert edit_links.repository(project) == "https://example.org/course"
