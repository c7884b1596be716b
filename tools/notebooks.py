"""Make solution notebooks and exercises from the lessons' texts, or tell which are not current."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from checker import course
from checker.authoring import BadSource
from checker.authoring.write import RELEASED, State, plan, remembered, write


def main() -> int:
    """Run the command; 0 when everything is current, 1 when something is stale or refused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lessons", nargs="*", help="folders such as 01_images; all by default")
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if a file is stale")
    asked = parser.parse_args()
    root, failed = course.root(), False
    for folder in asked.lessons or course.folders():
        try:
            files = plan(folder, root)
        except (BadSource, OSError) as fault:
            print(f"✗ {fault}", file=sys.stderr)
            failed = True
            continue
        if not asked.check:
            write(files, root)
        elif not remembered(files, root):
            print(f"✗ {RELEASED} is not current; run make exercises")
            failed = True
        stale = {State.STALE, State.EDITED} if asked.check else {State.EDITED}
        failed = failed or bool({one.state for one in files} & stale)
        for one in files:
            if sentence := one.sentence(checking=asked.check):
                print(sentence)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
