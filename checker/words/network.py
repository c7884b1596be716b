"""Words about networks: that one is there, who is on it, and that it is gone again."""

from __future__ import annotations

from dataclasses import dataclass

from checker.claim import HELD, Claim, Failed, Subject, Verdict, held_if, now, over
from checker.model import Container, Evidence, Network, Snapshot, Wanted
from checker.words.findings import published
from checker.words.subject import missing, name_of
from checker.words.text import listed, shown

DRAWN = 6
"""Names a sentence lists at most."""


@dataclass(frozen=True, slots=True)
class NetworkWord:
    """A network, by its name."""

    name: str

    @property
    def key(self) -> str:
        """The network in sentences."""
        return f"network {self.name}"

    @property
    def wants(self) -> Wanted:
        """One inspect of this network."""
        return Wanted(networks=(self.name,), near=(self.key,))

    def find(self, snapshot: Snapshot) -> Network | None:
        """The network as the snapshot shows it."""
        return next((one for one in snapshot.networks if one.name == self.name), None)

    def absence(self, snapshot: Snapshot) -> Failed:
        """No such network, and the near names."""
        hint = f"A network is there before who is on it: docker network create {self.name}"
        return missing(snapshot, "network", self.name, hint)

    def is_there(self) -> Claim:
        """The network exists."""
        return now(self, "is there", lambda _: HELD)

    def is_internal(self) -> Claim:
        """The network has no way out: who is on it alone reaches nobody beyond it."""
        return now(
            self,
            "has no way out",
            lambda one: held_if(one.internal, found="it leads out, as networks do unless told"),
            hint="That is said when a network is made: docker network create --internal "
            f"{self.name}, after docker network rm {self.name}.",
        )

    def connects(self, *boxes: Subject[Container]) -> Claim:
        """The containers run and are all on this network."""

        def look(one: Network) -> Verdict:
            names = [name_of(box) for box in boxes]
            off = [name for name in names if name not in one.containers]
            there = names_on(one.containers)
            return held_if(not off, found=f"{listed(off)} {_is(off)} not on it; on it {there}")

        return now(
            self,
            f"connects {listed(box.key for box in boxes)}",
            look,
            hint=f"docker run --network {self.name} puts a container on it from its start, "
            f"docker network connect {self.name} NAME one that runs already.",
            also=boxes,
        )

    def was_removed(self) -> Claim:
        """The network was there at some moment, and is gone."""

        def look(evidence: Evidence) -> Verdict:
            if self.find(evidence.now) is not None:
                return Failed(
                    "it is still there",
                    f"docker network rm {self.name} removes it, once no container is on it.",
                )
            told = any((e.kind, e.name) == ("network", self.name) for e in evidence.events)
            if told or any(self.find(shot) for shot in evidence.snapshots):
                return HELD
            return Failed(
                f"no network named {self.name} has been seen",
                "What happened while this notebook was closed is not known: make it now.",
                missing=self.key,
            )

        return over(self, "was there and is removed", look)


def names_on(names: tuple[str, ...]) -> str:
    """Who is on a network, as the end of a sentence."""
    known = [shown(name) for name in names[:DRAWN]]
    more = [f"{len(names) - DRAWN} more"] if len(names) > DRAWN else []
    return f"{_is(names)} {listed([*known, *more])}" if names else "is nobody"


def _is(names: list[str] | tuple[str, ...]) -> str:
    return "is" if len(names) == 1 else "are"


def where(box: Container) -> str:
    """The networks a container is on, as the second half of a sentence."""
    if not box.networks:
        return "it is on no network"
    return f"it is on network {listed(shown(name) for name in box.networks)}"


class OnNetworks:
    """What a container's words say of its networks and its doors to the outside."""

    __slots__ = ()

    def is_on(self: Subject[Container], net: NetworkWord) -> Claim:
        """The container is on the network; a stopped one keeps its place there."""
        name = name_of(self)
        return now(
            self,
            f"is on {net.key}",
            lambda box: held_if(net.name in box.networks, found=where(box)),
            hint=f"docker network connect {net.name} {name} lets it in; "
            f"docker run --network {net.name} puts a new container there from its start.",
            also=(net,),
        )

    def is_not_on(self: Subject[Container], net: NetworkWord) -> Claim:
        """The container is there, and not on the network."""
        name = name_of(self)
        return now(
            self,
            f"is not on {net.key}",
            lambda box: held_if(net.name not in box.networks, found=where(box)),
            hint=f"docker network disconnect {net.name} {name} takes it off.",
            also=(net,),
        )

    def publishes_nothing(self: Subject[Container]) -> Claim:
        """No port of the host leads to the container."""
        name = name_of(self)
        return now(
            self,
            "publishes no port",
            lambda box: held_if(not box.ports, found=published(box)),
            hint="Containers on one network need no published port to talk: "
            f"docker rm -f {name}, then run it again without -p.",
        )


def network(name: str) -> NetworkWord:
    """The network named `name`."""
    return NetworkWord(name)
