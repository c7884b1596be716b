"""Run the live tests of one lesson: `python -m tests.live.run 02_containers [STEP [WORDS]]`."""

from __future__ import annotations

import sys

import pytest

from checker import course

FILES = [f"tests/live/test_{name}.py" for name in ("reference", "nothing", "answers")]


def main(arguments: list[str]) -> int:
    """Run pytest on what the arguments name; its exit code."""
    if not 1 <= len(arguments) <= 3:
        print(__doc__)
        return 2
    name, *more = arguments
    step = [f"step_{more[0]}"] if more else []
    words = [course.folder_of(name), *step, *" ".join(more[1:]).split()]
    return int(pytest.main([*FILES, "-q", "--no-header", f"-k={' and '.join(words)}"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
