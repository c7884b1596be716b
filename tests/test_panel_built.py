"""What learners get without Node is what the sources of the panel give."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from checker import live
from tools import panel

BUILT = live.PANELS / "container-workbook"


def test_the_built_panel_is_that_of_these_sources() -> None:
    assert (panel.LIVE / panel.SUM).read_text().strip() == panel.sum_of_sources(), "make panel"


@pytest.mark.parametrize("name", ["src/view.ts", "style/panel.css", "package-lock.json"])
def test_any_change_of_a_source_is_noticed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for source in panel.sources():
        copy = tmp_path / source.relative_to(panel.SOURCES)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes())
    before = panel.sum_of_sources()
    monkeypatch.setattr(panel, "SOURCES", tmp_path)
    assert panel.sum_of_sources() == before

    (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b" ")

    assert panel.sum_of_sources() != before


def test_what_jupyterlab_loads_is_there() -> None:
    said = json.loads((BUILT / "package.json").read_text())["jupyterlab"]["_build"]
    assert (BUILT / said["load"]).is_file()
    assert len(list((BUILT / "static").glob("*.js"))) > 2


def test_every_module_that_the_page_loads_is_there() -> None:
    for module in live.PAGE.glob("*.js"):
        for name in re.findall(r"from '\./(\w+\.js)'", module.read_text()):
            assert (live.PAGE / name).is_file(), name


def test_the_wheel_brings_the_panel_and_switches_it_on() -> None:
    project = tomllib.loads((panel.ROOT / "pyproject.toml").read_text())
    data = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    for source, target in data.items():
        assert (panel.ROOT / source).exists()
        assert target.startswith(("share/jupyter/labextensions/", "etc/jupyter/"))
    config = json.loads((panel.LIVE / "jupyter_server_config.json").read_text())
    assert config["ServerApp"]["jpserver_extensions"] == {"checker.live": True}


def test_the_lock_names_no_place_and_checks_every_package() -> None:
    lock = json.loads((panel.SOURCES / "package-lock.json").read_text())
    packages = [one for name, one in lock["packages"].items() if name]
    assert len(packages) > 100
    assert [one for one in packages if "resolved" in one or "integrity" not in one] == []


def test_text_is_never_read_as_markup() -> None:
    for source in (panel.SOURCES / "src").glob("*.ts"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write", source.read_text()
        )
