"""Have all there that seals are made from, or with --remove nothing of it."""

import sys

from checker.grading.seal import SealTrouble, Settings, prepare, remove
from checker.machine import run

if __name__ == "__main__":
    try:
        if sys.argv[1:] == ["--remove"]:
            remove(Settings())
        else:
            prepare(Settings())
    except SealTrouble as trouble:
        run.note(f"✗ {trouble}")
        sys.exit(1)
