"""What a linter of Dockerfiles calls a fault and is none. It reads the file and asks no linter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Instruction:
    """An instruction on one line, with the numbers of its first line and its stage, from 1."""

    line: int
    stage: int
    text: str


Reason = Callable[[Instruction, Sequence[Instruction]], bool]

_INSTALL = re.compile(r"\bpip[\d.]*\s(?:-\S+\s+)*install\s")
_CACHE_MOUNT = re.compile(r"--mount=\S*type=cache\S*(?:\.cache|PIP_CACHE_DIR)")
_SWEPT = re.compile(r"\brm\s+-\w*r\w*\s[^&;|]*\.cache\b|\bpip[\d.]*\s+cache\s+purge\b")
_FROM = re.compile(r"(?:--\S+\s+)*(?P<image>\S+)(?:\s+AS\s+(?P<name>\S+))?", re.IGNORECASE)
_COPIED = re.compile(r"--from=(\S+)")


def is_no_fault(rule: str, line: int, text: str) -> bool:
    """Whether what the rule says is untrue of this line of a Dockerfile, or harms nobody."""
    every = tuple(instructions(text))
    here = [one for one in every if one.line <= line]
    return bool(here) and any(holds(here[-1], every) for holds in _REASONS.get(rule, ()))


def instructions(text: str) -> Iterator[Instruction]:
    """The instructions of a Dockerfile, continued lines joined, without comments."""
    begun, parts, stage = 0, [], 0
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        begun = begun or number
        parts.append(bare.removesuffix("\\").strip())
        if not bare.endswith("\\"):
            whole = " ".join(parts)
            stage += whole.upper().startswith("FROM ")
            yield Instruction(begun, stage, whole)
            begun, parts = 0, []


def _is_health_check(one: Instruction, _: Sequence[Instruction]) -> bool:
    """A health check may use a shell: Docker's own examples do, and no argument gets lost."""
    return one.text.upper().startswith("HEALTHCHECK")


def _keeps_no_cache(one: Instruction, _: Sequence[Instruction]) -> bool:
    """Each pip has the option; pip also takes its beginning, `--no-cache`."""
    installs = _installs(one)
    return bool(installs) and all("--no-cache" in part for part in installs)


def _sweeps_cache(one: Instruction, _: Sequence[Instruction]) -> bool:
    """The same instruction removes the cache after the last pip."""
    starts = [found.start() for found in _INSTALL.finditer(one.text)]
    return bool(starts and _SWEPT.search(one.text[starts[-1] :]))


def _mounts_cache(one: Instruction, _: Sequence[Instruction]) -> bool:
    """The cache lies on a mount, so no layer keeps it."""
    return bool(_CACHE_MOUNT.search(one.text))


def _has_no_cache(one: Instruction, every: Sequence[Instruction]) -> bool:
    """The stage turned the cache off before; pip takes any value for that, `off` as well."""
    before = takewhile(lambda other: other is not one, every)
    return any(
        other.stage == one.stage and re.match(r"(?i)(ARG|ENV)\s.*PIP_NO_CACHE_DIR", other.text)
        for other in before
    )


def _is_left_behind(one: Instruction, every: Sequence[Instruction]) -> bool:
    """The stage is not the last one, and none begins with it: its layers are in no image."""
    stages = [_stage(other) for other in every if _begins(other)]
    _, name = stages[one.stage - 1] if stages and one.stage else ("", "")
    later = [image for image, _ in stages[one.stage :]]
    return bool(one.stage and later) and (not name or name not in later)


def _installs_what_is_here(one: Instruction, _: Sequence[Instruction]) -> bool:
    """What pip installs lies in the build context, which has no version but itself."""
    words = [word.strip("'\"") for part in _installs(one) for word in _behind(part)]
    return bool(words) and all(word.startswith((".", "/")) for word in words)


def _names_a_stage(one: Instruction, every: Sequence[Instruction]) -> bool:
    """A stage is meant: Docker does not mind capitals, and what a variable holds is not known."""
    copied = _COPIED.search(one.text)
    meant = copied[1].lower() if copied else _stage(one)[0]
    names = {_stage(other)[1] for other in every if _begins(other) and other.stage < one.stage}
    return "$" in meant or (bool(meant) and meant in names)


def _begins(one: Instruction) -> bool:
    return one.text.upper().startswith("FROM ")


def _stage(one: Instruction) -> tuple[str, str]:
    """The image that a stage begins with and the stage's name, both in small letters."""
    found = _FROM.fullmatch(one.text[len("FROM ") :].strip()) if _begins(one) else None
    return (found["image"].lower(), (found["name"] or "").lower()) if found else ("", "")


def _installs(one: Instruction) -> list[str]:
    """The parts of an instruction that install with pip."""
    return [part for part in re.split(r"&&|\|\||;", one.text) if _INSTALL.search(part)]


def _behind(part: str) -> list[str]:
    """The words behind `pip install` that are no options."""
    words = _INSTALL.split(part, maxsplit=1)[1].split()
    return [word for word in words if not word.startswith("-")]


_REASONS: Mapping[str, tuple[Reason, ...]] = MappingProxyType(
    {
        "DL3002": (_is_left_behind,),
        "DL3006": (_names_a_stage,),
        "DL3009": (_is_left_behind,),
        "DL3013": (_installs_what_is_here,),
        "DL3015": (_is_left_behind,),
        "DL3022": (_names_a_stage,),
        "DL3025": (_is_health_check,),
        "DL3042": (_keeps_no_cache, _sweeps_cache, _mounts_cache, _has_no_cache, _is_left_behind),
    }
)
