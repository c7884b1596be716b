"""Lesson 11: containers that find each other by name on networks, and those that do not."""

import csv
import json

from checker import answer, container, file, image, lesson, network, now, once, step
from checker.claim import Failed, Unknown, Verdict, held_if, over
from checker.model import Container, Evidence, File
from checker.words.network import where
from checker.words.text import listed, quoted, shown

PYTHON, SERVER = "python:3.13-slim", "sentiment:1"

reviews, vault, tryout = network("reviews"), network("vault"), network("tryout")
sentiment, client, scorer = container("sentiment"), container("client"), container("scorer")
guest, analyst, probe = container("guest"), container("analyst"), container("probe")
compound, scores = answer("compound"), file("scores.csv")
SENTENCE = "The%20staff%20was%20friendly%2C%20but%20the%20room%20was%20tiny%20and%20loud."
told = sentiment.on(8000, by=sentiment).get(f"/score?text={SENTENCE}")

MEANS = {
    "Alder House": "-0.075",
    "Beacon Inn": "0.099",
    "Cedar Lodge": "0.331",
    "Dune Hotel": "-0.140",
    "Elm Court": "0.246",
    "Ferry House": "-0.006",
    "Garden Hotel": "0.401",
    "Harbour View": "0.357",
    "Ivy Lodge": "-0.285",
    "Juniper Inn": "0.100",
    "Kiln Hotel": "-0.041",
    "Lantern House": "0.262",
}
"""What vaderSentiment 3.3.2 makes of reviews.csv, on every machine."""


def same_as_told(evidence: Evidence) -> Verdict:
    """The answer is the number that the server itself gives for the sentence."""
    given, reply = compound.find(evidence.now), told.find(evidence.now)
    if given is None:
        return compound.absence(evidence.now)
    if reply is None or reply.status != 200:
        return Unknown(f"{sentiment.key} must answer first")
    value = json.loads(given.json)
    said = value[-1] if isinstance(value, list) and value else value
    return held_if(_number(said) == _number(reply.body), found=f"it is {quoted(given.json)}")


def _number(text: object) -> float | None:
    """A number as it is, or in the text that a server or a command printed."""
    try:
        read = json.loads(text) if isinstance(text, str) else text
        return float(read["compound"] if isinstance(read, dict) else read)  # type: ignore[arg-type]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def has_the_means(one: File) -> Verdict:
    """Each hotel with its 250 sentences, and their mean."""
    rows = [row for row in csv.reader((one.text or "").splitlines()) if len(row) == 3]
    there = {hotel: (count, mean) for hotel, count, mean in rows if hotel != "hotel"}
    if absent := [hotel for hotel in MEANS if hotel not in there]:
        return Failed(f"it has no line for {listed(absent[:3])}")
    wrong = [hotel for hotel, mean in MEANS.items() if there[hotel] != ("250", mean)]
    which = f"; {shown(wrong[0])} has {' and '.join(map(shown, there[wrong[0]]))}" if wrong else ""
    return held_if(not wrong, found=f"{len(wrong)} of its lines are not right{which}")


def is_there_alone(box: Container) -> Verdict:
    """On that one network, and on no other."""
    return held_if(box.networks == (vault.name,), found=where(box))


LESSON = lesson(
    "How do two containers find each other?",
    step(
        "Put a server on a network of its own",
        reviews.is_there(),
        sentiment.is_running(),
        sentiment.runs(SERVER),
        sentiment.is_on(reviews),
        sentiment.publishes_nothing(),
        sentiment.on(8000, by=sentiment).get("/health").answers(200),
        hints=(
            "docker network ls shows the networks, docker network inspect who is on one.",
            "First docker network create, then docker run with --network and without -p.",
            "docker network create reviews, then docker run -d --name sentiment "
            "--network reviews sentiment:1",
        ),
    ),
    step(
        "Ask by name",
        client.is_running(),
        client.runs(PYTHON),
        reviews.connects(sentiment, client),
        sentiment.on(8000, by=client).get("/health").answers(200),
        over(compound, "is the score that the server gives", same_as_told, also=(told,)).hinting(
            "docker exec client python /ask.py http://sentiment:8000/score with the sentence "
            "in quotation marks prints it; the number goes into the variable compound."
        ),
        hints=(
            "The worked example asks from shop-door; who shares a network knows the names on it.",
            "docker run --network and a command that stays, then docker exec and ask.py.",
            'docker run -d --name client --network reviews -v "$PWD/ask.py":/ask.py:ro '
            "python:3.13-slim sleep infinity, then docker exec client python /ask.py "
            "http://sentiment:8000/score 'The staff was friendly, "
            "but the room was tiny and loud.'",
        ),
    ),
    step(
        "Let a job work through a table",
        scorer.runs(PYTHON),
        scorer.is_on(reviews),
        scorer.exited_with(0),
        sentiment.logs("scored 100 sentences").hinting(
            "The job asks this very container: where sentiment was made anew, run scorer anew too."
        ),
        now(scores, "holds the mean of each hotel", has_the_means).hinting(
            "score.py writes it beside itself: the folder has to be mounted at /work, without :ro."
        ),
        hints=(
            "docker logs scorer tells which address it asked.",
            "The job needs three things: the network, the folder at /work, "
            "and the variable SENTIMENT.",
            'docker run --name scorer --network reviews --user "$(id -u):$(id -g)" '
            '-v "$PWD":/work -e SENTIMENT=http://sentiment:8000 python:3.13-slim '
            "python /work/score.py",
        ),
    ),
    step(
        "Let a guest in, and out again",
        guest.is_running(),
        once(guest.is_on(reviews)),
        guest.is_not_on(reviews),
        sentiment.on(8000, by=guest).get("/health").is_cut_off(),
        hints=(
            "docker inspect -f '{{json .NetworkSettings.Networks}}' guest shows where it is.",
            "docker network connect and docker network disconnect: network first, then container.",
            "docker run -d --name guest python:3.13-slim sleep infinity, "
            "docker network connect reviews guest, docker network disconnect reviews guest",
        ),
    ),
    step(
        "A network without a way out",
        vault.is_internal(),
        vault.connects(sentiment, analyst),
        now(analyst, "is on network vault alone", is_there_alone, also=(vault,)).hinting(
            "A container that starts without --network is on the network bridge, too."
        ),
        sentiment.is_on(reviews),
        sentiment.on(8000, by=analyst).get("/health").answers(200),
        hints=(
            "A container can be on two networks; sentiment is to be on reviews and on vault.",
            "docker network create has an option --internal.",
            "docker network create --internal vault, docker network connect vault sentiment, "
            "docker run -d --name analyst --network vault python:3.13-slim sleep infinity",
        ),
    ),
    step(
        "Remove a network",
        once(probe.is_on(tryout)),
        probe.was_removed(),
        tryout.was_removed(),
        reviews.is_there(),
        hints=(
            "docker network inspect tryout shows who is still on it.",
            "First docker rm -f for the container, then docker network rm for the network.",
            "docker network create tryout, docker run -d --name probe --network tryout "
            "python:3.13-slim sleep 60, docker rm -f probe, docker network rm tryout",
        ),
    ),
    minutes=55,
    packages=True,
    images=(PYTHON,),
    examples=(
        image(SERVER),
        *(container(name) for name in ("shop", "shop-door", "lodger")),
        *(network(name) for name in ("street", "attic")),
    ),
)
