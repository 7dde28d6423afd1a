"""Whether the bot is alive, and whether it is ready to answer."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from http import HTTPStatus

from aiohttp import web

from bplan_bot.errors import Refused
from bplan_bot.texts.speaker import Speaker
from db.engine import Database
from db.pictures import load_picture

Handler = Callable[[web.Request], Awaitable[web.Response]]


async def alive(_: web.Request) -> web.Response:
    """200 while the process turns its loop."""
    return web.json_response({"alive": True})


def readiness(database: Database, *, now: Callable[[], datetime]) -> Handler:
    """Make the handler that answers 200 when database, tables and plan are there, else 503 and why."""
    speaker = Speaker("da")

    async def ready(_: web.Request) -> web.Response:
        try:
            await database.ping()
            current = await database.migrations_current()
            picture = await load_picture(database, today=now().date())
        except Refused as refused:
            return _not_ready(speaker(refused.said))
        if not current:
            return _not_ready(speaker.say("database.not_prepared", where=database.place.name))
        return web.json_response(
            {
                "ready": True,
                "database": database.place.name,
                "migrations": "current",
                "plan": picture.plan.key,
                "goals": len(picture.plan.goals),
            }
        )

    return ready


def _not_ready(why: str) -> web.Response:
    return web.json_response({"ready": False, "why": why}, status=HTTPStatus.SERVICE_UNAVAILABLE)
