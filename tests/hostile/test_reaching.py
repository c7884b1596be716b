"""What no submission reached was within reach, and it is as it was."""

from __future__ import annotations

import json

import pytest

from tests.hostile.attacks import CANARY
from tests.hostile.handing import LIMITS, handed_in, scored
from tests.hostile.reaching import DOWNLOADS
from tests.hostile.world import World, fetched, holds
from tests.live.nbgraded import Course
from tests.live.sealed import outer
from tests.live.submissions import NAME

pytestmark = pytest.mark.timeout(900)


def test_a_link_that_was_brought_leads_nowhere_and_changes_nothing(
    course: Course, told: str
) -> None:
    place = course.folder / "autograded" / "brings_links" / NAME
    kept = {path.name: path for path in place.iterdir()}

    assert set(kept) >= {f"{NAME}.ipynb", "roster.txt"}
    assert not set(kept) & {"secret.txt", "solutions", "home", "loop"}
    assert kept["roster.txt"].stat().st_nlink == 1
    assert (course.folder / "roster.txt").read_text() == "everybody"


def test_what_no_submission_reached_was_within_reach(
    course: Course, told: str, around: World, volume: str
) -> None:
    services = [around.here, around.beyond] if around.beyond else [around.here]
    for service in services:
        assert service.lines()[1:] == [], "a submission has asked"
        assert CANARY in fetched(f"{service.at[-1]}/control")
        assert service.lines()[1:] == ["/control"]
    assert volume in outer("volume", "ls", "--quiet").split()


def test_the_mirror_holds_what_it_held(
    course: Course, told: str, mirror: str, held: tuple[str, str]
) -> None:
    assert '"1.37"' in held[0]
    assert "poison" not in held[0]
    assert holds(mirror) == held


@pytest.fixture(scope="module")
def downloaded(course: Course, around: World) -> str:
    """What autograde said of the download for ever, from a server that the instructor allows."""
    if not around.beyond:
        pytest.skip("this user may make no network of its own")
    index = around.beyond.at[0].removesuffix(":80")
    handed_in(course, DOWNLOADS, {"@INDEX@": index})
    network = ("--SealedExecute.network=packages", f"--SealedExecute.packages={index}")
    return course.nbgrader("autograde", NAME, f"--student={DOWNLOADS.name}", *LIMITS, *network)


def test_a_download_for_ever_ends_with_its_cell(
    course: Course, downloaded: str, around: World
) -> None:
    outputs = json.dumps([cell.get("outputs", []) for cell in course.graded(DOWNLOADS.name).cells])

    assert scored(course, DOWNLOADS.name) == DOWNLOADS.scores, downloaded
    assert all(words in outputs for words in DOWNLOADS.says), outputs[:5000]
    assert around.beyond
    assert around.beyond.ends_with("/endless", "/endless ended")
