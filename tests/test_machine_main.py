"""The commands behind the Makefile: what they hand on."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from checker.machine import start
from checker.machine.__main__ import main


@pytest.mark.parametrize("typed", ["03_ports_env", "ports_env", "3"])
@pytest.mark.parametrize(("command", "deed"), [("start", "start"), ("mirror-up", "mirror_up")])
def test_a_lesson_goes_by_any_of_its_names(
    monkeypatch: pytest.MonkeyPatch, command: str, deed: str, typed: str
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(start, deed, lambda **given: asked.append(given["lesson"]))

    CliRunner().invoke(main, [command, "--lesson", typed])
    assert asked == ["03_ports_env"]


@pytest.mark.parametrize("command", ["start", "mirror-up"])
def test_an_unknown_lesson_stops_before_anything_is_done(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--lesson", "ports"])

    assert result.exit_code == 2
    assert "No lesson is named ports; there is 03_ports_env." in result.output
