"""How `.venv` is made: which Python may, what is missing, when nothing is left to do."""

from pathlib import Path

import pytest

from tools import bootstrap


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13), (3, 14)])
def test_a_python_that_the_workbook_knows_is_no_problem(version: tuple[int, int]) -> None:
    assert bootstrap.python_problem(version) is None


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        (
            (3, 10),
            "Python 3.10 is too old; install Python 3.11 to 3.14 and name it: "
            "make start PYTHON=python3.13",
        ),
        (
            (3, 15),
            "Python 3.15 is newer than this workbook knows; install Python 3.11 to 3.14 and "
            "name it: make start PYTHON=python3.13",
        ),
    ],
)
def test_another_python_is_named_with_the_remedy(version: tuple[int, int], expected: str) -> None:
    assert bootstrap.python_problem(version) == expected


def test_root_on_debian_installs_the_missing_module() -> None:
    assert bootstrap.missing_venv((3, 11), root=True, sudo=False, apt=True) == [
        "apt-get",
        "install",
        "--yes",
        "python3.11-venv",
    ]


def test_sudo_on_debian_installs_the_missing_module() -> None:
    remedy = bootstrap.missing_venv((3, 13), root=False, sudo=True, apt=True)

    assert remedy[0] == "sudo"
    assert remedy[-1] == "python3.13-venv"


def test_others_are_told_what_to_install() -> None:
    assert bootstrap.missing_venv((3, 11), root=False, sudo=False, apt=True) == (
        "This Python has no venv module; ask an administrator to apt-get install python3.11-venv."
    )
    assert bootstrap.missing_venv((3, 11), root=True, sudo=True, apt=False) == (
        "This Python has no venv module; install a Python that has it, then run make again."
    )


def test_a_changed_lock_is_installed_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    lock, stamp = tmp_path / "lock", tmp_path / "stamp"
    lock.write_text("one")

    before = bootstrap.is_made(lock, stamp)
    stamp.write_text(bootstrap.fingerprint(lock))
    made = bootstrap.is_made(lock, stamp)
    lock.write_text("two")
    after = bootstrap.is_made(lock, stamp)

    assert (before, made, after) == (False, True, False)
