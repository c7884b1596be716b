"""What the course mirror is to hold, read from `mirror/images.toml`; it knows no engine."""

import hashlib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RECIPES = Path(__file__).resolve().parents[2] / "mirror"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseImage:
    """One image of the course: its names on the hub, and the recipe of its stand-in."""

    names: tuple[str, ...]
    title: str
    recipe: str
    lessons: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name that is pulled from the hub."""
        return self.names[0]

    @property
    def folder(self) -> Path:
        """Where the recipe of the stand-in is."""
        return RECIPES / "recipes" / self.recipe


@cache
def images() -> tuple[CourseImage, ...]:
    """List the course's images in the order of `mirror/images.toml`."""
    listed = tomllib.loads((RECIPES / "images.toml").read_text(encoding="utf-8"))
    return tuple(image(entry) for entry in listed["image"])


def image(entry: dict[str, object]) -> CourseImage:
    """Read one entry, or say what is wrong with it."""
    match entry:
        case {"names": [_, *_] as names, "title": str(title), "recipe": str(recipe), **rest}:
            lessons = rest.get("lessons", ())
            if isinstance(lessons, list | tuple):
                return CourseImage(
                    names=tuple(map(str, names)),
                    title=title,
                    recipe=recipe,
                    lessons=tuple(map(str, lessons)),
                )
    raise ValueError(f"mirror/images.toml: {entry} needs names, title, recipe and lessons")


def of_lesson(lesson: str) -> tuple[CourseImage, ...]:
    """List the images that a lesson pulls or builds from."""
    return tuple(image for image in images() if lesson in image.lessons)


def repository(name: str) -> str:
    """Give the repository of a hub name: `python:3.13-slim` is in `library/python`."""
    path = name.partition(":")[0]
    return path if "/" in path else f"library/{path}"


def tag(name: str) -> str:
    """Give the tag of a hub name."""
    return name.partition(":")[2] or "latest"


def at(address: str, name: str) -> str:
    """Give the name that an image has in the registry at this address."""
    return f"{address}/{repository(name)}:{tag(name)}"


def parents(image: CourseImage) -> tuple[CourseImage, ...]:
    """List the course images that a recipe builds from."""
    dockerfile = (image.folder / "Dockerfile").read_text(encoding="utf-8")
    wanted = set(re.findall(r"^FROM\s+(\S+)", dockerfile, re.MULTILINE | re.IGNORECASE))
    return tuple(other for other in images() if wanted & set(other.names))


def fingerprint(image: CourseImage) -> str:
    """Name the recipe of an image: a change in it or in a parent's recipe changes the name."""
    seen = hashlib.sha256(image.title.encode())
    for path in sorted(path for path in image.folder.rglob("*") if path.is_file()):
        seen.update(f"\0{path.relative_to(image.folder)}\0".encode() + path.read_bytes())
    for parent in parents(image):
        seen.update(fingerprint(parent).encode())
    return seen.hexdigest()[:16]


def with_parents(wanted: Iterable[CourseImage]) -> tuple[CourseImage, ...]:
    """Add the images that others build from, parents first."""
    found: dict[CourseImage, None] = {}
    for image in wanted:
        found.update(dict.fromkeys((*with_parents(parents(image)), image)))
    return tuple(found)
