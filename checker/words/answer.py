"""Words about answers: variables of the learner's notebook, compared with what the engine says."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from checker.claim import Claim, Failed, Subject, T, Unknown, Verdict, held_if, now, over
from checker.model import Answer, Container, Evidence, Image, Json, Snapshot, Wanted
from checker.words.container import ContainerWord
from checker.words.image import ImageWord
from checker.words.tag import TagWord
from checker.words.text import canonical, familiar, listed, quoted, repository, shown


@dataclass(frozen=True, slots=True)
class AnswerWord:
    """An answer, by the name of the variable that holds it."""

    name: str

    @property
    def key(self) -> str:
        """The answer in sentences."""
        return f"answer {self.name}"

    @property
    def wants(self) -> Wanted:
        """The variable's value."""
        return Wanted(answers=(self.name,))

    def find(self, snapshot: Snapshot) -> Answer | None:
        """The answer as the snapshot has it; `None` in the notebook counts as not given."""
        return next((a for a in snapshot.answers if a.name == self.name and a.json != "null"), None)

    def absence(self, snapshot: Snapshot) -> Failed:
        """No answer yet."""
        others = [a.name for a in snapshot.answers if a.name != self.name]
        near = [name for name in others if name.lower() == self.name.lower()]
        there = f" (there is {listed(near)})" if near else ""
        return Failed(
            f"it is not given yet{there}",
            f"Set the variable in the cell above: {self.name} = …",
            missing=self.key,
        )

    def is_(self, *accepted: Json) -> Claim:
        """The answer is one of the accepted values; text counts without case and outer blanks."""
        wanted = [_plain(value) for value in accepted]
        return now(
            self,
            "is right",
            lambda one: held_if(_plain(_value(one)) in wanted, found=f"it is {_said(one)}"),
        )

    def is_digest_of(self, image: ImageWord | TagWord) -> Claim:
        """The answer is the digest that the registry knows the image or the tag by."""

        def right(value: Json, there: Image) -> bool:
            given = str(value).strip().rpartition("@")[2]
            return given in [digest.rpartition("@")[2] for digest in there.digests]

        def instead(value: Json, there: Image) -> str:
            start = str(value).strip().removeprefix("sha256:")
            own = len(start) > 6 and there.id.removeprefix("sha256:").startswith(start)
            return "it is the image's ID, not the digest that its registry gave it" if own else ""

        shows = f"docker image inspect {image.name} shows it"
        if isinstance(image, TagWord):
            shows = "docker push prints it behind the word digest"
        return self._agrees(
            f"is the digest of {image.key}",
            image,
            right,
            instead=instead,
            hint=f"{shows}, as sha256: and 64 digits.",
        )

    def counts_layers_of(self, image: ImageWord) -> Claim:
        """The answer is the number of layers of the image's file system."""
        return self._agrees(
            f"is the number of layers of {image.key}",
            image,
            lambda value, there: _plain(value) in (there.layers, str(there.layers)),
            hint="docker image inspect lists them under RootFS.Layers; "
            "history also shows steps that changed no file.",
        )

    def names_smallest_of(self, *images: ImageWord) -> Claim:
        """The answer is the name of the smallest of the images, by the sizes this engine tells."""

        def look(evidence: Evidence) -> Verdict:
            given = self.find(evidence.now)
            there = [one for image in images if (one := image.find(evidence.now))]
            if given is None:
                return self.absence(evidence.now)
            if len(there) < len(images):
                gone = [image.name for image in images if image.find(evidence.now) is None]
                pull = "; ".join(f"docker pull {name}" for name in gone)
                return Unknown(f"{listed(gone)} must be there to compare: {pull}")
            smallest = min(there, key=lambda one: one.size)
            name = canonical(str(_value(given)).strip() or "-")
            right = name == canonical(smallest.name)
            tagless = repository(name) == repository(smallest.name)
            means = f", which stands for {shown(familiar(name))}" if tagless else ""
            return held_if(right, found=f"it is {_said(given)}{means}")

        return over(
            self,
            f"names the smallest of {listed(image.name for image in images)}",
            look,
            hint="docker images has a column SIZE or DISK USAGE; answer with the name and its tag.",
            also=images,
        )

    def is_exit_code_of(self, box: ContainerWord) -> Claim:
        """The answer is the exit code of the container."""

        def right(value: Json, there: Container) -> bool:
            return _plain(value) in (there.exit_code, str(there.exit_code))

        return self._agrees(
            f"is the exit code of {box.key}",
            box,
            right,
            hint="docker ps -a shows it in the column STATUS: Exited (code).",
        )

    def _agrees(
        self,
        sentence: str,
        thing: Subject[T],
        right: Callable[[Json, T], bool],
        *,
        hint: str,
        instead: Callable[[Json, T], str] = lambda _value, _thing: "",
    ) -> Claim:
        def look(evidence: Evidence) -> Verdict:
            given, there = self.find(evidence.now), thing.find(evidence.now)
            if given is None:
                return self.absence(evidence.now)
            if there is None:
                return Unknown(f"{thing.key} must be there to compare")
            value = _value(given)
            found = instead(value, there) or f"it is {_said(given)}"
            return held_if(right(value, there), found=found)

        return over(self, sentence, look, hint=hint, also=(thing,))


def answer(name: str) -> AnswerWord:
    """The answer in the notebook's variable `name`."""
    return AnswerWord(name)


def _value(given: Answer) -> Json:
    """The answer's value; a list of one line, as `answer = !command` leaves it, is that line."""
    value: Json = json.loads(given.json)
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _plain(value: Json) -> Json:
    """Text without case and outer blanks; Python takes True for 1, and nobody else does."""
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(value.split()).lower() if isinstance(value, str) else value


def _said(given: Answer) -> str:
    value = _value(given)
    return quoted(value) if isinstance(value, str) else quoted(given.json)
