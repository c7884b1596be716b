"""Amounts of memory and of cores as Docker takes them and as sentences show them."""

from __future__ import annotations

MIB = 1024**2
_UNITS = {"b": 1, "k": 1024, "m": MIB, "g": 1024**3}


def bytes_of(limit: str) -> int:
    """An amount as `docker run -m` takes it: `64m`, `2g`."""
    unit = limit[-1:].lower()
    return int(limit[:-1]) * _UNITS[unit] if unit in _UNITS else int(limit)


def mebibytes(amount: int) -> str:
    """Bytes as `docker stats` shows them, in steps of 1024."""
    size, unit = (amount / 1024**3, "GiB") if amount >= 1024**3 else (amount / MIB, "MiB")
    return f"{size:.4g} {unit}"


def cores(amount: float) -> str:
    """Cores in prose: `0.5 of a core`, `1 core`, `2.5 cores`."""
    shown = f"{amount:.4g}"
    if amount < 1:
        return f"{shown} of a core"
    return f"{shown} core" if shown == "1" else f"{shown} cores"
