"""Remove what an engine leaves in network and mounts when it stops; it starts and stops nothing."""

import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil

from checker.machine import run
from checker.machine.state import Before, Place

IP_FORWARD = Path("/proc/sys/net/ipv4/ip_forward")
FAMILIES = ("iptables", "ip6tables")
TABLES = ("filter", "nat", "raw")
OWN_CHAIN = r"DOCKER(-[A-Z0-9-]+)?"
OWN_BRIDGE = r"docker0|br-[0-9a-f]{12}"


def before() -> Before:
    """Look at what an engine will change in the network."""
    return Before(
        interfaces=tuple(sorted(psutil.net_if_addrs())),
        ip_forward=IP_FORWARD.read_text().strip() if IP_FORWARD.exists() else "",
        forward_policy={family: policy(rules(family, "filter")) for family in FAMILIES},
    )


def rules(family: str, table: str) -> str:
    """List the rules of a packet filter's table; none where there is no such filter."""
    command = (f"{family}-save", "-t", table)
    return run.text(command) if run.succeeds(command) else ""


def policy(saved: str) -> str:
    """Tell what happens to packets that pass through and meet no rule."""
    found = re.search(r"(?m)^:FORWARD (\w+)", saved)
    return found.group(1) if found else "ACCEPT"


def undo_rules(saved: str) -> Iterator[list[str]]:
    """Give the commands that remove an engine's rules and chains, and nobody else's."""
    jump = rf" -[jg] {OWN_CHAIN}\b"
    bridge = rf" -[io] ({OWN_BRIDGE})\b"
    added = re.findall(r"(?m)^-A (\S+)(.*)$", saved)
    for chain, rule in added:
        own = re.fullmatch(OWN_CHAIN, chain)
        if not own and (re.search(jump, rule) or re.search(bridge, rule)):
            yield ["-D", chain, *shlex.split(rule)]
    chains = [
        chain for chain in re.findall(r"(?m)^:(\S+)", saved) if re.fullmatch(OWN_CHAIN, chain)
    ]
    yield from (["-F", chain] for chain in chains)
    yield from (["-X", chain] for chain in chains)


def remove_rules(family: str, was: Mapping[str, str]) -> None:
    """Take an engine's rules out of one packet filter."""
    for table in TABLES:
        for command in undo_rules(rules(family, table)):
            run.succeeds((family, "-t", table, *command))
    run.succeeds((family, "-P", "FORWARD", was.get(family, "ACCEPT")))


def remove_bridges(was: Before) -> None:
    """Remove the bridges that an engine made."""
    for name in sorted(set(psutil.net_if_addrs()) - set(was.interfaces)):
        if re.fullmatch(OWN_BRIDGE, name):
            run.succeeds(("ip", "link", "delete", name))


def remove_mounts(*folders: Path) -> None:
    """Unmount what is mounted below these folders, the deepest first."""
    mounted = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    points = [Path(line.split()[1].replace("\\040", " ")) for line in mounted]
    for point in sorted(points, key=lambda path: len(path.parts), reverse=True):
        if any(point.is_relative_to(folder) for folder in folders):
            run.succeeds(("umount", "--lazy", str(point)))


def remove_groups() -> None:
    """Remove the empty control groups that containers were in."""
    for top in Path("/sys/fs/cgroup").glob("**/docker"):
        for folder in (*sorted(top.rglob("*"), reverse=True), top):
            if folder.is_dir():
                run.succeeds(("rmdir", str(folder)))


def remove(place: Place, was: Before) -> None:
    """Leave the machine as it was before the engine."""
    remove_mounts(place.home, place.run)
    for family in FAMILIES:
        remove_rules(family, was.forward_policy)
    remove_bridges(was)
    if was.ip_forward:
        IP_FORWARD.write_text(was.ip_forward)
    remove_groups()
