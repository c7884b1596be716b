"""Lesson 1: where images come from, and what is in one."""

from checker import image, lesson, step

python, busybox = image("python:3.13-slim"), image("busybox:1.37")

LESSON = lesson(
    "Where do images come from, and what is in one?",
    step(
        "Pull two images",
        python.is_there(),
        busybox.is_there(),
        hints=("Look.", "docker pull.", "docker pull python:3.13-slim"),
    ),
    minutes=25,
    images=("python:3.13-slim", "busybox:1.37"),
)
