"""The drawings: words for those who do not see them, and no colour of their own."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.pages import ROOT
from tools.diagrams import FOLDER

SVG = "{http://www.w3.org/2000/svg}"
DRAWINGS = sorted(FOLDER.glob("*.svg"))
WANTED = {
    "virtual-machine",
    "image-container",
    "layers",
    "ports",
    "volumes-networks",
    "compose",
    "sealed-grading",
}
COLOURS = ("fill", "stroke", "style", "color")


def test_the_drawings_of_the_field_are_there_and_shown() -> None:
    shown = {
        name
        for page in (ROOT / "docs").glob("*.md")
        for name in re.findall(r"^```\{diagram\} (\S+)$", page.read_text(), re.MULTILINE)
    }
    assert {path.stem for path in DRAWINGS} == shown >= WANTED


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_a_drawing_is_told_in_words(path: Path) -> None:
    root = ET.parse(path).getroot()
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert title.text
    assert len((desc.text or "").split()) > 25
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert [one.get("id") for one in root.iter() if one.get("id")] == [
        f"{path.stem}-title",
        f"{path.stem}-desc",
    ]


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_a_drawing_takes_its_colours_from_the_page(path: Path) -> None:
    root = ET.parse(path).getroot()
    assert [one.tag for one in root.iter() if any(one.get(c) for c in COLOURS)] == []
    sheet = (ROOT / "docs/_static/workbook.css").read_text()
    used = {name for one in root.iter() for name in (one.get("class") or "").split()}
    assert [name for name in used - {"name"} if f".diagram .{name} " not in sheet] == []


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_a_drawing_is_as_wide_as_a_phone(path: Path) -> None:
    assert (ET.parse(path).getroot().get("viewBox") or "").startswith("0 0 360 ")
