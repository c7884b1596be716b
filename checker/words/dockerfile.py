"""Words about Dockerfiles in the lesson's folder: what a linter finds in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from checker.claim import Claim, Failed, held_if, now
from checker.model import Lint, Snapshot, Wanted
from checker.words.text import listed, shown

UNREAD = "DL1000"
"""The rule that the linter can read the file; where it cannot, it says nothing else."""

RULES: Mapping[str, str] = MappingProxyType(
    {
        UNREAD: "it cannot be read, and so nothing else of the file is judged",
        "DL3000": "WORKDIR needs a path from the root, such as /app",
        "DL3002": "the last USER is root",
        "DL3004": "sudo is not needed and misleads",
        "DL3006": "FROM names an image without its tag",
        "DL3007": "FROM takes the tag latest, which is another image tomorrow",
        "DL3009": "apt-get leaves its package lists behind; remove /var/lib/apt/lists in this RUN",
        "DL3011": "a port is a number up to 65535",
        "DL3013": "pip installs a package without its version; write name==version",
        "DL3015": "apt-get install takes recommended packages, too; add --no-install-recommends",
        "DL3020": "ADD copies files where COPY would do",
        "DL3021": "COPY with several sources needs a folder that ends in /",
        "DL3022": "COPY --from names neither a stage above it nor an image with its tag",
        "DL3025": 'CMD or ENTRYPOINT is not a list, ["…", "…"], so a shell stands between',
        "DL3042": "pip keeps its download cache; add --no-cache-dir, or a cache mount",
        "DL4000": "MAINTAINER is out of use; LABEL says it",
        "DL4003": "of several CMD only the last counts",
        "DL4004": "of several ENTRYPOINT only the last counts",
    }
)
"""What the linter's rules mean; a claim about good practice reads these and no others."""


@dataclass(frozen=True, slots=True)
class DockerfileWord:
    """A Dockerfile in the lesson's folder, by its name there."""

    name: str

    @property
    def key(self) -> str:
        """The Dockerfile in sentences."""
        return f"file {self.name}"

    @property
    def wants(self) -> Wanted:
        """What the linter says about it."""
        return Wanted(lints=(self.name,))

    def find(self, snapshot: Snapshot) -> Lint | None:
        """What the linter says, as the snapshot has it."""
        return next((one for one in snapshot.lints if one.place == f"./{self.name}"), None)

    def absence(self, snapshot: Snapshot) -> Failed:  # noqa: ARG002 - every subject has it
        """No such file."""
        where = f"It belongs in the folder of this notebook: ./{self.name}."
        return Failed("it is not there", where, missing=self.key)

    def keeps_to(self, *rules: str, said: str = "keeps to good practice") -> Claim:
        """A linter finds none of these rules broken; without names, none of all it knows here.

        A file that the linter cannot read keeps to nothing.
        """
        if unknown := sorted(set(rules) - set(RULES)):
            raise ValueError(f"rule {unknown[0]} has no sentence in RULES; add one")
        chosen = (UNREAD, *rules) if rules else tuple(RULES)
        return now(
            self,
            said,
            lambda lint: held_if(not _broken(lint, chosen), found=listed(_broken(lint, chosen))),
            hint="Each line number is a line of the Dockerfile; change it there, then build again.",
        )


def dockerfile(name: str) -> DockerfileWord:
    """A Dockerfile in the lesson's folder, by its name there."""
    return DockerfileWord(name)


def _broken(lint: Lint, rules: tuple[str, ...]) -> list[str]:
    """The broken rules in words, each once, the first four."""
    lines: dict[str, list[str]] = {}
    for one in lint.findings:
        if one.rule in rules:
            lines.setdefault(one.rule, []).append(str(one.line))
    return [
        f"line {listed(numbers[:4])}: {shown(RULES[rule])}"
        for rule, numbers in list(lines.items())[:4]
    ]
