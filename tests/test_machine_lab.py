"""JupyterLab's configuration, and the note of the one that runs."""

import json
import os
import socket
from pathlib import Path

import msgspec
import psutil
import pytest

from checker.machine import lab
from checker.machine.lab import Lab


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep configuration and notes in a folder of the test's own."""
    monkeypatch.setattr(lab, "HOME", tmp_path / "jupyter")
    monkeypatch.setattr(lab, "NOTE", tmp_path / "lab.json")


def a_lab(*, pid: int = 1, born: float = 1.0) -> Lab:
    """Make the note of a JupyterLab."""
    return Lab(pid=pid, born=born, port=8890, token="secret", host="", instructor=False)


def written(name: str) -> dict[str, object]:
    """Read a file of the configuration."""
    found: dict[str, object] = json.loads((lab.HOME / "config" / name).read_text())
    return found


def test_the_server_listens_on_this_computer_alone_and_wants_a_token(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("WORKBOOK_LAB_AT", raising=False)
    lab.write_config("secret", 8890, instructor=False)
    config = written("jupyter_server_config.json")

    assert config["IdentityProvider"] == {"token": "secret"}
    assert isinstance(config["ServerApp"], dict)
    assert config["ServerApp"]["ip"] == "127.0.0.1"
    assert config["ServerApp"]["port"] == 8890


def test_no_news_pops_up() -> None:
    lab.write_config("secret", 8890, instructor=False)
    overrides = written("labconfig/default_setting_overrides.json")

    assert overrides["@jupyterlab/apputils-extension:notification"] == {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    }


@pytest.mark.parametrize("instructor", [True, False])
def test_only_instructors_see_the_formgrader(*, instructor: bool) -> None:
    lab.write_config("secret", 8890, instructor=instructor)
    panels = written("labconfig/page_config.json")["disabledExtensions"]
    server = written("jupyter_server_config.json")["ServerApp"]

    assert isinstance(panels, dict)
    assert isinstance(server, dict)
    assert panels["@jupyter/nbgrader:formgrader"] is not instructor
    assert server["jpserver_extensions"]["nbgrader.server_extensions.formgrader"] is instructor


def test_only_this_user_reads_the_token() -> None:
    lab.write_config("secret", 8890, instructor=False)
    lab.write_note(a_lab())

    assert lab.HOME.stat().st_mode & 0o077 == 0
    assert lab.NOTE.stat().st_mode & 0o077 == 0


def test_kernels_and_terminals_get_the_engine_and_the_commands() -> None:
    environ = lab.environ("unix:///x.sock")

    assert environ["DOCKER_HOST"] == "unix:///x.sock"
    assert environ["JUPYTER_CONFIG_DIR"] == str(lab.HOME / "config")
    assert "bin" in environ["PATH"].split(os.pathsep)[0]


def test_a_port_that_is_taken_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

        assert not lab.is_free(port)
        assert lab.free_port(port) > port


def test_a_process_that_ended_is_no_lab() -> None:
    lab.write_note(a_lab(pid=os.getpid(), born=1.0))

    assert lab.noted() is None


def test_a_lab_that_runs_is_found_again() -> None:
    running = a_lab(pid=os.getpid(), born=psutil.Process().create_time())
    lab.write_note(running)

    assert lab.noted() == running


def test_a_note_that_cannot_be_read_is_no_lab() -> None:
    lab.NOTE.write_text("{")

    assert lab.noted() is None


def test_the_address_opens_the_notebook() -> None:
    assert a_lab().url(lab.notebook("04_volumes")) == (
        "http://127.0.0.1:8890/lab/tree/exercises/04_volumes/04_volumes.ipynb?token=secret"
    )


def test_the_note_is_read_as_it_was_written() -> None:
    lab.write_note(a_lab())

    assert msgspec.json.decode(lab.NOTE.read_bytes(), type=Lab) == a_lab()
