"""What is peeked at while nothing happens, and when that leads to a look."""

from __future__ import annotations

from dataclasses import replace

from checker.model import Command, File, Output, Question, Reply, Wanted
from checker.peek import differs, is_nothing, silent
from tests.builders import a_container, a_snapshot

ASKED = Question(container="web", port=80)
WANTED = Wanted(
    containers=("web", "db"),
    volumes=("data",),
    logs=("web",),
    files=("./own.txt", "web:/inside.txt"),
    questions=(ASKED,),
)
EMPTY = a_snapshot()
STOPPED = a_snapshot(a_container("web", status="exited"))
RUNNING = a_snapshot(a_container("web"), a_container("db"))


def test_what_hangs_on_an_absent_container_is_not_peeked_at() -> None:
    assert silent(WANTED, EMPTY) == Wanted(files=("./own.txt",))


def test_a_stopped_container_has_files_and_a_log_but_no_replies() -> None:
    peeked = silent(WANTED, STOPPED)

    assert peeked.files == WANTED.files
    assert (peeked.logs, peeked.questions) == (("web",), ())


def test_a_running_container_is_asked_and_others_are_not_looked_at() -> None:
    peeked = silent(WANTED, RUNNING)

    assert peeked.questions == (ASKED,)
    assert peeked.containers == ("web",)
    assert peeked.volumes == ()


def test_a_step_of_containers_alone_needs_no_peek() -> None:
    assert is_nothing(silent(Wanted(containers=("web",), volumes=("data",)), RUNNING))


def test_a_line_more_in_a_log_is_a_difference_and_another_state_is_none() -> None:
    wanted = Wanted(containers=("web",), logs=("web",))
    before = a_snapshot(a_container("web", log="one\n"))

    assert differs(wanted, a_snapshot(a_container("web", log="one\ntwo\n")), before)
    assert not differs(wanted, a_snapshot(a_container("web", log="one\n", exit_code=1)), before)


def test_a_file_or_a_reply_that_comes_or_changes_is_a_difference() -> None:
    wanted = Wanted(files=("./own.txt",), questions=(ASKED,))
    file = File(place="./own.txt", sha256="a", size=1)
    reply = Reply(key=ASKED.key, status=200)
    both = replace(EMPTY, files=(file,), replies=(reply,))

    assert differs(wanted, both, EMPTY)
    assert not differs(wanted, both, both)
    assert differs(wanted, replace(both, files=(replace(file, sha256="b"),)), both)
    assert differs(wanted, replace(both, replies=(replace(reply, status=500),)), both)


INSIDE = Question(container="web", port=80, by="db")
READY = Command(container="db", argv=("psql",))


def test_what_is_asked_inside_is_asked_again_only_while_nobody_answers() -> None:
    wanted = Wanted(containers=("web", "db"), questions=(INSIDE,), commands=(READY,))
    silence = Reply(key=INSIDE.key, failure="no server answers")
    deaf = replace(RUNNING, replies=(silence,), outputs=(Output(key=READY.key, code=2),))
    heard = replace(
        RUNNING,
        replies=(Reply(key=INSIDE.key, status=200),),
        outputs=(Output(key=READY.key, text="1"),),
    )
    cut = replace(RUNNING, replies=(replace(silence, cut_off=True),))

    again = silent(wanted, deaf)
    assert (again.questions, again.commands) == ((INSIDE,), (READY,))
    assert set(again.containers) == {"web", "db"}
    assert is_nothing(silent(wanted, heard))
    assert is_nothing(silent(wanted, cut))
    assert differs(again, heard, deaf)
