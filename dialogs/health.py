"""Whether the bot is alive, and whether it is ready to answer."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from http import HTTPStatus

import structlog
from aiohttp import web

from bplan_bot.errors import Refused
from bplan_bot.message import Message
from bplan_bot.secret_expiry import warning
from bplan_bot.settings import Settings
from bplan_bot.texts.speaker import Speaker
from db import job_runs
from db.engine import Database
from db.pictures import load_picture

log = structlog.get_logger(__name__)

PRIVATE = frozenset({"where", "user", "table"})
SOMEWHERE = "(DATABASE_URL)"

Handler = Callable[[web.Request], Awaitable[web.Response]]


async def alive(_: web.Request) -> web.Response:
    """200 while the process turns its loop."""
    return web.json_response({"alive": True})


def readiness(
    database: Database,
    settings: Settings,
    *,
    now: Callable[[], datetime],
    token: Callable[[], str | None] = lambda: None,
) -> Handler:
    """Make the handler that answers 200 when database, tables and plan are there, else 503 and why.

    Anybody may ask, so no answer names a path, a server or a user. `token` tells how the last fetch of the
    bot's own token went. It does not make the bot unready: one that gets no more requests would never ask
    for a token again, and so never become ready. Neither does a secret that runs out: it is a warning.
    """
    speaker = Speaker("da")
    expires = settings.known_secret_expires

    async def ready(_: web.Request) -> web.Response:
        try:
            await database.ping()
            current = await database.migrations_current()
            picture = await load_picture(database, today=now().date())
            runs = await _runs(database)
        except Refused as refused:
            log.warning("not_ready", reason=str(refused))
            return _not_ready(speaker(_for_strangers(refused.said)))
        if not current:
            return _not_ready(speaker.say("database.not_prepared", where=SOMEWHERE))
        outcome = token()
        soon = warning(expires, now().date()) if expires else None
        return web.json_response(
            {
                "ready": True,
                "database": "ok",
                "migrations": "current",
                "plan": picture.plan.key,
                "goals": len(picture.plan.goals),
                "jobs": runs,
                **({} if outcome is None else {"token": outcome}),
                **({} if soon is None else {"warning": speaker(soon)}),
            }
        )

    return ready


async def _runs(database: Database) -> dict[str, dict[str, str | None]]:
    """The last run of each job: when it began, when it ended and how."""
    async with database.reading() as session:
        last = await job_runs.last_runs(session)
    return {
        name: {
            "started": run.started_at.isoformat(),
            "ended": run.ended_at.isoformat() if run.ended_at else None,
            "outcome": run.outcome or None,
        }
        for name, run in last.items()
    }


def _for_strangers(said: Message) -> Message:
    """The same sentence without where the database is and who opens it; the log has both."""
    args = {name: SOMEWHERE if name in PRIVATE else value for name, value in said.args.items()}
    return Message(said.id, args)


def _not_ready(why: str) -> web.Response:
    return web.json_response({"ready": False, "why": why}, status=HTTPStatus.SERVICE_UNAVAILABLE)
