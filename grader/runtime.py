"""What runc is told about the namespace that a learner's engine lives in. It starts nothing."""

from __future__ import annotations

import platform
from typing import Any

FIRST_ID = 100_000
"""The owner, outside, of what belongs to root inside."""

IDS = 65_536

# fmt: off
CAPABILITIES = [
    "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID",
    "SETPCAP", "LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW",
    "IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT",
    "SYS_ADMIN", "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD",
    "LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP", "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG",
    "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF", "CHECKPOINT_RESTORE",
]
# fmt: on
"""All of them, and none outside the namespace: there they are worth nothing."""

# fmt: off
DENIED = [
    "kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module",
    "io_uring_setup", "io_uring_enter", "io_uring_register", "userfaultfd", "perf_event_open",
    "open_by_handle_at", "bpf", "iopl", "ioperm", "acct", "swapon", "swapoff", "reboot",
    "settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "lookup_dcookie", "quotactl",
    "fanotify_init",
]
# fmt: on
"""System calls that no lesson needs and that have been ways into the kernel."""

ARCHITECTURES = {
    "x86_64": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"],
    "aarch64": ["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"],
}

PATH = "/opt/workbook/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

Mount = dict[str, Any]


def mount(kind: str, at: str, *options: str) -> Mount:
    """One mount that the namespace makes of its own."""
    return {"destination": at, "type": kind, "source": kind, "options": list(options)}


def bound(source: str, at: str) -> Mount:
    """One path of outside, read-only inside."""
    return {"destination": at, "type": "bind", "source": source, "options": ["bind", "ro"]}


def mounts() -> list[Mount]:
    """What every Linux container has."""
    shut = ("nosuid", "noexec", "nodev")
    return [
        mount("proc", "/proc"),
        mount("tmpfs", "/dev", "nosuid", "strictatime", "mode=755", "size=65536k"),
        mount("devpts", "/dev/pts", "nosuid", "noexec", "newinstance", "ptmxmode=0666"),
        mount("tmpfs", "/dev/shm", *shut, "mode=1777", "size=64m"),  # noqa: S108 (inside)
        mount("mqueue", "/dev/mqueue", *shut),
        mount("sysfs", "/sys", *shut),
        mount("cgroup", "/sys/fs/cgroup", *shut, "relatime"),
        mount("tmpfs", "/run", "nosuid", "nodev", "mode=755", "size=256m"),
    ]


def config(
    root: str, arguments: list[str], binds: list[Mount], memory: int, processes: int
) -> dict[str, Any]:
    """The whole of runc's config.json."""
    held = [f"CAP_{name}" for name in CAPABILITIES]
    kinds = ("bounding", "effective", "permitted", "inheritable")
    owner = [{"containerID": 0, "hostID": FIRST_ID, "size": IDS}]
    spaces = ("pid", "ipc", "uts", "mount", "user", "network", "cgroup")
    program = ["/usr/bin/tini", "-s", "--", "/opt/seal/start-engine", *arguments]
    return {
        "ociVersion": "1.0.2",
        "process": {
            "terminal": False,
            "user": {"uid": 0, "gid": 0},
            "args": program,
            "env": [f"PATH={PATH}", "HOME=/root", "LANG=C.UTF-8"],
            "cwd": "/",
            "capabilities": dict.fromkeys(kinds, held),
            "noNewPrivileges": False,
        },
        "root": {"path": root, "readonly": False},
        "hostname": "seal",
        "mounts": [*mounts(), *binds],
        "linux": {
            "uidMappings": owner,
            "gidMappings": owner,
            "namespaces": [{"type": name} for name in spaces],
            "cgroupsPath": "/inside",
            "resources": {
                "devices": [{"allow": False, "access": "rwm"}],
                "memory": {"limit": memory, "swap": memory},
                "pids": {"limit": processes},
            },
            "maskedPaths": [],
            "readonlyPaths": [],
            "seccomp": {
                "defaultAction": "SCMP_ACT_ALLOW",
                "architectures": ARCHITECTURES.get(platform.machine(), []),
                "syscalls": [{"names": DENIED, "action": "SCMP_ACT_ERRNO", "errnoRet": 1}],
            },
        },
    }
