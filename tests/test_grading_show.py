"""Feedback and formgrader show what learners wrote, and none of it runs."""

from __future__ import annotations

import re

import pytest

from checker import lessons, report
from checker.grading import show
from checker.judge import judge
from checker.model import Evidence

LESSON = lessons.find("02_containers")

HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "a handler": '<b onclick="alert(1)">x</b>',
    "a picture from elsewhere": '<img src="//example.org/x.png" onerror="alert(1)">',
    "a frame": '<iframe src="//example.org"></iframe>',
    "a link that runs": '<a href="javascript:alert(1)">x</a>',
    "a style that loads": "<style>@import url(//example.org)</style>",
    "a form": '<form action="//example.org"><input name="x"></form>',
    "a drawing": '<svg onload="alert(1)"></svg>',
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_nothing_a_learner_wrote_runs_or_loads(html: str) -> None:
    for made in (show.clean(html), show.markdown(html), show.clean(html.encode())):
        assert _tags(made) <= {"a", "b", "p"}
        assert "javascript:" not in made
        assert "onclick=" not in made


def test_a_markdown_link_that_runs_loses_its_address() -> None:
    assert "javascript:" not in show.markdown("[x](javascript:alert(1))")


def test_a_report_keeps_its_looks_and_its_words() -> None:
    html = report.html(judge(LESSON, Evidence(lesson=LESSON.name), 1))
    page = show.clean(html)

    assert html.partition("</style>")[2] == page.partition("</style>")[2]
    assert page.startswith("<style>")
    assert "prefers-color-scheme" not in page


def test_a_pictures_size_is_a_number_or_nothing() -> None:
    hostile = {"metadata": {"image/png": {"width": "1 onload=alert(1)", "height": 20}}}

    assert show.number_of(hostile, "width", "image/png") is None
    assert show.number_of(hostile, "height", "image/png") == 20


def _tags(html: str) -> set[str]:
    return set(re.findall(r"<([a-z]+)", html))
