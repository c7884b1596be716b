"""The glossary: two sentences for each word, and lessons that exist."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from checker import lessons
from tools import glossary

WANTED = (
    *("image", "layer", "container", "tag", "digest", "volume", "bind mount", "registry"),
    *("repository", "service", "stack", "daemon", "engine", "port", "network", "Dockerfile"),
    *("build context", "entrypoint", "command", "environment variable", "health check"),
    *("exit code", "namespace"),
)


@pytest.mark.parametrize("word", glossary.entries())
def test_a_word_has_two_sentences_and_a_page_of_docker(word: str) -> None:
    entry = glossary.entries()[word]
    assert len(re.findall(r"\.(?=\s|$)", entry.says.strip())) == 2
    assert entry.says.strip().endswith(".")
    address = urlsplit(entry.link)
    assert (address.scheme, address.netloc) == ("https", "docs.docker.com")


def test_the_words_of_the_field_are_there() -> None:
    assert [word for word in WANTED if word not in glossary.entries()] == []


def test_a_lesson_is_named_when_it_exists_and_else_not() -> None:
    page = glossary.page()
    there = {int(name.partition("_")[0]) for name in lessons.names()}
    named = {int(number) for number in re.findall(r"\[Lesson (\d+)\]", page)}
    assert named <= there
    assert "[Lesson 4](lessons/04_volumes.md)" in page


def test_no_two_words_stand_at_one_place() -> None:
    places = [glossary.anchor(word) for word in glossary.entries()]
    assert len(places) == len(set(places))
