"""Words about registries: what one has. Each runs in a container and is asked through its port."""

from __future__ import annotations

from dataclasses import dataclass, replace

from checker.claim import HELD, Claim, now
from checker.words.container import ContainerWord
from checker.words.reply import STARTING
from checker.words.tag import TagWord


@dataclass(frozen=True, slots=True)
class RegistryWord:
    """A registry: the container it runs in, and its port there."""

    holder: ContainerWord
    port: int

    def tag(self, repository: str, tag: str) -> TagWord:
        """A tag of a repository, whether it is there or not."""
        return TagWord(self.holder, self.port, repository, tag)

    def has(self, repository: str, *, tag: str) -> Claim:
        """Somebody has pushed an image under this tag."""
        claim = now(self.tag(repository, tag), "is there", lambda _: HELD, patience=STARTING)
        return replace(claim, sentence=f"registry {self.holder.name} has {repository}:{tag}")


def registry(name: str, port: int = 5000) -> RegistryWord:
    """The registry in the container named `name`, which listens at `port` inside."""
    return RegistryWord(ContainerWord(name), port)
