"""What `make start` does about an engine, for each kind of computer."""

import pytest

from checker.machine.choice import Deed, Found, choose

AGAIN = "then make start again."
TABLE = [
    ("an engine that answers is used", Found(answers=True), Deed.USE),
    (
        "an engine that answers is used on a Mac",
        Found(system="Darwin", answers=True),
        Deed.USE,
    ),
    (
        "a bare Debian gets an engine",
        Found(has_packages=True, may_become_root=True),
        Deed.INSTALL,
    ),
    (
        "an engine that is installed and does not run is started without systemd",
        Found(has_dockerd=True, may_become_root=True),
        Deed.START,
    ),
    (
        "an engine that the workbook installed is started",
        Found(has_dockerd=True, dockerd_is_ours=True, has_systemd=True, may_become_root=True),
        Deed.START,
    ),
    (
        "the user's own service is for the user to start",
        Found(has_dockerd=True, has_systemd=True, may_become_root=True),
        "Docker is installed and does not run; start it: sudo systemctl start docker, " + AGAIN,
    ),
    (
        "a named engine that is down is not replaced",
        Found(named="tcp://lab:2375", has_packages=True, may_become_root=True),
        "No engine answers at tcp://lab:2375, which DOCKER_HOST or the Docker context names; "
        "start that engine, or unset the name, " + AGAIN,
    ),
    (
        "a socket of another group is named",
        Found(trouble="permission", named="unix:///var/run/docker.sock"),
        "Your user may not use the engine at unix:///var/run/docker.sock; type: "
        'sudo usermod -aG docker "$USER", log out and in, ' + AGAIN,
    ),
    (
        "an engine that hangs is not replaced",
        Found(
            trouble="timeout",
            named="unix:///var/run/docker.sock",
            has_dockerd=True,
            may_become_root=True,
        ),
        "The engine at unix:///var/run/docker.sock is there and does not answer; restart it, "
        + AGAIN,
    ),
    (
        "without root or sudo an administrator is asked",
        Found(has_packages=True),
        "No Docker engine runs, and starting one needs root or sudo, which this user lacks; "
        "ask an administrator to install and start Docker.",
    ),
    (
        "an unknown distribution installs with its own tools",
        Found(may_become_root=True),
        "No Docker engine is here, and the workbook knows no packages for this distribution; "
        "install and start Docker with your own tools, " + AGAIN,
    ),
    (
        "a Mac needs an application",
        Found(system="Darwin"),
        "No Docker engine runs on this Mac; install and start Docker Desktop or Colima, " + AGAIN,
    ),
    (
        "Windows needs an application",
        Found(system="Windows"),
        "No Docker engine runs on this computer; install and start Docker Desktop with WSL 2, "
        "then make start inside WSL.",
    ),
    (
        "other systems are told which ones do",
        Found(system="FreeBSD"),
        "Docker does not run on FreeBSD; use Linux, macOS or Windows.",
    ),
]


@pytest.mark.parametrize(
    ("found", "expected"), [row[1:] for row in TABLE], ids=[r[0] for r in TABLE]
)
def test_the_choice(found: Found, expected: Deed | str) -> None:
    assert choose(found) == expected
