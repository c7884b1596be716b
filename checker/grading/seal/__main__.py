"""`python -m checker.grading.seal`: have all there that seals are made from."""

import sys

from checker.grading.seal import SealTrouble, Settings, prepare
from checker.machine import run

if __name__ == "__main__":
    try:
        prepare(Settings())
    except SealTrouble as trouble:
        run.note(f"✗ {trouble}")
        sys.exit(1)
