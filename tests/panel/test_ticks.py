"""Ticks appear by themselves, what is lost says why, and the score is the notebook's."""

from __future__ import annotations

import subprocess

from playwright.sync_api import expect

from checker import lessons
from tests.browser.desk import Desk
from tests.live.bench import Bench
from tests.live.relay import Relay
from tests.panel.conftest import LESSON
from tests.panel.sidebar import Sidebar

GREETING = "docker run --name greeting busybox:1.37 echo hello from a container"
RUNS = "container greeting runs image busybox:1.37"
LISTENS = """() => {
  const session = window.jupyterapp.shell.currentWidget?.content?.session;
  return session?.connectionStatus === 'connected';
}"""
ENDED = "container greeting exited with code 0"


def docker(*words: str) -> None:
    """One docker command, from another program."""
    subprocess.run(["docker", *words], check=True, capture_output=True)


def greet() -> None:
    docker(*GREETING.split()[1:])


def test_the_panel_shows_the_lesson_of_the_open_notebook(sidebar: Sidebar) -> None:
    steps = lessons.find(LESSON).steps

    expect(sidebar.node.locator("details")).to_have_count(len(steps))
    expect(sidebar.step(1)).to_have_attribute("open", "")
    expect(sidebar.step(2)).not_to_have_attribute("open", "")
    expect(sidebar.claim(RUNS)).to_contain_text("✗ Not yet")
    expect(sidebar.claim(RUNS)).to_contain_text("no container is named greeting")
    expect(sidebar.claim(ENDED)).to_contain_text("– Later")
    expect(sidebar.node.locator(".cwp-lessons li")).to_have_count(len(lessons.names()))
    expect(sidebar.node.get_by_text("Ticks here are feedback.")).to_be_visible()


def test_a_cell_ticks(desk: Desk, sidebar: Sidebar) -> None:
    desk.types("run", f"%%bash\n{GREETING}")
    desk.runs("run")

    for claim in lessons.find(LESSON).step(1).claims:
        sidebar.ticks(claim.sentence)
    expect(sidebar.step(1).locator("summary")).to_contain_text("✓ Done Step 1")
    expect(sidebar.step(2)).to_have_attribute("open", "")
    expect(sidebar.status).to_contain_text(f"Done: {ENDED}.")


def test_the_terminal_ticks(desk: Desk, sidebar: Sidebar) -> None:
    desk.does("terminal:create-new")
    desk.page.wait_for_function(LISTENS)
    desk.page.locator(".jp-Terminal .xterm-helper-textarea").last.focus()
    desk.page.keyboard.type(f"{GREETING}\n")

    sidebar.ticks(RUNS)
    desk.does("application:close")


def test_another_program_ticks(sidebar: Sidebar) -> None:
    greet()

    sidebar.ticks(RUNS)
    expect(sidebar.node.locator(".cwp-lessons li").nth(1)).to_contain_text("3 of 17 points, begun")


def test_a_tick_that_is_lost_says_why(sidebar: Sidebar) -> None:
    docker("create", "--name", "greeting", "busybox:1.37", "true")
    sidebar.ticks(RUNS)
    docker("rm", "greeting")

    expect(sidebar.claim(RUNS)).to_contain_text("✗ No longer")
    expect(sidebar.claim(RUNS)).to_contain_text("no container is named greeting")
    expect(sidebar.status).to_contain_text(f"No longer: {RUNS}.")


def test_a_step_that_was_done_stays_so_and_says_what_holds_now(sidebar: Sidebar) -> None:
    greet()
    sidebar.ticks(ENDED)
    docker("rm", "greeting")

    expect(sidebar.step(1).locator("summary")).to_contain_text("✓ Was done Step 1")
    expect(sidebar.claim(RUNS)).to_contain_text("✓ Was done")
    expect(sidebar.claim(RUNS)).to_contain_text("no container is named greeting")
    expect(sidebar.node.locator(".cwp-points")).to_have_text("0 of 17 points hold now, 3 held once")


def test_where_the_notebook_says_something_else_the_panel_says_so(
    desk: Desk, sidebar: Sidebar
) -> None:
    said = sidebar.step(1).locator(".cwp-scored")
    desk.does("notebook:clear-all-cell-outputs")
    expect(said).to_be_empty()
    greet()
    expect(said).to_contain_text("Not checked in the notebook yet")
    desk.runs("setup")
    desk.runs("check-1")
    expect(said).to_be_empty()
    docker("rm", "greeting")
    expect(said).to_have_text(
        "The check in the notebook says 3 of 3, and that counts until it runs again."
    )
    desk.runs("check-1")
    expect(said).to_be_empty()
    greet()
    expect(said).to_have_text(
        "The check in the notebook says 0 of 3, and that counts: "
        "run it again to score what holds now."
    )


def test_an_engine_that_is_gone_is_said_and_one_that_is_back_goes_on(
    sidebar: Sidebar, relay: Relay
) -> None:
    trouble = sidebar.node.locator(".cwp-trouble")
    greet()
    sidebar.ticks(RUNS)

    relay.cut()
    expect(trouble).to_contain_text("No Docker engine answers at")
    sidebar.node.get_by_role("button").last.scroll_into_view_if_needed()
    expect(trouble).to_be_in_viewport()
    expect(sidebar.claim(RUNS)).to_contain_text("✓ Done")
    docker("rm", "greeting")  # while nobody can look
    relay.begin()

    expect(trouble).to_have_count(0)
    expect(sidebar.claim(RUNS)).to_contain_text("no container is named greeting")
    greet()
    sidebar.ticks(RUNS)


def test_what_an_engine_says_is_text(bench: Bench, sidebar: Sidebar) -> None:
    evil = "<img src=x onerror=window.broken=1><script>window.broken=1</script><b>שלום</b>"
    docker("run", "--name", "greeting", "--label", f"a={evil}", "busybox:1.37", "echo", evil)

    expect(sidebar.claim("greeting wrote")).to_contain_text("<img src=x onerror=window.broken=1>")
    assert sidebar.node.locator("img, script, b").count() == 0
    assert sidebar.page.evaluate("() => window.broken") is None
