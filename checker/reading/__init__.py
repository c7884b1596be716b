"""The engine's JSON as values; differences between engines are settled here. It asks nothing."""

from checker.reading.containers import container, log, ports, relative
from checker.reading.images import image
from checker.reading.others import TELLING, event, network, volume
from checker.reading.times import moment

__all__ = [
    "TELLING",
    "container",
    "event",
    "image",
    "log",
    "moment",
    "network",
    "ports",
    "relative",
    "volume",
]
