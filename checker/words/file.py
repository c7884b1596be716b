"""Words about files, in the lesson's folder, inside containers and inside images."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from checker.claim import Claim, Failed, Subject, Verdict, held_if, now, over, troubled
from checker.model import Container, Evidence, File, Image, Snapshot, Wanted
from checker.words import table
from checker.words.text import quoted


@dataclass(frozen=True, slots=True)
class FileWord:
    """A file: `place` says where it is, `key` names it in sentences, `holder` what it is in."""

    place: str
    key: str
    holder: Subject[Container | Image] | None = None

    @property
    def wants(self) -> Wanted:
        """The file, and the container or image that holds it."""
        own = Wanted(files=(self.place,))
        return own if self.holder is None else own.and_(self.holder.wants)

    def find(self, snapshot: Snapshot) -> File | None:
        """The file as the snapshot shows it."""
        found = self.at(snapshot)
        return None if found is None or found.kind == "absent" else found

    def at(self, snapshot: Snapshot) -> File | None:
        """What was seen at the place, be it that nothing is there; none where nobody looked."""
        return next((one for one in snapshot.files if one.place == self.place), None)

    def absence(self, snapshot: Snapshot) -> Verdict:
        """No such file, or nothing to hold it."""
        if self.holder is not None and self.holder.find(snapshot) is None:
            return troubled(self.holder, snapshot) or self.holder.absence(snapshot)
        return Failed("it is not there", self._where(snapshot), missing=self.key)

    def _where(self, snapshot: Snapshot) -> str:
        box = self.holder.find(snapshot) if self.holder else None
        if box is None:
            return f"It belongs in the folder of this notebook: {self.place}."
        if isinstance(box, Image):
            folder = self.place.rpartition(" ")[2].rpartition("/")[0] or "/"
            ls = f"--entrypoint ls {box.name}" if box.entrypoint else f"{box.name} ls"
            return f"docker run --rm {ls} -la {folder} looks for it."
        if not box.running:
            return f"docker diff {box.name} lists what the container wrote, volumes aside."
        return f"docker exec {box.name} ls -l {self.place.partition(':')[2]} looks for it."

    def is_there(self) -> Claim:
        """The file exists."""
        return self.holds("")

    def holds(self, text: str) -> Claim:
        """The file contains `text`; only its first 16 KB are read."""

        def look(one: File) -> Verdict:
            if one.text is None:
                found = "it is not a text" if one.kind == "file" else f"it is a {one.kind}"
                return held_if(not text, found=found)
            return held_if(
                text in one.text,
                found=f"it holds {quoted(one.text)}" if one.text.strip() else "it is empty",
            )

        rule = "Open it and compare, letter for letter; upper and lower case count."
        return now(self, f"holds {quoted(text)}" if text else "is there", look, hint=rule)

    def belongs_to(self, user: int, *, called: str = "") -> Claim:
        """The file's owner is the user of this number; `called` is a better word for the user."""
        rule = (
            "A file belongs to the user that wrote it; COPY --chown and docker run --user choose."
        )
        return now(
            self,
            f"belongs to {called or f'user {user}'}",
            lambda one: held_if(one.owner == user, found=f"it belongs to user {one.owner}"),
            hint=rule,
        )

    def holds_table(self, text: str, *, called: str) -> Claim:
        """The file is a CSV table with the cells of `text`, which is `called` so in the sentence.

        Quotes do not count, and numbers are compared as numbers, to the last digit.
        """

        def look(one: File) -> Verdict:
            if one.text is None:
                return Failed("it is not a text")
            found = table.difference(table.rows(one.text), table.rows(text))
            return held_if(not found, found=found)

        rule = "Quotes do not matter, digits do; open the file beside the text and compare."
        return now(self, f"holds {called}", look, hint=rule)

    def agrees_with(self, other: FileWord) -> Claim:
        """Both are CSV tables with the same cells; numbers agree to the last digit."""

        def compare(one: File, that: File) -> Verdict:
            if one.text is None or that.text is None:
                return Failed("one of the two is not a text")
            found = table.difference(table.rows(one.text), table.rows(that.text) or [[]])
            return held_if(not found, found=found)

        rule = "Rounding, missing values and names of columns differ between programs."
        return self._against(other, f"agrees with {other.key}", compare, rule)

    def belongs_to_owner_of(self, other: FileWord) -> Claim:
        """The file belongs to the user to whom `other` belongs."""

        def compare(one: File, that: File) -> Verdict:
            same = one.owner is not None and one.owner == that.owner
            who = "root" if one.owner == 0 else f"user {one.owner}"
            owner = f"{other.key} to user {that.owner}"
            return held_if(same, found=f"it belongs to {who}, and {owner}")

        rule = 'docker run --user "$(id -u):$(id -g)" works as you; a file keeps its owner.'
        return self._against(other, f"belongs to the owner of {other.key}", compare, rule)

    def is_a_copy_of(self, original: FileWord) -> Claim:
        """The file has the same bytes as `original`."""

        def compare(copy: File, first: File) -> Verdict:
            return held_if(
                copy.sha256 == first.sha256,
                found=f"its {copy.size} bytes are not the {first.size} bytes of {original.key}",
            )

        rule = "docker cp copies both ways: first from where, then to where."
        return self._against(original, f"has the same bytes as {original.key}", compare, rule)

    def _against(
        self, other: FileWord, sentence: str, compare: Callable[[File, File], Verdict], hint: str
    ) -> Claim:
        """A claim on both files; what is compared with must be there, too."""

        def look(evidence: Evidence) -> Verdict:
            this, that = self.find(evidence.now), other.find(evidence.now)
            if this is None:
                return self.absence(evidence.now)
            if that is None:
                return troubled(other, evidence.now) or Failed(
                    f"{other.key} is not there to compare with"
                )
            return compare(this, that)

        return over(self, sentence, look, also=(other,), hint=hint)


def file(name: str) -> FileWord:
    """A file in the lesson's folder, by its name there."""
    return FileWord(f"./{name}", f"file {name}")
