"""Routes of a Jupyter Server for live progress: its own token, origin and cross-site checks.

Nothing here judges or asks an engine; slow deeds happen in threads.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import ws_authenticated
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.base.websocket import WebSocketMixin
from jupyter_server.utils import url_path_join
from tornado import web
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from checker import lessons
from checker.engine import EngineTrouble
from checker.lesson import Lesson
from checker.live import PAGE, overview
from checker.live.room import Room
from checker.model import Json

LONGEST = 1000
"""Letters that a message of a client may have."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


class Own:
    """Common to all routes: the room; a request from another origin is refused, token or not."""

    settings: dict[str, Any]

    @property
    def room(self) -> Room:
        """What the routes share."""
        room: Room = self.settings["workbook_room"]
        return room

    def skip_check_origin(self) -> bool:
        """Never."""
        return False


class Deed(Own, APIHandler):
    """A request that answers JSON; what stops it becomes a sentence."""

    def lesson(self, name: str) -> Lesson:
        """The lesson of this exact name."""
        if name not in lessons.names():
            raise web.HTTPError(404, log_message="there is no such lesson")
        return lessons.find(name)

    async def answer(self, deed: Any, *given: Any) -> None:
        """Do something in a thread, and give what it returns."""
        try:
            told = await asyncio.to_thread(deed, *given)
        except EngineTrouble as trouble:
            self.set_status(503)
            told = {"message": str(trouble)}
        except LookupError as fault:
            self.set_status(404)
            told = {"message": str(fault)}
        except OSError as fault:
            self.set_status(500)
            why = f"A file cannot be used: {fault.strerror}." if fault.strerror else str(fault)
            told = {"message": why}
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(told))


class Map(Deed):
    """What is on the engine."""

    @web.authenticated
    async def get(self) -> None:
        """The map."""
        await self.answer(overview.map_json)


class Hint(Deed):
    """A step's ladder of hints."""

    @web.authenticated
    async def post(self, name: str, step: str) -> None:
        """One rung more, for all who look."""
        lesson = self.lesson(name)

        def deed() -> Json:
            overview.hint(lesson, int(step))
            self.room.hub.again()
            return {}

        await self.answer(deed)


class Reset(Deed):
    """What resetting a step does: first shown, then done."""

    @web.authenticated
    async def get(self, name: str, step: str) -> None:
        """What it would do now."""
        lesson = self.lesson(name)

        def deed() -> Json:
            plan = overview.reset_plan(lesson, int(step))
            return overview.plan_json(plan, self.room.keep(lesson, plan))

        await self.answer(deed)

    @web.authenticated
    async def post(self, name: str, step: str) -> None:
        """Do what was shown, once."""
        lesson, said = self.lesson(name), self.get_json_body() or {}
        of, plan = self.room.plans.pop(str(said.get("plan")), ("", None))
        if plan is None or (of, plan.step) != (name, int(step)):
            raise web.HTTPError(409, log_message="this was not shown; ask again")

        def deed() -> Json:
            done = overview.carry_out(lesson, plan)
            self.room.hub.again()
            return done

        await self.answer(deed)


class Socket(Own, WebSocketMixin, WebSocketHandler, JupyterHandler):
    """Tells a panel all that is new about the lesson that it has open."""

    open_lesson = ""

    @ws_authenticated
    async def get(self, *args: Any, **kwargs: Any) -> None:
        """Become a socket, for those who may."""
        await super().get(*args, **kwargs)

    def open(self, *args: Any, **kwargs: Any) -> None:
        """Begin with the list of lessons."""
        super().open(*args, **kwargs)
        self.room.loop = asyncio.get_running_loop()
        self.room.sockets.add(self)
        self.room.loop.create_task(self._begin())

    async def _begin(self) -> None:
        self.take(await asyncio.to_thread(overview.lessons_json, self.room.root))

    def on_message(self, message: str | bytes) -> None:
        """A panel says which lesson it has open; nothing else is understood."""
        try:
            said = json.loads(message[:LONGEST])
            wanted = said["open"] if said["open"] in lessons.names() else ""
        except (ValueError, TypeError, KeyError):
            return
        self._close_lesson()
        self.open_lesson = wanted
        if wanted:
            self.room.hub.show(wanted)

    def on_close(self) -> None:
        """Nobody looks any more."""
        self.room.sockets.discard(self)
        self._close_lesson()

    def _close_lesson(self) -> None:
        if self.open_lesson:
            self.room.hub.hide(self.open_lesson)
        self.open_lesson = ""

    def take(self, message: Json) -> None:
        """Send what is of use to this panel."""
        if not isinstance(message, dict) or message.get("lesson", self.open_lesson) != (
            self.open_lesson
        ):
            return
        try:
            self.write_message(json.dumps(message))
        except WebSocketClosedError:
            self.room.sockets.discard(self)


class Page(Own, JupyterHandler):
    """The plain page, for front ends that have no sidebar."""

    @web.authenticated
    def get(self) -> None:
        """The page; the cookie against cross-site requests goes with it."""
        self.set_header("Content-Security-Policy", POLICY)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        page = (PAGE / "index.html").read_text(encoding="utf-8")
        base = url_path_join(self.base_url, "workbook/")
        token = self.xsrf_token.decode()
        self.finish(page.replace("{base}", base).replace("{xsrf}", token))


class Part(Own, JupyterHandler, web.StaticFileHandler):
    """A script or a style of the plain page."""

    @web.authenticated
    async def get(self, path: str) -> None:  # type: ignore[override]
        """The file."""
        self.set_header("Content-Security-Policy", POLICY)
        await web.StaticFileHandler.get(self, path)

    @web.authenticated
    async def head(self, path: str) -> None:  # type: ignore[override]
        """What is said about the file."""
        await web.StaticFileHandler.get(self, path, include_body=False)


STEP = r"/lessons/([a-z0-9_]+)/steps/([0-9]{1,3})"


def add_to(server: Any) -> Room:
    """Add the routes to a Jupyter Server."""
    room = Room(Path(server.root_dir).expanduser().resolve())
    app = server.web_app
    app.settings["workbook_room"] = room

    def at(path: str) -> str:
        return url_path_join(app.settings["base_url"], "workbook") + path

    routes: list[tuple[Any, ...]] = [
        (at("/?"), Page),
        (at("/live"), Socket),
        (at("/map"), Map),
        (at(f"{STEP}/hint"), Hint),
        (at(f"{STEP}/reset"), Reset),
        (at(r"/page/(panel\.css|[a-z]+\.js)"), Part, {"path": str(PAGE)}),
    ]
    app.add_handlers(".*$", routes)
    return room
