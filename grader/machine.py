"""The parts of a seal that Linux gives: disk, control groups, network. It starts no engine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from runtime import FIRST_ID, Mount, bound

CGROUPS = Path("/sys/fs/cgroup")
DISK = Path("/m")
SEED = Path("/seed")
OUR_END, THEIR_END = "198.18.255.1", "198.18.255.2"
"""A range that is kept for measurements, so that nobody's network is in it."""

LEARNER = 1000
BOTH = ("bind,rw", "rw")
DELEGATED = (".", "cgroup.procs", "tasks", "cgroup.subtree_control", "cgroup.threads",
             "cgroup.clone_children")  # fmt: skip


class Trouble(Exception):
    """The seal cannot be made here; `kind` is that of the instructor's `SealTrouble`."""

    def __init__(self, kind: str, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind


def do(*command: str, refused: str = "") -> str:
    """Run a short command; its first line is the reason where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["it said nothing"]
        raise Trouble("refused", f"{refused or command[0]} failed: {lines[0]}")
    return done.stdout


def owned(*paths: Path) -> None:
    """Give paths to root of inside."""
    for path in paths:
        os.chown(path, FIRST_ID, FIRST_ID)


def writable_system() -> None:
    """Make the views of the kernel writable that the engine mounted for reading."""
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        at, kind = line.split()[4], line.partition(" - ")[2].split()[0]
        # The flag of the mount and, for /sys, that of the file system behind it.
        for flags in {"cgroup": ("bind,rw",), "cgroup2": ("bind,rw",), "sysfs": BOTH}.get(kind, ()):
            remount = ("mount", "-o", f"remount,{flags}", at)
            subprocess.run(remount, check=False, stderr=subprocess.DEVNULL)
    if (CGROUPS / "cgroup.controllers").exists():
        leave_the_top_group()


def leave_the_top_group() -> None:
    """On version 2 a group with processes cannot pass controllers on: move them to a leaf."""
    leaf = CGROUPS / "init"
    leaf.mkdir(exist_ok=True)
    for number in (CGROUPS / "cgroup.procs").read_text().split():
        (leaf / "cgroup.procs").write_text(number)
    pass_controllers(CGROUPS)


def pass_controllers(group: Path) -> None:
    """Let the groups below have all controllers that this one has."""
    for name in (group / "cgroup.controllers").read_text().split():
        (group / "cgroup.subtree_control").write_text(f"+{name}")


def make_disk(size: str) -> None:
    """Mount the one place that the learner can write to: a file of this size, or memory."""
    kind, _, amount = size.partition(":")
    if kind == "memory":
        do("mount", "-t", "tmpfs", "-o", f"size={amount},nosuid,nodev,mode=755", "tmpfs", str(DISK))
    else:
        image = "/disk/image"
        Path(image).touch()
        os.truncate(image, size_of(amount))
        wanted = "lazy_itable_init=1,nodiscard,root_owner=0:0"
        do("mke2fs", "-q", "-t", "ext4", "-O", "^has_journal", "-E", wanted, "-m", "0", image)
        device = loop(image)
        do("mount", "-t", "ext4", "-o", "noatime,nosuid,nodev", device, str(DISK))
        do("losetup", "--detach", device)  # it goes with the last mount
    for name in ("up", "work", "data", "root"):
        (DISK / name).mkdir()
    owned(DISK / "up", DISK / "data")


def size_of(text: str) -> int:
    """Bytes, from words such as 4G."""
    units = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
    unit = units.get(text[-1:].lower())
    return int(text[:-1]) * unit if unit else int(text)


def loop(image: str) -> str:
    """A loop device with this file in it; several seals may be asking at once."""
    for _ in range(50):
        device = do("losetup", "--find", refused="a loop device").split()[0]
        if not Path(device).exists():
            number = int(device.removeprefix("/dev/loop"))
            os.mknod(device, 0o600 | 0o060000, os.makedev(7, number))
        taken = subprocess.run(("losetup", device, image), check=False, capture_output=True)
        if not taken.returncode:
            return device
    raise Trouble("refused", "No loop device is free.")


def make_root() -> None:
    """Lay the learner's file system over the image's, and the engine's data into it."""
    layers = f"lowerdir=/inside,upperdir={DISK}/up,workdir={DISK}/work"
    do("mount", "-t", "overlay", "overlay", "-o", layers, str(DISK / "root"))
    do("mount", "--rbind", str(DISK / "data"), str(DISK / "root/var/lib/docker"))


def make_home(folder: str, proxy: str) -> None:
    """Give the learner a working folder; and where there is a package gate, tell builds of it."""
    home = DISK / "root/home/learner"
    made = [home / folder]
    made[0].mkdir()
    if proxy:
        building = home / ".docker/building"
        building.mkdir(parents=True)
        through = {"httpProxy": proxy, "httpsProxy": proxy, "noProxy": "localhost,127.0.0.1"}
        (building / "config.json").write_text(json.dumps({"proxies": {"default": through}}))
        made += [home / ".docker", building, building / "config.json"]
    for path in made:
        os.chown(path, FIRST_ID + LEARNER, FIRST_ID + LEARNER)


def primed_layers() -> list[Mount]:
    """Layers that a pull will find to be there: what describes them copied, contents bound."""
    if not (SEED / "meta").is_dir():
        return []
    shutil.rmtree(DISK / "data")
    do("cp", "-a", f"{SEED}/meta", str(DISK / "data"))
    found = []
    for layer in sorted((SEED / "layers").iterdir()):
        contents = DISK / "data/overlay2" / layer.name / "diff"
        contents.mkdir(parents=True, exist_ok=True)
        owned(contents)
        inside = f"/var/lib/docker/overlay2/{layer.name}/diff"
        found.append(bound(str(layer / "diff"), inside))
    return found


def keep_layers() -> int:
    """Keep what an engine has pulled, for the seals to come: how many layers.

    The list of images is left out, so that an engine with these layers has no image yet.
    """
    data, meta = DISK / "data", SEED / "meta.new"
    for layer in (data / "overlay2").iterdir():
        if (layer / "diff").is_dir():
            (SEED / "layers" / layer.name).mkdir(parents=True, exist_ok=True)
            do("cp", "-a", str(layer / "diff"), str(SEED / "layers" / layer.name))
            shutil.rmtree(layer / "diff")
    do("cp", "-a", str(data), str(meta))
    shutil.rmtree(meta / "image/overlay2/imagedb", ignore_errors=True)
    (meta / "image/overlay2/repositories.json").unlink(missing_ok=True)
    meta.rename(SEED / "meta")
    return len(list((SEED / "layers").iterdir()))


def delegate_groups(inside: int) -> None:
    """Let the seal's engine make groups below its own; the limits of its own stay ours."""
    for line in Path(f"/proc/{inside}/cgroup").read_text().splitlines():
        _, controller, path = line.split(":", 2)
        group = group_of(controller, Path(path).name)
        for name in DELEGATED if group.is_dir() else ():
            if (group / name).exists():
                owned(group / name)
        if not controller and group.parent == CGROUPS and (group / "cgroup.controllers").exists():
            start_in_a_leaf(group, inside)


def group_of(controller: str, name: str) -> Path:
    """Where a control group is: version 2 has one tree, version 1 one for each controller."""
    if controller:
        return CGROUPS / controller.removeprefix("name=") / name
    alone = CGROUPS / name
    return alone if alone.is_dir() else CGROUPS / "unified" / name


def start_in_a_leaf(group: Path, inside: int) -> None:
    """Put the first process inside into a group below, so that there can be others beside it."""
    leaf = group / "init"
    leaf.mkdir(exist_ok=True)
    owned(leaf, leaf / "cgroup.procs", leaf / "cgroup.threads")
    (leaf / "cgroup.procs").write_text(str(inside))
    pass_controllers(group)


def met_memory_limit() -> bool:
    """Whether the kernel has ended something inside because it took too much memory."""
    for note in ("memory/inside/memory.oom_control", "inside/memory.events"):
        if (CGROUPS / note).is_file():
            counts = dict(line.split() for line in (CGROUPS / note).read_text().splitlines())
            return int(counts.get("oom_kill", 0)) > 0
    return False


def make_network(inside: int, ports: Iterable[int]) -> None:
    """A wire to the gate and to nothing else; the filter is out of the learner's reach."""
    enter = ("nsenter", "--target", str(inside), "--net")
    do(*enter, "ip", "link", "set", "lo", "up")
    if not ports:
        return
    wire = ("type", "veth", "peer", "name", "eth0", "netns", str(inside))
    do("ip", "link", "add", "seal0", *wire)
    do("ip", "address", "add", f"{OUR_END}/30", "dev", "seal0")
    filter_all(ports)
    do("ip", "link", "set", "seal0", "up")
    do(*enter, "ip", "address", "add", f"{THEIR_END}/30", "dev", "eth0")
    do(*enter, "ip", "link", "set", "eth0", "up")
    do(*enter, "ip", "route", "add", "default", "via", OUR_END)


def filter_all(ports: Iterable[int]) -> None:
    """Refuse everything that comes over the wire, but for the gate's ports."""
    Path("/proc/sys/net/ipv6/conf/seal0/disable_ipv6").write_text("1")
    Path("/proc/sys/net/ipv4/ip_forward").write_text("1")  # so that a refusal is told at once
    for chain in ("INPUT", "FORWARD"):
        do("iptables", "--append", chain, "--in-interface", "seal0", "--jump", "REJECT")
    for port in ports:
        do(*["iptables", "--insert", "INPUT", "--in-interface", "seal0", "--protocol", "tcp"],
           "--destination", OUR_END, "--dport", str(port), "--jump", "ACCEPT")  # fmt: skip


def say(**told: object) -> None:
    """Tell the instructor's side one thing; nobody inside can write here."""
    sys.stdout.write(f"{json.dumps(told)}\n")
    sys.stdout.flush()
