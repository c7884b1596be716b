"""A workbook of its own to start JupyterLab in; it knows nothing about browsers."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from checker.authoring import release
from tests.live.cases import ROOT

COPIED = ("checker", "mirror", "nbgrader_config.py", "pyproject.toml")
IN_PAGE = {"LabApp": {"expose_app_in_browser": True}}
ADDRESS = re.compile(r"http://\S+")


@dataclass(frozen=True)
class Place:
    """A copy of the workbook, in which the program behind `make start` does its work."""

    folder: Path
    environ: Mapping[str, str] = field(default_factory=dict)

    def fill(self, *lessons: str) -> None:
        """Have the program, and these lessons as learners and instructors get them."""
        for name in COPIED:
            source, target = ROOT / name, self.folder / name
            copy = shutil.copytree if source.is_dir() else shutil.copy2
            copy(source, target)
        for lesson in lessons:
            shutil.copytree(ROOT / "solutions" / lesson, self.folder / "solutions" / lesson)
            self._hand_out(lesson)
        config = self.folder / ".workbook" / "jupyter" / "config"
        config.mkdir(parents=True)
        (config / "jupyter_lab_config.json").write_text(json.dumps(IN_PAGE))

    def _hand_out(self, lesson: str) -> None:
        for name, content in release(lesson).items():
            path = self.folder / "exercises" / lesson / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def start(self, *, instructor: bool = False) -> str:
        """Start JupyterLab as `make start` does, and give the address that it prints."""
        said = self._machine("start", "--no-browser", *(["--instructor"] if instructor else []))
        if not (address := ADDRESS.search(said)):
            raise AssertionError(f"no address was printed:\n{said}")
        return address[0]

    def stop(self) -> None:
        """Stop JupyterLab as `make stop` does."""
        self._machine("stop")

    def _machine(self, *arguments: str) -> str:
        done = subprocess.run(
            (sys.executable, "-m", "checker.machine", *arguments),
            cwd=self.folder,
            env={**os.environ, **self.environ, "NO_COLOR": "1", "COLUMNS": "200"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"{' '.join(arguments)} stopped:\n{done.stdout}")
        return done.stdout
