"""Bplan-bot: builds the parts, wires them together, and runs the server or a command."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from bplan_bot.errors import Refused, WrongUse
from bplan_bot.settings import Settings
from bplan_bot.texts.speaker import Speaker
from db.bundled import prepare
from db.engine import Database
from dialogs import commands
from dialogs.local_mode import is_loopback
from dialogs.router import Router

if TYPE_CHECKING:
    from aiohttp import web

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def now() -> datetime:
    """The time in Denmark; everything else is told it."""
    return datetime.now(COPENHAGEN)


@dataclass(frozen=True, slots=True)
class Bot:
    """The parts of a running bot."""

    settings: Settings
    database: Database
    router: Router

    async def prepare(self) -> None:
        """Bring the database up: its tables, and the bundled plan where there is none."""
        await prepare(self.database, now=now())

    async def close(self) -> None:
        """Give everything back."""
        await self.database.close()


def build(settings: Settings) -> Bot:
    """Every real part, wired together. Nothing is opened yet."""
    database = Database(settings.database_url)
    return Bot(settings, database, Router(database, now=now, language=settings.language))


def check_mode(settings: Settings) -> None:
    """Refuse settings that would leave the bot open to others, or shut where it should serve Teams."""
    if settings.mode == "teams" and settings.local:
        raise Refused("settings.teams_without_credentials")
    if settings.local and not is_loopback(settings.host):
        raise Refused("settings.local_mode_not_loopback", host=settings.host)


def web_app(bot: commands.Parts) -> "web.Application":
    """The HTTP side. Imported here, since the command line does without Teams' SDK."""
    from aiohttp import web

    from dialogs import health
    from dialogs.channel import MessagesEndpoint, Surroundings
    from dialogs.rate_limit import RateLimit, asking_to_pause
    from dialogs.sdk_repairs import BotCredentials
    from dialogs.server_log import keep_quotations_out

    settings = bot.settings
    try:
        credentials = BotCredentials(
            app_id=settings.app_id,
            app_password=settings.app_password.get_secret_value(),
            app_type=settings.app_type,
            app_tenant_id=settings.app_tenant_id,
        )
    except ValueError as problem:
        raise Refused("settings.credentials", problem=str(problem)) from problem
    keep_quotations_out()
    endpoint = MessagesEndpoint(
        credentials=credentials,
        answering=bot.router.answer,
        apology=bot.router.apology,
        tenants=settings.served_tenants,
        rate_limit=RateLimit(settings.messages_per_minute),
        pause=partial(asking_to_pause, Speaker(settings.language)),
        surroundings=Surroundings(service_hosts=settings.service_hosts),
    )

    async def close(_: web.Application) -> None:
        await endpoint.close()
        await bot.close()

    app = web.Application(middlewares=[endpoint.guard])
    app.router.add_post("/api/messages", endpoint.handle)
    app.router.add_get("/healthz", health.alive)
    ready = health.readiness(bot.database, now=now, token=lambda: endpoint.token_outcome)
    app.router.add_get("/readyz", ready)
    app.on_cleanup.append(close)
    return app


def serve(bot: commands.Parts) -> None:
    """Run the server until it is stopped."""
    from aiohttp import web

    settings = bot.settings
    check_mode(settings)
    app = web_app(bot)

    async def start() -> "web.Application":
        await bot.prepare()
        return app

    try:
        web.run_app(
            start(),
            host=settings.host,
            port=settings.port,
            print=_say_what_to_open(settings),
            access_log=None,
        )
    except OSError as problem:
        raise Refused("server.cannot_listen", host=settings.host, port=settings.port) from problem


def _say_what_to_open(settings: Settings) -> Callable[..., None]:
    """The lines that tell a newcomer what to do next, in place of aiohttp's own."""
    speaker = Speaker(settings.language)
    message_id = "server.ready.local" if settings.local else "server.ready.teams"

    def say(_: object) -> None:
        print(speaker.say(message_id, host=settings.host, port=settings.port), flush=True)

    return say


def _settings() -> Settings:
    try:
        return Settings(_env_file=".env")
    except ValidationError as problem:
        first = problem.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "?"
        raise WrongUse("settings.wrong", name=name, given=first["input"]) from problem


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit code: 0, 1 when something failed, 2 for wrong use."""
    speaker = Speaker("da")
    try:
        return commands.run(commands.Wiring(lambda: build(_settings()), serve, now), arguments)
    except Refused as refused:
        print(speaker(refused.said), file=sys.stderr)
        return 2 if isinstance(refused, WrongUse) else 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
