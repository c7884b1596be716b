"""What the linter calls a fault and is none, and what resembles it and is one."""

from __future__ import annotations

import pytest

from checker.observe.fairness import Instruction, instructions, is_no_fault

BUILDER = "FROM a:1 AS Build\n{}\nFROM b:1\nCOPY --from=build /venv /venv"

NO_FAULTS = [
    ("DL3025", 1, "HEALTHCHECK CMD true || exit 1"),
    ("DL3042", 1, "RUN pip install --no-cache a==1 && pip3 install --no-cache-dir b==1"),
    ("DL3042", 1, "RUN pip install a==1 \\\n  # once\n  && rm -rf /root/.cache/pip"),
    ("DL3042", 1, "RUN pip install a==1 && pip cache purge"),
    ("DL3042", 1, "RUN --mount=type=cache,target=/root/.cache pip install a==1"),
    ("DL3042", 1, "RUN --mount=type=cache,target=${PIP_CACHE_DIR} pip install a==1"),
    ("DL3042", 3, "FROM a:1\nARG PIP_NO_CACHE_DIR=off\nRUN pip install a==1"),
    ("DL3042", 2, BUILDER.format("RUN pip install a==1")),
    ("DL3002", 2, BUILDER.format("USER root")),
    ("DL3009", 2, BUILDER.format("RUN apt-get update")),
    ("DL3015", 2, BUILDER.format("RUN apt-get install gcc")),
    ("DL3013", 1, 'RUN pip install ".[extra]"'),
    ("DL3013", 1, "RUN pip install --no-deps ./one.whl /two"),
    ("DL3022", 3, "FROM a:1 AS Build\nFROM b:1\nCOPY --from=build x y"),
    ("DL3022", 2, "FROM a:1\nCOPY --from=${STAGE} x y"),
    ("DL3006", 2, "FROM a:1 AS Base\nFROM base"),
]

FAULTS = [
    ("DL3025", 1, "CMD python a.py"),
    ("DL3042", 1, "RUN pip install a==1"),
    ("DL3042", 1, "RUN pip install --no-cache-dir a==1 && pip install b==1"),
    ("DL3042", 1, "RUN rm -rf /root/.cache && pip install a==1"),
    ("DL3042", 1, "RUN pip install a==1 && rm -rf /var/lib/apt/lists"),
    ("DL3042", 1, "RUN --mount=type=cache,target=/var/cache/apt pip install a==1"),
    ("DL3042", 1, "RUN pip install a==1\nENV PIP_NO_CACHE_DIR=1"),
    ("DL3042", 4, "FROM a:1\nENV PIP_NO_CACHE_DIR=1\nFROM b:1\nRUN pip install a==1"),
    ("DL3042", 2, "FROM a:1 AS build\nRUN pip install a==1\nFROM build"),
    ("DL3042", 2, "# RUN pip install --no-cache-dir\nRUN pip install a==1"),
    ("DL3042", 1, "pip install a==1"),
    ("DL3002", 2, "FROM a:1\nUSER root"),
    ("DL3002", 2, "FROM a:1 AS base\nUSER root\nFROM base AS end"),
    ("DL3013", 1, "RUN pip install . flask"),
    ("DL3013", 1, "RUN pip install"),
    ("DL3022", 2, "FROM a:1\nCOPY --from=b x y"),
    ("DL3022", 2, "FROM a:1 AS me\nCOPY --from=me x y"),
    ("DL3006", 1, "FROM base"),
    ("DL3007", 1, "FROM a:latest"),
    ("DL3042", 1, ""),
]


@pytest.mark.parametrize(("rule", "line", "text"), NO_FAULTS)
def test_no_fault(rule: str, line: int, text: str) -> None:
    assert is_no_fault(rule, line, text)


@pytest.mark.parametrize(("rule", "line", "text"), FAULTS)
def test_a_fault_stays_one(rule: str, line: int, text: str) -> None:
    assert not is_no_fault(rule, line, text)


def test_instructions_are_joined_and_know_their_stage() -> None:
    text = "ARG A\n\nFROM a:1\nRUN one && \\\n    # why\n    two\nfrom b:1"

    assert tuple(instructions(text)) == (
        Instruction(1, 0, "ARG A"),
        Instruction(3, 1, "FROM a:1"),
        Instruction(4, 1, "RUN one && two"),
        Instruction(7, 2, "from b:1"),
    )
