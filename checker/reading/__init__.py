"""The engine's JSON as values; differences between engines are settled here. It asks nothing."""

from checker.reading.containers import container, log, ports, relative, throttled
from checker.reading.images import image
from checker.reading.others import TELLING, event, machine, network, volume
from checker.reading.times import moment

__all__ = [
    "TELLING",
    "container",
    "event",
    "image",
    "log",
    "machine",
    "moment",
    "network",
    "ports",
    "relative",
    "throttled",
    "volume",
]
