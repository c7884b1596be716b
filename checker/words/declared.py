"""Words about what an image declares: labels, environment, user, command and the like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from checker.claim import Claim, Failed, Verdict, held_if, now
from checker.model import Image, Snapshot, Wanted
from checker.words import kept
from checker.words.subject import missing
from checker.words.text import quoted, shown

By = Literal["pull", "build", "tag", "commit"]

COMES: dict[By, str] = {
    "pull": "docker pull {name} downloads it. Without a tag, Docker takes the tag latest.",
    "build": "docker build -t {name} … builds it; the folder with its Dockerfile comes last.",
    "tag": "docker tag … {name} gives an image this name; the one that it has comes first.",
    "commit": "docker commit … {name} makes it from a container, which comes first.",
}
"""How an image comes to be there, as a hint."""


@dataclass(frozen=True, slots=True)
class DeclaredWord:
    """An image, by a name with its tag, and the settings that it declares."""

    name: str
    by: By = "pull"

    @property
    def key(self) -> str:
        """The image in sentences."""
        return f"image {self.name}"

    @property
    def wants(self) -> Wanted:
        """One inspect of this image."""
        return Wanted(images=(self.name,), near=(self.key,))

    def find(self, snapshot: Snapshot) -> Image | None:
        """The image as the snapshot shows it."""
        return next((one for one in snapshot.images if one.name == self.name), None)

    def absence(self, snapshot: Snapshot) -> Failed:
        """No such image, and other tags of it that are there."""
        hint = COMES[self.by].format(name=self.name)
        return missing(snapshot, "image", self.name, hint)

    def labels(self, name: str, value: str = "") -> Claim:
        """The image has the label `name`, with this value where one is given."""
        wish = f"{name}={value}" if value else name

        def look(one: Image) -> Verdict:
            there = dict(one.labels)
            said = f"its value is {quoted(there[name])}" if name in there else kept.labels(one)
            return held_if(name in there and value in ("", there[name]), found=said)

        hint = f'LABEL {name}="{value or "…"}" in the Dockerfile, then build again.'
        return now(self, f"has the label {wish}", look, hint=hint)

    def has_env(self, name: str, value: str) -> Claim:
        """Each container of the image begins with this variable; not for secrets."""

        def look(one: Image) -> Verdict:
            there = dict(one.env)
            found = f"{name} is {quoted(there[name])}" if name in there else f"it sets no {name}"
            return held_if(there.get(name) == value, found=found)

        hint = f"ENV {name}={value} in the Dockerfile, then build again."
        return now(self, f"sets {name} to {value}", look, hint=hint)

    def works_in(self, folder: str) -> Claim:
        """Its working directory is `folder`."""
        return now(
            self,
            f"works in {folder}",
            lambda one: held_if(
                (one.workdir or "/").rstrip("/") == folder.rstrip("/"),
                found=f"it works in {shown(one.workdir or '/')}",
            ),
            hint=f"WORKDIR {folder} in the Dockerfile makes the folder and goes there.",
        )

    def runs_as(self, user: str) -> Claim:
        """Its user is `user`, by name or number."""
        return now(
            self,
            f"runs as {user}",
            lambda one: held_if(
                one.user.partition(":")[0] == user, found=f"it runs as {kept.user(one)}"
            ),
            hint=f"USER {user} in the Dockerfile, after what only root may do.",
        )

    def does_not_run_as_root(self) -> Claim:
        """Its user is another one than root."""
        return now(
            self,
            "does not run as root",
            lambda one: held_if(kept.user(one) != "root", found="it runs as root"),
            hint="RUN useradd makes a user, and USER after it has everything run as that user.",
        )

    def has_entrypoint(self, *words: str) -> Claim:
        """Its entrypoint is exactly these words."""
        return now(
            self,
            f"has the entrypoint {kept.said(words)}",
            lambda one: held_if(one.entrypoint == words, found=kept.entrypoint(one)),
            hint=f"ENTRYPOINT {kept.said(words)} in the Dockerfile, brackets and quotes included.",
        )

    def has_command(self, *words: str) -> Claim:
        """Its command, which `docker run` may replace, is exactly these words."""
        return now(
            self,
            f"has the command {kept.said(words)}",
            lambda one: held_if(one.command == words, found=kept.command(one)),
            hint=f"CMD {kept.said(words)} in the Dockerfile, brackets and quotes included.",
        )

    def has_healthcheck(self) -> Claim:
        """It says how Docker finds out whether a container of it is well."""
        return now(
            self,
            "has a health check",
            lambda one: held_if(
                bool(one.healthcheck) and one.healthcheck[0] != "NONE", found="it has none"
            ),
            hint="HEALTHCHECK CMD and a command: exit code 0 stands for healthy.",
        )

    def exposes(self, port: int, protocol: str = "tcp") -> Claim:
        """It says that its program listens on `port`."""
        return now(
            self,
            f"exposes port {port}",
            lambda one: held_if(f"{port}/{protocol}" in one.exposes, found=kept.exposed(one)),
            hint=f"EXPOSE {port} in the Dockerfile; docker run -p still publishes it.",
        )

    def declares_volume(self, path: str) -> Claim:
        """It asks for a volume at `path`."""
        return now(
            self,
            f"declares a volume at {path}",
            lambda one: held_if(path in one.volumes, found=kept.volumes(one)),
            hint=f"VOLUME {path} in the Dockerfile, after all that writes there.",
        )
