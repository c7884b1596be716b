"""A private engine for one submission, and the learner's kernel in it. It judges nothing."""

from checker.grading.seal.making import open_seal, prepare, remove
from checker.grading.seal.seal import Seal
from checker.grading.seal.values import CellRun, Kind, Limits, Network, SealTrouble, Settings

__all__ = [
    "CellRun",
    "Kind",
    "Limits",
    "Network",
    "Seal",
    "SealTrouble",
    "Settings",
    "open_seal",
    "prepare",
    "remove",
]
