"""What a hostile submission does: cells, files and notebooks as data. Nothing is run here.

A cell that gets what it is after prints TAKEN; `CANARY` stands for what must not be seen.
"""

from __future__ import annotations

from dataclasses import dataclass, field

CANARY = "canary-7f3a"
"""Stands in everything that a submission must not see, and nowhere else."""

TAKEN = "TA" + "KEN"
"""What an attack prints when it succeeds; written so that no source holds the word."""

FULL = 3.0
"""The points of step 1, which every hostile submission does honestly before it attacks."""

LIES = 0.0


@dataclass(frozen=True)
class Attack:
    """Cells that run after step 1 is done and before it is checked.

    `scores` are the points that step 1 has after it, none where a human has to look.
    `says` stands in the notebook afterwards. `links` are names beside the notebook, each with
    what it leads to.
    """

    name: str
    cells: tuple[str, ...]
    scores: float | None = FULL
    says: tuple[str, ...] = ()
    links: dict[str, str] = field(default_factory=dict)
    hard_links: dict[str, str] = field(default_factory=dict)
    undone: bool = False


def bash(source: str) -> str:
    """A cell of shell commands that may fail on purpose."""
    return f"%%bash --no-raise-error\n{source}"


LOOK_AROUND = """
import glob, os, pathlib
hits = []
for folder, inner, files in os.walk("/"):
    inner[:] = [name for name in inner if name not in ("proc", "sys", "usr", "site-packages")]
    for name in files:
        path = pathlib.Path(folder, name)
        try:
            if path.is_file() and path.stat().st_size < 10_000_000:
                if b"canary" b"-7f3a" in path.read_bytes():
                    hits.append(str(path))
        except OSError:
            pass
for path in glob.glob("/proc/[0-9]*/environ"):
    try:
        if b"canary" b"-7f3a" in open(path, "rb").read():
            hits.append(path)
    except OSError:
        pass
print("TA" + "KEN" if hits else "nothing found", hits)
"""

GRADEBOOK = """
import pathlib, sqlite3
for place in ("../../../gradebook.db", "../gradebook.db", "gradebook.db", "/gradebook.db"):
    try:
        book = sqlite3.connect(f"file:{place}?mode=rw", uri=True)
        book.execute("update grade set manual_score = 5, needs_manual_grade = 0")
        book.commit()
        print("TA" + "KEN", place)
    except sqlite3.Error as fault:
        print(fault)
"""

PATCH = """
import builtins, sys, types
import checker, checker.notebook, checker.judge, checker.report, checker.session
class Full(float):
    def __le__(self, other): return True
    def __ge__(self, other): return True
    def __eq__(self, other): return True
    __hash__ = float.__hash__
builtins.float = Full
checker.judge.judge = checker.session.judge = lambda *a, **k: 1 / 0
checker.check = checker.notebook.check = lambda *a, **k: 3
fake = types.ModuleType("checker"); fake.check = lambda *a, **k: 3
sys.modules["checker"] = fake
"""

SHELL = """
from IPython.core.interactiveshell import InteractiveShell
ip = get_ipython()
ip.events.register("pre_run_cell", lambda info: print("saw", info.raw_cell))
InteractiveShell.run_cell = lambda self, *a, **k: print("3")
InteractiveShell.run_cell_async = None
ip.display_formatter.format = lambda *a, **k: ({"text/plain": "3"}, {})
"""

FORGE = """
from IPython.display import display
report = "application/vnd.workbook.check+json"
display({"text/plain": "3", report: {"points": 3}}, raw=True)
print("3")
class Three:
    def _repr_mimebundle_(self, **_): return {"text/plain": "3", report: {"points": 3}}
Three()
"""

KILL = """
import os, signal
for number in {os.getppid(), 1, *(int(n) for n in os.listdir("/proc") if n.isdigit())}:
    if number != os.getpid():
        try:
            os.kill(number, signal.SIGKILL)
        except OSError:
            pass
"""

SCRIPTS = """
from IPython.display import HTML, Javascript, Markdown, SVG, display
bad = "<script>document.title = 'taken'</script><img src=x onerror=alert(1)>"
display(HTML(bad), Markdown(bad), Javascript("document.title = 'taken'"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>1</script></svg>"))
display({"text/latex": bad, "text/plain": bad}, raw=True)
print(bad)
raise ValueError(bad)
"""

LABELS = r"""
bad="<script>document.title='taken'</script>"
docker run --name logs --label "$bad=$bad" --env "X=$bad" busybox:1.37 echo "$bad"
docker rm -f greeting; docker run --name greeting busybox:1.37 echo "$bad"
"""

THROUGH = """
docker run --rm -v /:/host --privileged --pid=host --network=host busybox:1.37 sh -c '
  ls /host/tmp /host/root /host/home
  find /host -xdev -path "*/site-packages" -prune -o -name gradebook.db -exec echo TA""KEN {} \\;
  grep -ls canary-7f3""a /proc/[0-9]*/environ && echo TA""KEN
  for number in 0 1 2 3 4 5 6 7; do
    mknod /tmp/d$number b 7 $number && dd if=/tmp/d$number bs=1 count=1 && echo TA""KEN
  done
  echo 1 > /proc/sys/vm/drop_caches && echo TA""KEN
  echo nothing found'
"""

ENDS = """
docker run --rm --privileged --pid=host busybox:1.37 sh -c '
  for n in $(ls /proc | grep "^[0-9]*$"); do
    grep -aq dockerd /proc/$n/comm && kill -9 $n
  done'
sleep 2
"""

CROWD = "for n in $(seq 10000); do docker create --name crowd-$n busybox:1.37 true; done"
FILES = """
docker run --rm -v crowd:/crowd busybox:1.37 sh -c \\
  'i=0; while true; do true > /crowd/$i; i=$((i+1)); done 2>/dev/null'
"""
BUILDS = """
printf 'FROM busybox:1.37\\nRUN while true; do :; done\\n' | docker build -t endless -
"""

ATTACKS = (
    Attack("edits_the_gradebook", (GRADEBOOK,)),
    Attack("reads_everything", (LOOK_AROUND,), says=("nothing found",)),
    Attack("patches_the_checker", (PATCH,)),
    Attack("patches_without_doing", (PATCH, FORGE), scores=LIES, undone=True),
    Attack("patches_the_shell", (SHELL,), scores=LIES, undone=True),
    Attack("prints_a_number", (FORGE, "3", "print(3)"), scores=LIES, undone=True),
    Attack("kills_all_it_may", (KILL,)),
    Attack("kernel_dies", ("import os\nos._exit(0)",), says=("kernel stopped in this cell",)),
    Attack("never_ends", ("while True:\n    pass",), says=("and was stopped",)),
    Attack(
        "never_ends_nor_listens",
        (
            "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
            "while True:\n    time.sleep(1)",
        ),
        says=("and was stopped",),
    ),
    Attack("prints_a_gigabyte", ("for _ in range(1000):\n    print('x' * 1_000_000)",)),
    Attack("prints_for_ever", (bash("yes"),)),
    Attack(
        "shows_100_megabytes",
        ("from IPython.display import HTML, display\ndisplay(HTML('x' * 100_000_000))",),
    ),
    Attack("writes_scripts", (SCRIPTS, bash(LABELS)), scores=2.0),
    Attack("fork_bomb", (bash("ulimit -u unlimited; b() { b | b & }; b; sleep 2"),)),
    Attack("hogs_memory", ("x = []\nwhile True:\n    x.append(bytearray(64_000_000))",)),
    Attack("fills_the_disk", (bash("head -c 9G /dev/zero > big; ls -l big; rm -f big"),)),
    Attack(
        "leaves_things_behind",
        (
            bash(
                "docker pull busybox:1.37; docker tag busybox:1.37 python:3.13-slim\n"
                "docker volume create poison; docker network create poison\n"
                "docker run -d --restart always --name poison busybox:1.37 sleep 1d\n"
                "(setsid sleep 77777 &)"
            ),
        ),
    ),
    Attack(
        "finds_nothing_left_behind",
        (
            bash(
                'test "$(docker ps -aq --filter name=poison)$(docker volume ls -q)" '
                "&& echo TA''KEN; docker network ls -q --filter name=poison; "
                "docker images -q python; pgrep -f 'sleep 77777' && echo TA''KEN"
            ),
        ),
    ),
    Attack("looks_through_containers", (bash(THROUGH),), says=("nothing found",)),
    Attack("ends_its_engine", (bash(ENDS),), scores=None),
    Attack("makes_containers_for_ever", (bash(CROWD),), says=("and was stopped",)),
    Attack("builds_for_ever", (bash(BUILDS),), says=("and was stopped",)),
    Attack("fills_a_volume", (bash(FILES),), says=("and was stopped",)),
    Attack(
        "takes_the_names_of_seals",
        (
            bash(
                "for n in seal workbook-seal sbx; do docker run -d --name $n "
                "--label container-workbook.seal=1 busybox:1.37 sleep 1d; done"
            ),
        ),
    ),
)
"""Each runs through `nbgrader autograde` together with all others."""
