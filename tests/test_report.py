"""A report as text, HTML and JSON: approved whole, safe from foreign strings, and accessible."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

from checker import report
from checker.claim import HELD, Failed, Unknown
from checker.judge import Line, Report, StepReport
from checker.report import details, kind
from tests.approved import approve

EVIL = '<script>alert("1")</script><img src=x onerror=alert(2)>\' & "'

WEB = StepReport(
    1,
    "Run Jupyter in a container",
    (
        Line("container web is running", HELD),
        Line(
            "container web runs image python:3.13-slim",
            Failed("it runs python:3.12", "A container keeps its image for life."),
        ),
        Line("container web publishes port 8888 on host port 8888", Unknown("web is not there")),
        Line("container web answers", Unknown("the engine is busy", trouble=True)),
    ),
)
DONE = StepReport(2, "Remove it", (Line("container web was there and is removed", HELD),))
MIXED = Report("02_containers", "What happens when an image runs?", (WEB, DONE), ("A note.",))
FULL = Report("02_containers", "What happens when an image runs?", (DONE,))
HOSTILE = Report(
    EVIL,
    EVIL,
    (StepReport(1, EVIL, (Line(EVIL, Failed(EVIL, EVIL)), Line(EVIL, Unknown(EVIL)))),),
    (EVIL,),
)
REPORTS = pytest.mark.parametrize(
    ("name", "given"),
    [("mixed", MIXED), ("full", FULL), ("hostile", HOSTILE)],
    ids=["mixed", "full", "hostile"],
)


@REPORTS
def test_text(name: str, given: Report) -> None:
    approve(f"{name}.txt", report.text(given) + "\n")


@REPORTS
def test_html(name: str, given: Report) -> None:
    approve(f"{name}.html", _body(report.html(given)))


@REPORTS
def test_overview(name: str, given: Report) -> None:
    approve(f"{name}_overview.html", _body(report.overview_html(given)))


def _body(html: str) -> str:
    """The HTML without its style, a line for each element that ends."""
    return re.sub(r"(</(?:h4|li|dl|p|summary)>)", r"\1\n", html.partition("</style>")[2]) + "\n"


def test_json_is_json_and_holds_every_line() -> None:
    data = json.loads(json.dumps(report.json(MIXED)))

    assert (data["points"], data["out_of"], data["trouble"]) == (2, 5, "the engine is busy")
    verdicts = [claim["verdict"] for step in data["steps"] for claim in step["claims"]]
    assert verdicts == ["held", "failed", "unknown", "unknown", "held"]
    assert data["steps"][0]["claims"][1] == {
        "sentence": "container web runs image python:3.13-slim",
        "verdict": "failed",
        "found": "it runs python:3.12",
        "hint": "A container keeps its image for life.",
    }


@dataclass
class Seen(HTMLParser):
    """What a browser would make of the HTML."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def seen(html: str) -> Seen:
    page = Seen()
    page.feed(html)
    page.close()
    assert page.open == [], "every element is closed"
    return page


BOTH = pytest.mark.parametrize(
    "html", [report.html, report.overview_html], ids=["step", "overview"]
)


@BOTH
def test_foreign_strings_stay_text(html: Callable[[Report], str]) -> None:
    page = seen(html(HOSTILE))

    known = {"style", "div", "strong", "ul", "li", "span", "dl", "dt", "dd", "p"}
    known |= {"details", "summary"}
    assert {tag for tag, _ in page.tags} <= known
    assert {name for _, attrs in page.tags for name in attrs} <= {
        "class",
        "role",
        "aria-label",
        "aria-hidden",
    }
    assert EVIL in "".join(page.text)


@BOTH
def test_the_report_is_one_named_group(html: Callable[[Report], str]) -> None:
    groups = [attrs for tag, attrs in seen(html(MIXED)).tags if attrs.get("role") == "group"]

    assert len(groups) == 1
    assert "2 of 5 points" in str(groups[0]["aria-label"])


def test_each_mark_has_a_word_and_is_hidden_from_screen_readers() -> None:
    html = report.html(MIXED)

    marks = re.findall(r'<span aria-hidden="true">(.)</span> ([A-Z][a-z ]+)<', html)
    assert marks == [("✓", "Done"), ("✗", "Not yet"), ("–", "Later"), ("–", "Later"), ("✓", "Done")]


def test_trouble_is_not_told_as_the_learners() -> None:
    assert details(WEB.lines[3]) == (("sorry", "the engine is busy"),)
    assert kind(WEB.lines[3]) == "unknown"
    assert MIXED.trouble == "the engine is busy"


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(share * p for share, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_can_be_read_on_light_and_on_dark() -> None:
    colours = re.findall(r"--cw-(?:ok|no|later):(#[0-9a-f]{6})", report.html(MIXED))
    light, dark = colours[:3], colours[3:]

    assert [c for c in light if _contrast(c, "#ffffff") < 4.5] == []
    assert [c for c in dark if _contrast(c, "#111111") < 4.5] == []
    assert len(dark) >= 3
