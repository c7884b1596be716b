"""Lesson 10: how much of the machine a container may take, and what happens when it wants more."""

from checker import answer, container, lesson, step, together
from checker.claim import Claim, Verdict, held_if, over
from checker.model import Evidence
from checker.words.group import MACHINE
from checker.words.text import shown

PYTHON, BUSYBOX = "python:3.13-slim", "busybox:1.37"

tenant, hungry, fed = container("tenant"), container("hungry"), container("fed")
mill, loader, seen = container("mill"), container("loader"), answer("cores_seen")
bees = tuple(container(f"bee-{number}") for number in range(1, 6))
swarm = together(*bees)


def counts_the_machine() -> Claim:
    """What Python counts in a container is the machine's cores, whatever the limit."""

    def look(evidence: Evidence) -> Verdict:
        given, machine = seen.find(evidence.now), MACHINE.find(evidence.now)
        if given is None:
            return seen.absence(evidence.now)
        if machine is None:
            return MACHINE.absence(evidence.now)
        right = given.json.strip('"[] ') == str(machine.cores)
        return held_if(right, found=f"it is {shown(given.json)}")

    hint = "docker exec mill python -c 'import os; print(os.cpu_count())' prints it."
    return over(seen, "is what Python counts in the container", look, hint=hint, also=(MACHINE,))


OWN_MACHINE = "the computer that grades may have other processors and memory"

LESSON = lesson(
    "How do I stop one job from eating the machine?",
    step(
        "Set limits",
        tenant.runs(PYTHON),
        tenant.is_running(),
        tenant.has_memory_limit("128m"),
        tenant.has_cpu_limit(0.5),
        hints=(
            "docker stats --no-stream tenant shows the limit of memory beside its use.",
            "docker run -m AMOUNT --cpus NUMBER, both before the image; m stands for megabytes.",
            "docker run -d --name tenant -m 128m --cpus 0.5 python:3.13-slim sleep 3600",
        ),
    ),
    step(
        "See a job killed for memory",
        hungry.has_memory_limit("64m"),
        hungry.was_killed_for_memory(),
        hungry.exited_with(137),
        fed.has_memory_limit("300m"),
        fed.exited_with(0),
        fed.logs("mean height 12.4 m"),
        hints=(
            "docker inspect shows State.OOMKilled and State.ExitCode of both containers.",
            "The same command twice: only the name and -m differ; keep both containers.",
            'docker run --name hungry -m 64m -v "$PWD/jobs":/jobs:ro python:3.13-slim '
            "python /jobs/hungry.py, then the same with --name fed -m 300m",
        ),
    ),
    step(
        "Hold a busy job back",
        mill.runs(PYTHON),
        mill.has_cpu_limit(0.25),
        mill.is_throttled(),
        counts_the_machine(),
        hints=(
            "docker stats --no-stream mill shows in CPU % what a quarter of a core is.",
            "--cpus 0.25 for the limit; docker exec asks Python inside for os.cpu_count().",
            'docker run -d --name mill --cpus 0.25 -v "$PWD/jobs":/jobs:ro python:3.13-slim '
            "python /jobs/spin.py, then docker exec mill python -c "
            "'import os; print(os.cpu_count())', then cores_seen = what it prints",
        ),
        on_evidence=OWN_MACHINE,
    ),
    step(
        "Let the engine try again",
        loader.has_restart_policy("on-failure"),
        loader.was_restarted_by_engine(times=2),
        loader.logs("try 3: 18 rows loaded"),
        loader.exited_with(0).within(10),
        hints=(
            "docker inspect shows RestartCount, docker logs what each try said.",
            "docker run --restart on-failure:NUMBER, with enough tries and no more.",
            'docker run -d --name loader --restart on-failure:5 -v "$PWD/jobs":/jobs:ro '
            "busybox:1.37 sh /jobs/flaky.sh",
        ),
    ),
    step(
        "Run five workers at once",
        swarm.ran_at_once(),
        swarm.fit_the_memory(),
        swarm.fit_the_cores(),
        *(bee.logs(f"worker {n} begins").within(10) for n, bee in enumerate(bees, 1)),
        hints=(
            "docker info shows what there is to divide: CPUs and Total Memory.",
            "A loop of the shell, for n in 1 2 3 4 5; do … bee-$n …; done, and -d for each.",
            "for n in 1 2 3 4 5; do docker run -d --name bee-$n -m 48m --cpus 0.2 "
            '-v "$PWD/jobs":/jobs:ro python:3.13-slim python /jobs/pi.py $n; done',
        ),
        on_evidence=OWN_MACHINE,
    ),
    minutes=50,
    images=(PYTHON, BUSYBOX),
    examples=tuple(container(name) for name in ("free", "glutton", "turbine", "stubborn")),
)
