"""What all who look at one server share. It knows neither routes nor how to judge."""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from checker.lesson import Lesson
from checker.live import overview
from checker.live.hub import Hub
from checker.model import Json
from checker.reset import Plan

MOST_PLANS = 20


class Taker(Protocol):
    """Somebody who looks."""

    def take(self, message: Json) -> None:
        """Take in what is new."""

    def __hash__(self) -> int: ...


@dataclass(slots=True)
class Room:
    """What all routes of a server share: who looks, one hub, and the plans that were shown."""

    root: Path
    sockets: set[Taker] = field(default_factory=set)
    plans: OrderedDict[str, tuple[str, Plan]] = field(default_factory=OrderedDict)
    loop: asyncio.AbstractEventLoop | None = None
    hub: Hub = field(init=False)

    def __post_init__(self) -> None:
        """Have a hub that tells this room."""
        self.hub = Hub(self._from_thread, lambda: overview.lessons_json(self.root))

    def _from_thread(self, message: Json) -> None:
        if self.loop and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._tell, message)

    def _tell(self, message: Json) -> None:
        for socket in tuple(self.sockets):
            socket.take(message)

    def keep(self, lesson: Lesson, plan: Plan) -> str:
        """Remember a plan that is shown, so that exactly this one is carried out."""
        name = secrets.token_hex(8)
        self.plans[name] = (lesson.name, plan)
        while len(self.plans) > MOST_PLANS:
            self.plans.popitem(last=False)
        return name
