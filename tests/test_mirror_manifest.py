"""What the course mirror is to hold, and how its names and recipes are read."""

import shutil
from pathlib import Path

import pytest

from checker.mirror import manifest

IMAGES = manifest.images()


def named(name: str) -> manifest.CourseImage:
    """Find a course image by its name."""
    return next(image for image in IMAGES if name in image.names)


@pytest.mark.parametrize("image", IMAGES, ids=lambda image: image.name)
def test_each_image_has_a_recipe_and_a_pinned_name(image: manifest.CourseImage) -> None:
    assert (image.folder / "Dockerfile").is_file()
    assert all(":" in name for name in image.names)


def test_each_recipe_belongs_to_an_image() -> None:
    folders = {path.name for path in (manifest.RECIPES / "recipes").iterdir()}

    assert folders == {image.recipe for image in IMAGES}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("python:3.13-slim", "127.0.0.1:5001/library/python:3.13-slim"),
        ("jupyter/minimal-notebook:latest", "127.0.0.1:5001/jupyter/minimal-notebook:latest"),
        ("hello-world", "127.0.0.1:5001/library/hello-world:latest"),
    ],
)
def test_a_hub_name_has_a_place_in_the_mirror(name: str, expected: str) -> None:
    assert manifest.at("127.0.0.1:5001", name) == expected


def test_parents_come_first() -> None:
    family = manifest.with_parents((named("jupyter/minimal-notebook:latest"),))

    assert [image.recipe for image in family] == ["debian", "python", "minimal-notebook"]


def test_a_lesson_names_its_images() -> None:
    assert named("postgres:17") in manifest.of_lesson("04_volumes")
    assert manifest.of_lesson("99_nothing") == ()


def test_a_change_in_a_parents_recipe_changes_the_childs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(manifest.RECIPES, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(manifest, "RECIPES", tmp_path)
    child, other = named("python:3.13-slim"), named("debian:trixie-slim")
    before = manifest.fingerprint(child)

    (other.folder / "docker-clean").write_text("changed")

    assert manifest.fingerprint(child) != before


def test_an_entry_without_a_recipe_is_refused() -> None:
    with pytest.raises(ValueError, match="needs names, title, recipe and lessons"):
        manifest.image({"names": ["x:1"], "title": "X"})
