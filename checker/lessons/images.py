"""Lesson 1: where images come from, and what is in one."""

from checker import answer, image, lesson, step

python, debian = image("python:3.13-slim"), image("debian:trixie-slim")
busybox, hello = image("busybox:1.37"), image("hello-world:latest")
paper, spare = image("paper/python:submitted", "tag"), image("tools:old", "tag")

MOVES_ON = "yours may be another edition of the image than the grader has"

LESSON = lesson(
    "Where do images come from, and what is in one?",
    step(
        "Pull two images",
        python.is_there(),
        busybox.is_there(),
        hints=(
            "The worked example pulls an image for you; only the name is another one here.",
            "docker pull takes one image at a time: its name, a colon, its tag.",
            "docker pull python:3.13-slim, then docker pull busybox:1.37",
        ),
    ),
    step(
        "Read the parts of a name",
        answer("registry").is_("quay.io").hinting("It is what stands before the first slash."),
        answer("namespace").is_("jupyter").hinting("It stands between the first and last slash."),
        answer("repository")
        .is_("scipy-notebook")
        .hinting("It stands alone, between the last slash and the colon."),
        answer("tag").is_("2025-03-14").hinting("It is what follows the colon."),
        answer("full_name")
        .is_("docker.io/rocker/tidyverse:latest", "index.docker.io/rocker/tidyverse:latest")
        .hinting("Two parts are left out: Docker adds docker.io in front, and the tag latest."),
        answer("official")
        .is_("postgres", "library/postgres", "docker.io/library/postgres:latest")
        .hinting("An official image has nothing before its name: no person, no organisation."),
        hints=(
            "The table above takes one name apart; yours comes apart at the same marks.",
            "Split at the slashes, then at the colon. Docker fills in what is left out.",
            'registry = "quay.io", namespace = "jupyter", repository = "scipy-notebook", '
            'tag = "2025-03-14", full_name = "docker.io/rocker/tidyverse:latest", '
            'official = "postgres"',
        ),
    ),
    step(
        "Find the digest of an image",
        answer("digest").is_digest_of(python),
        hints=(
            "It is in the list of images, in a column that is hidden unless you ask for it.",
            "docker images --digests shows it; copy all of it, from sha256: to the last digit.",
            'docker images --digests python, then digest = "sha256:…" with all that it shows.',
        ),
        on_evidence=MOVES_ON,
    ),
    step(
        "Count layers, compare sizes",
        answer("layers").counts_layers_of(python),
        answer("smallest").names_smallest_of(python, debian, busybox),
        hints=(
            "The layers are listed by inspect, the sizes by docker images.",
            "Count RootFS.Layers, not the lines of history; for the sizes, read docker images.",
            'docker image inspect --format "{{len .RootFS.Layers}}" python:3.13-slim, '
            "then docker images",
        ),
        on_evidence=MOVES_ON,
    ),
    step(
        "Give an image a second name",
        python.is_also_named(paper.name),
        paper.is_there(),
        hints=(
            "Nothing is downloaded or copied: one image, two names.",
            "docker tag takes two names: the one that is there, then the new one.",
            "docker tag python:3.13-slim paper/python:submitted",
        ),
    ),
    step(
        "Remove a name, then an image",
        spare.was_removed(),
        busybox.outlives(spare),
        hello.was_removed(),
        hints=(
            "Read what docker rmi prints: Untagged is a name, Deleted is the image.",
            "First make what you are to remove: docker tag and docker pull, then docker rmi.",
            "docker tag busybox:1.37 tools:old, docker rmi tools:old, "
            "docker pull hello-world, docker rmi hello-world",
        ),
    ),
    minutes=30,
    images=("python:3.13-slim", "debian:trixie-slim", "busybox:1.37", "hello-world:latest"),
    examples=(image("thesis/base:chapter-3"),),
)
