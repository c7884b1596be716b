"""Lesson 9: publishing an image, and getting exactly that one back."""

import re

from checker import answer, container, file, image, lesson, once, registry, step, volume
from checker.claim import Claim, Failed, Unknown, Verdict, held_if, over
from checker.model import Evidence
from checker.words.text import quoted

BUSYBOX, REGISTRY, PORT = "busybox:1.37", "registry:2", 5009
HERE = f"localhost:{PORT}"
REPORT = f"{HERE}/iris/report"

shelf, box, kept = registry("shelf"), container("shelf"), volume("shelf-data")
first, second = shelf.tag("iris/report", "1.0"), shelf.tag("iris/report", "1.1")
current = shelf.tag("iris/report", "current")
proof, early, late = container("proof"), container("early"), container("late")
dockerfile, card = file("card/Dockerfile"), container("card")


def begins_from_digest() -> Claim:
    """The last FROM of the Dockerfile names the digest that the tag 1.0 points to."""

    def look(evidence: Evidence) -> Verdict:
        text, there = dockerfile.find(evidence.now), first.find(evidence.now)
        if text is None:
            return dockerfile.absence(evidence.now)
        if there is None:
            return Unknown(f"{first.key} must be there to compare")
        bases = re.findall(r"(?im)^\s*FROM\s+(?:--\S+\s+)*(\S+)", text.text or "")
        if not bases:
            return Failed("it has no line that begins with FROM")
        right = bases[-1].partition("@")[2] in there.digests
        return held_if(right, found=f"it begins FROM {quoted(bases[-1])}")

    return over(
        dockerfile,
        f"begins FROM the digest of {first.key}",
        look,
        hint=f"FROM {REPORT}@sha256:…, all 64 digits; a Dockerfile takes no variable of yours.",
        also=(first,),
    )


OWN_DIGEST = "an image that is built anew has another digest"

LESSON = lesson(
    "How do I publish an image, and get exactly that one back?",
    step(
        "Run a registry of your own",
        box.is_running(),
        box.runs(REGISTRY),
        box.publishes(5000, to=PORT, on="127.0.0.1"),
        box.mounts(kept, at="/var/lib/registry"),
        box.on(5000).get("/v2/").answers(200),
        hints=(
            "A registry is a server in a container, as Jupyter was in lesson 3.",
            "It takes -d, --name, -p with an address, -v with a volume's name; no command.",
            "docker run -d --name shelf -p 127.0.0.1:5009:5000 "
            "-v shelf-data:/var/lib/registry registry:2",
        ),
    ),
    step(
        "Publish an image",
        shelf.has("iris/report", tag="1.0"),
        answer("pushed").is_digest_of(first),
        hints=(
            "The error of a push names the address that it tried: the first part of the name.",
            "docker build -t WHOLE-NAME report, then docker push WHOLE-NAME; "
            "the push prints the digest in the line with digest:.",
            f"docker build -t {REPORT}:1.0 report, then docker push {REPORT}:1.0, "
            'then pushed = "sha256:…"',
        ),
        on_evidence=OWN_DIGEST,
    ),
    step(
        "Get exactly that image back",
        once(image(f"{REPORT}:1.0", "build").was_removed()),
        proof.is_pinned_to(first),
        proof.logs("accuracy 0.95"),
        hints=(
            "docker images shows whether the name is still on your machine.",
            "docker rmi takes the name with its tag; docker run takes NAME@DIGEST, without a tag.",
            f"docker rmi {REPORT}:1.0, then docker run --name proof {REPORT}@sha256:…",
        ),
        on_evidence=OWN_DIGEST,
    ),
    step(
        "Move a tag",
        early.runs(f"{REPORT}:current"),
        early.logs("accuracy 0.95"),
        shelf.has("iris/report", tag="1.1"),
        current.points_where(second),
        current.points_elsewhere_than(first),
        late.runs(f"{REPORT}:current"),
        late.logs("accuracy 0.97"),
        hints=(
            "Two names for one image are two docker tag, and each is pushed by itself.",
            "Tag, push, run early; only then edit the file, build as 1.1, tag it current again, "
            "push both names, run late.",
            f"docker pull {REPORT}:1.0, docker tag {REPORT}:1.0 {REPORT}:current, "
            f"docker push {REPORT}:current, docker run --name early {REPORT}:current; "
            "edit report/result.txt; "
            f"docker build -t {REPORT}:1.1 -t {REPORT}:current report, docker push {REPORT}:1.1, "
            f"docker push {REPORT}:current, docker run --name late {REPORT}:current",
        ),
    ),
    step(
        "Build on exactly that image",
        begins_from_digest(),
        card.runs("iris/card:1"),
        card.logs("cited: accuracy 0.95"),
        hints=(
            "docker inspect proof shows under Config.Image the name that proof was made from.",
            "A Dockerfile takes NAME@DIGEST after FROM, as docker run does.",
            f"FROM {REPORT}@sha256:… in card/Dockerfile, then docker build -t iris/card:1 card, "
            "then docker run --name card iris/card:1",
        ),
        on_evidence=OWN_DIGEST,
    ),
    minutes=45,
    images=(BUSYBOX, REGISTRY),
    ports=(PORT,),
    examples=(
        container("sample"),
        *(image(f"{HERE}/demo/tools:{tag}") for tag in ("1", "latest")),
        image(f"{REPORT}:1.1"),
    ),
)
