"""What the documents say is so: every name in them exists, and every part of them is current."""

from __future__ import annotations

import inspect
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema  # type: ignore[import-untyped]
import msgspec
import pytest
import yaml
from click.testing import CliRunner
from nbgrader.plugins import CsvExportPlugin

import checker
from checker import evidence, faults, whereabouts
from checker.cli import main
from checker.doctor.remedies import REMEDIES
from tests.live.cases import StepAnswers
from tests.pages import FENCE, PAGES, ROOT, SPAN, prose
from tools import documents, examples, words
from tools.excerpt import excerpt

LINK = re.compile(r"\]\(([^)\s]+)\)")
OWN = re.compile(r"(?:checker|tools|tests|docs|mirror|solutions)/[a-z0-9_./-]+")
MESSAGES = (
    "Cannot connect to the Docker daemon",
    "permission denied while trying to connect to the Docker daemon socket",
    "no such host",
    "toomanyrequests",
    "pull access denied",
    "manifest unknown",
    "no space left on device",
    "Conflict. The container name",
    "port is already allocated",
    "address already in use",
    "No such container",
    "is not running",
    "volume is in use",
    "executable file not found in $PATH",
    "Connection reset by peer",
    "server gave HTTP response to HTTPS client",
    "CERTIFICATE_VERIFY_FAILED",
    "No matching distribution found",
)
"""What Docker says when something fails, as it says it."""


EVERY_WORD = [f"{noun.__name__}.{name}" for noun in words.NOUNS for name in words.words(noun)]


@pytest.mark.parametrize("word", EVERY_WORD)
def test_a_word_is_documented_by_an_example_that_holds_and_one_that_does_not(word: str) -> None:
    example = examples.EXAMPLES[word]
    assert f".{word.partition('.')[2]}(" in example.code
    assert example.shown(example.holds).startswith("✓ ")
    assert example.shown(example.fails).startswith(("✗ ", "– "))
    page = words.page()
    assert example.shown(example.holds) in page
    assert example.shown(example.fails) in page


def test_the_examples_are_of_words_that_exist() -> None:
    assert sorted(examples.EXAMPLES) == sorted(EVERY_WORD)


def test_every_noun_and_frame_of_the_package_is_on_the_page_of_words() -> None:
    page = words.page()
    callables = set(checker.__all__) - {"Claim", "Lesson", "Step", "check"}
    assert [name for name in callables if f"{name}(" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    dead = [
        link for link in LINK.findall(page.read_text(encoding="utf-8")) if not leads(page, link)
    ]
    assert dead == []


def leads(page: Path, link: str) -> bool:
    """Whether a link leads to a file, and to an anchor in it where it names one."""
    if urlsplit(link).scheme:
        return link.startswith("https://") or link == "http://127.0.0.1:8890"
    name, _, anchor = link.partition("#")
    target = page.parent / name if name else page
    if not target.exists() and target.is_relative_to(ROOT / "docs"):
        return target.relative_to(ROOT / "docs").as_posix() in documents.pages()
    return target.exists() and (not anchor or anchor in anchors(target))


def anchors(page: Path) -> set[str]:
    """The anchors that a page has: its labels, and its headings as a forge names them."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
    return slugs | set(re.findall(r"^\(([\w-]+)\)=$", text, re.MULTILINE))


def test_the_generated_parts_of_the_readme_are_current() -> None:
    text = documents.README.read_text(encoding="utf-8")
    assert documents.readme(text) == text


def test_a_stale_readme_is_told_and_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "README.md"
    now = documents.README.read_text(encoding="utf-8")
    copy.write_text(now.replace("| 4 |", "| 5 |"), encoding="utf-8")
    monkeypatch.setattr(documents, "README", copy)
    assert documents.main(["--check"]) == 1
    assert documents.main([]) == 0
    assert copy.read_text(encoding="utf-8") == now


def test_the_report_in_the_readme_is_what_the_program_prints() -> None:
    done = CliRunner().invoke(
        main, ["replay", str(ROOT / "docs/examples/wrong-port.json"), "--step", "1"]
    )
    shown = documents.shown_report()
    assert done.exit_code == 1
    assert done.output.startswith(shown)
    assert f"```text\n{shown}```" in documents.README.read_text(encoding="utf-8")


def test_the_evidence_shown_fits_the_schema_that_is_documented() -> None:
    seen = json.loads((ROOT / "docs/examples/wrong-port.json").read_bytes())
    schema = json.loads(documents.pages()["generated/evidence.schema.json"])
    jsonschema.validate(seen, schema)
    page = (ROOT / "docs/evidence.md").read_text(encoding="utf-8")
    assert f"Version {evidence.VERSION}." in page
    assert f"keeps {evidence.MOST} looks" in page


def test_the_lesson_in_the_readme_is_a_lesson() -> None:
    space: dict[str, object] = {}
    exec(excerpt(), space)
    assert space["LESSON"].points == 4  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "sentence",
    [
        "No Docker engine was found on this machine.",
        "No Docker engine answers at …",
        "You may not use the Docker engine at …",
        "did not answer within 10 seconds",
        "stopped answering",
    ],
)
def test_every_trouble_with_the_engine_has_a_place_to_read_on(sentence: str) -> None:
    code = inspect.getsource(faults) + inspect.getsource(whereabouts)
    assert sentence.replace("…", "{host}") in code
    assert sentence in (ROOT / "docs/troubleshoot.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", REMEDIES)
def test_every_remedy_of_the_doctor_has_a_place_to_read_on(kind: str) -> None:
    assert f"doctor-{kind}" in anchors(ROOT / "docs/troubleshoot.md")


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_of_docker_is_found_by_searching_for_it(message: str) -> None:
    assert message in (ROOT / "docs/troubleshoot.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_does_not_shout(page: Path) -> None:
    assert re.findall(r"\S*!(?!\[)", prose(page).replace("<!--", "")) == []


def test_the_answers_shown_to_authors_fit_the_format() -> None:
    blocks = FENCE.findall((ROOT / "docs/write.md").read_text(encoding="utf-8"))
    shown = next(text for _, text in blocks if text.startswith("before:"))
    answers = msgspec.convert(yaml.safe_load(shown), StepAnswers)
    assert (len(answers.right), len(answers.wrong), answers.before) == (2, 1, (1,))


def test_the_lines_for_a_learning_platform_write_what_the_page_shows(tmp_path: Path) -> None:
    shown = ROOT / "docs/examples"
    shutil.copy(shown / "grades.csv", tmp_path)
    subprocess.run((sys.executable, shown / "platform.py"), cwd=tmp_path, check=True)
    assert (tmp_path / "platform.csv").read_text() == (shown / "platform.csv").read_text()


def test_the_grades_shown_have_the_columns_that_nbgrader_writes() -> None:
    header, *rows = (ROOT / "docs/examples/grades.csv").read_text().splitlines()
    written = inspect.getsource(CsvExportPlugin.export)
    assert re.findall(r'^ +"(\w+)",?$', written, re.MULTILINE) == header.split(",")
    assert {len(row.split(",")) for row in rows} == {len(header.split(","))}


def paths() -> list[str]:
    """The files of the project that the pages name; the tutorial's are the learner's own."""
    pages = (page for page in PAGES if page.name != "tutorial.md")
    spans = (span for page in pages for span in SPAN.findall(FENCE.sub("", page.read_text())))
    return sorted({span for span in spans if OWN.fullmatch(span)})


@pytest.mark.parametrize("path", paths())
def test_a_named_file_is_there(path: str) -> None:
    assert (ROOT / path).exists()
