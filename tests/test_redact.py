"""Secrets are taken out before anything keeps them."""

from __future__ import annotations

import time

import pytest

from checker.model import AS_ASKED, HIDDEN
from checker.redact import is_secret, masked, without_secrets

SECRET = [
    *("DB_PASSWORD", "PGPASSWORD", "password", "PASSWD", "DB_PWD", "API_KEY", "APIKEY"),
    *("JUPYTER_TOKEN", "AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "PRIVATE_KEY", "CREDENTIALS"),
    *("AUTHORIZATION", "OPENAI_API_KEY", "client_secret"),
]


@pytest.mark.parametrize("name", SECRET)
def test_a_secret_by_its_name(name: str) -> None:
    assert is_secret(name)


@pytest.mark.parametrize("name", ["PATH", "MODE", "POSTGRES_USER", "KEYBOARD", "LANG"])
def test_no_secret(name: str) -> None:
    assert not is_secret(name)


def test_a_value_is_kept_or_masked() -> None:
    assert masked("MODE", "fast", asked="slow") == "fast"
    assert masked("DB_PASSWORD", "hunter2", asked="hunter2") == AS_ASKED
    assert masked("DB_PASSWORD", "other", asked="hunter2") == HIDDEN
    assert masked("DB_PASSWORD", "other", asked=None) == HIDDEN


TEXTS = [
    ("password=hunter2", f"password={HIDDEN}"),
    ("PASSWORD: hunter2, next", f"PASSWORD: {HIDDEN}, next"),
    ('{"api_key": "hunter2"}', f'{{"api_key": "{HIDDEN}"}}'),
    ("http://lab:8888/?token=hunter2&x=1", f"http://lab:8888/?token={HIDDEN}&x=1"),
    ("postgres://ada:hunter2@db:5432/x", f"postgres://ada:{HIDDEN}@db:5432/x"),
    ("Authorization: Bearer hunter2hunter2", f"Authorization: Bearer {HIDDEN}"),
    ("authorization: token hunter2hunter2", f"authorization: token {HIDDEN}"),
    ("Authorization: Basic aHVudGVyMjpo", f"Authorization: Basic {HIDDEN}"),
    ("'Authorization': 'token hunter2hunter2'", f"'Authorization': 'token {HIDDEN}'"),
    ("AWS_SECRET_ACCESS_KEY=hunter2", f"AWS_SECRET_ACCESS_KEY={HIDDEN}"),
]


@pytest.mark.parametrize(("text", "safe"), TEXTS, ids=[text[:20] for text, _ in TEXTS])
def test_what_is_written_like_a_secret_is_hidden(text: str, safe: str) -> None:
    assert without_secrets(text) == safe


@pytest.mark.parametrize(
    "text",
    ["the password is asked for", "3 tokens were read", "http://lab:8888/tree", "basic training"],
)
def test_plain_words_stay(text: str) -> None:
    assert without_secrets(text) == text


def test_known_secrets_are_hidden_wherever_they_stand() -> None:
    assert without_secrets("it says hunter22 and hunter2", ["hunter2", "hunter22"]) == (
        f"it says {HIDDEN} and {HIDDEN}"
    )


def test_very_short_secrets_do_not_eat_the_text() -> None:
    assert without_secrets("a1 and a2", ["a", "1", ""]) == "a1 and a2"


@pytest.mark.parametrize(
    "flood",
    [
        "x" * 16_000,
        "a-" * 8_000,
        "password" * 2_000,
        "x://" * 4_000,
        "bearer " * 2_000,
        "=" * 16_000,
    ],
    ids=lambda flood: flood[:8],
)
def test_a_long_text_is_searched_in_no_time(flood: str) -> None:
    start = time.perf_counter()

    assert len(without_secrets(flood)) >= 1000
    assert time.perf_counter() - start < 3.0
