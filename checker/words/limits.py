"""Words about what a container may use, and what the engine does when it wants more or fails."""

from __future__ import annotations

from dataclasses import dataclass

from checker.claim import HELD, Claim, Failed, Unknown, Verdict, held_if, now, over
from checker.model import Container, Evidence, Wanted
from checker.words import findings
from checker.words.amounts import bytes_of, cores, mebibytes
from checker.words.box import Box

ENDING = 10.0
"""Seconds a bounded job may take until it is killed, or until its last restart."""


@dataclass(frozen=True, slots=True)
class Limited(Box):
    """A container, and its limits."""

    def has_memory_limit(self, limit: str) -> Claim:
        """The container may use so much memory; `limit` is written as docker run takes it."""
        wanted = bytes_of(limit)

        def look(box: Container) -> Verdict:
            its = f"its limit is {mebibytes(box.memory)}" if box.memory else "it has no such limit"
            return held_if(box.memory == wanted, found=its)

        return now(
            self,
            f"is limited to {mebibytes(wanted)} of memory",
            look,
            hint=_set(self.name, f"-m {limit}"),
        )

    def has_cpu_limit(self, limit: float) -> Claim:
        """The container may use so many cores, or so much of one."""

        def look(box: Container) -> Verdict:
            its = f"its limit is {cores(box.cpus)}" if box.cpus else "it has no such limit"
            return held_if(abs(box.cpus - limit) < 0.001, found=its)

        return now(
            self, f"is limited to {cores(limit)}", look, hint=_set(self.name, f"--cpus {limit:g}")
        )

    def was_killed_for_memory(self) -> Claim:
        """The kernel killed a process of the container for memory, as the engine recorded it."""

        def look(evidence: Evidence) -> Verdict:
            box = self.find(evidence.now)
            if findings.was_killed_for_memory(self.name, evidence):
                return HELD
            if box is None:
                return self.absence(evidence.now)
            ended = box.status in findings.ENDED
            other = ", and not for memory: somebody ended it" if box.exit_code == 137 else ""
            found = findings.state(box) + (other if ended else "")
            return Failed(found, settled=box.status in findings.SETTLED)

        rule = "The kernel kills a process that takes more than -m allows; nothing else counts."
        return over(self, "was killed for memory", look, hint=rule).within(ENDING)

    def is_throttled(self) -> Claim:
        """The container runs, and the kernel holds it back for its limit of cores."""

        def look(box: Container) -> Verdict:
            if not box.running:
                return Failed(findings.state(box), "The counters end with the container: run it.")
            if box.throttled is None:
                return Unknown(f"the counters of container {self.name} could not be read")
            return held_if(
                box.throttled, found="the kernel has held it back for less than a second"
            )

        return now(
            self,
            "is held back by its limit of cores",
            look,
            hint="Run a command that never rests: who wants no more than --cpus is not held back.",
            asks=Wanted(containers=(self.name,), counters=(self.name,)),
            patience=5.0,
        )

    def has_restart_policy(self, policy: str) -> Claim:
        """The restart policy is `policy`; without a number any number of tries will do."""

        def look(box: Container) -> Verdict:
            its = box.restart_policy
            right = policy in (its, its.partition(":")[0])
            none = its in ("", "no")
            found = "it has no restart policy" if none else f"its restart policy is {its}"
            return held_if(right, found=found)

        hint = _set(self.name, f"--restart {policy}")
        return now(self, f"has the restart policy {policy}", look, hint=hint)

    def was_restarted_by_engine(self, *, times: int = 1) -> Claim:
        """The engine restarted the container by its policy, at least so many times."""

        def look(box: Container) -> Verdict:
            ended = box.status in findings.SETTLED
            often = (
                f"restarted {findings.counted(box.restarts)}" if box.restarts else "never restarted"
            )
            found = f"it was {often}"
            return HELD if box.restarts >= times else Failed(found, settled=ended)

        sentence = f"was restarted by the engine {findings.counted(times)} or more"
        rule = "The engine restarts what ends with another exit code than 0, if --restart says so."
        return now(self, sentence, look, hint=rule, patience=ENDING)


def _set(name: str, option: str) -> str:
    return (
        f"docker rm -f {name}, then run it again with {option} before the image; "
        "docker update changes it while a container lives."
    )
