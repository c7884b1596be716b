"""Make seals, and what they are made from; remove both. It looks into none."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock

from checker.grading.seal import grader, launch, outside, reach, reaper, seed
from checker.grading.seal.outside import Outside
from checker.grading.seal.seal import Seal
from checker.grading.seal.values import SealTrouble, Settings
from checker.machine.run import ROOT
from checker.machine.run import note as run_note


def prepare(settings: Settings) -> None:
    """Have all there that seals are made from; the first time it takes a minute or two.

    Whoever asks meanwhile waits: layers that are half there would be taken for all.
    """
    outer = outside.at(settings.host)
    (ROOT / ".workbook").mkdir(exist_ok=True)
    with FileLock(ROOT / ".workbook" / "seals.lock"):
        grader.ensure(outer)
        if settings.network == "none" or seed.volume(outer):
            return
        reach.mirror(outer, settings)
        try:
            seed.prime(outer, settings)
        except SealTrouble as trouble:
            run_note(f"Seals will pull whole images, which takes longer: {trouble}")


def remove(settings: Settings) -> None:
    """Remove what killed runs left, the image and the kept layers."""
    outer = outside.at(settings.host)
    reaper.reap(outer)
    grader.forget_others(outer, "")
    seed.forget(outer)


@contextmanager
def open_seal(settings: Settings, *, run: str) -> Iterator[Seal]:
    """A seal for one submission; `run` names the grading run in its labels."""
    outer = outside.at(settings.host)
    seal = started(outer, settings, run, loops=outer.docker.host not in _NO_LOOPS)
    try:
        yield seal
    finally:
        seal.close()


_NO_LOOPS: set[str] = set()
"""The engines whose machines lend no loop devices: there the learner's disk is in memory."""


def started(outer: Outside, settings: Settings, run: str, *, loops: bool) -> Seal:
    """A seal that is ready; a second try, with its disk in memory, where there are no loops."""
    name = f"workbook-seal-{secrets.token_hex(6)}"
    image, layers = grader.ensure(outer), seed.volume(outer)
    mirror = reach.mirror(outer, settings)
    command = launch.words(settings, name, run, image, seed=layers, mirror=mirror, loops=loops)
    seal = Seal(settings, outer, name, command)
    try:
        seal.wait_until_ready()
    except SealTrouble as trouble:
        seal.close()
        if not (loops and "loop" in str(trouble)):
            raise
        _NO_LOOPS.add(outer.docker.host)
        return started(outer, settings, run, loops=False)
    except BaseException:
        seal.close()
        raise
    return seal
