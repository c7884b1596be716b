"""Commands and their progress lines; what stops them becomes one sentence."""

import sys
from pathlib import Path

import pytest

from checker.machine import run, start
from checker.machine.trouble import Trouble

PYTHON = sys.executable


def test_a_command_gives_what_it_prints() -> None:
    assert run.text((PYTHON, "-c", "print(' two ')")) == "two"


def test_a_missing_command_is_named() -> None:
    with pytest.raises(Trouble, match=r"^The command no-such-thing is not installed\.$"):
        run.text(("no-such-thing", "now"))


def test_a_failure_carries_the_last_words() -> None:
    code = "import sys; print('first', file=sys.stderr); sys.exit('second')"

    with pytest.raises(Trouble, match=r"failed: second$"):
        run.text((PYTHON, "-c", code))


def test_a_command_that_takes_too_long_is_ended() -> None:
    with pytest.raises(Trouble, match=r"gave no answer in 0 s\.$"):
        run.text((PYTHON, "-c", "import time; time.sleep(9)"), timeout=0.2)


def test_a_long_command_tells_its_lines_and_keeps_them(tmp_path: Path) -> None:
    heard: list[str] = []
    log = tmp_path / "deep" / "log"

    run.follow((PYTHON, "-c", "print('one'); print('two')"), heard.append, log)

    assert heard == ["one", "two"]
    assert log.read_text() == "one\ntwo\n"


def test_a_long_command_that_fails_names_its_log(tmp_path: Path) -> None:
    log = tmp_path / "log"

    with pytest.raises(Trouble, match=rf"failed: no disk All it said is in {log}\.$"):
        run.follow((PYTHON, "-c", "import sys; sys.exit('no disk')"), lambda _: None, log)


def test_a_step_is_one_line_with_its_mark(capsys: pytest.CaptureFixture[str]) -> None:
    with run.step("Making [it]"):
        pass
    with pytest.raises(Trouble), run.step("Breaking it"):
        raise Trouble("It broke.")

    assert capsys.readouterr().out == "✓ Making [it] (0 s)\n✗ Breaking it\n"


def test_trouble_becomes_a_sentence_and_an_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    def deed() -> None:
        raise Trouble("No [disk]; free some.")

    assert start.said(deed) == 1
    assert capsys.readouterr().out == "✗ No [disk]; free some.\n"


def test_being_interrupted_is_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    def deed() -> None:
        raise KeyboardInterrupt

    assert start.said(deed) == 130
    assert capsys.readouterr().out == ("– stopped by you; the same command goes on from here.\n")
