"""Run notebook cells in a shell of their own: `cells.py IN OUT`; part of the tests' harness.

IN holds JSON: `cells` to run in order, and `answers` to keep; OUT gets the answers as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from checker.notebook import _plain


def main(source: str, target: str) -> int:
    """Run the cells, also those after a failing one; the exit code is 1 when one failed."""
    task = json.loads(Path(source).read_text())
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "NoColor"
    shell: Any = InteractiveShell.instance(config=config)
    failed = [cell for cell in task["cells"] if not shell.run_cell(cell).success]
    there = {name: _plain(shell.user_ns[name]) for name in task["answers"] if name in shell.user_ns}
    Path(target).write_text(json.dumps(there))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
