"""The course mirror: a registry that holds the course's images; it knows nothing about claims."""

from checker import engine
from checker.machine.docker import Docker
from checker.machine.trouble import Trouble
from checker.mirror import hub, registry
from checker.mirror.classroom import down, holds, how_to_set, is_asked, lend, serve, settings
from checker.mirror.filling import fill, held
from checker.mirror.manifest import CourseImage, images, of_lesson
from checker.mirror.program import ADDRESS
from checker.mirror.registry import Held

__all__ = [
    "ADDRESS",
    "CourseImage",
    "Held",
    "down",
    "fill",
    "held",
    "holds",
    "how_to_set",
    "hub_reachable",
    "images",
    "is_asked",
    "is_complete",
    "lend",
    "of_lesson",
    "reachable",
    "serve",
    "settings",
]


def reachable(address: str = ADDRESS, timeout: float = 1.0) -> bool:
    """Tell whether the course mirror answers."""
    return registry.answers(address, timeout)


def hub_reachable(host: str = "", timeout: float = 3.0) -> bool:
    """Tell whether the hub of the engine at `host`, or of the engine at hand, answers."""
    try:
        return hub.reachable(Docker(host or engine.find().host), timeout)
    except (Trouble, engine.EngineTrouble):
        return False


def is_complete(lesson: str = "") -> bool:
    """Tell whether the mirror holds the images of a lesson, or of the whole course."""
    wanted = of_lesson(lesson) if lesson else images()
    there = {look.name for look in held()} if reachable() else set()
    return there.issuperset(name for image in wanted for name in image.names)
