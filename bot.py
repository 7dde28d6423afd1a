"""Bplan-bot: builds the parts, wires them together, and runs the server or a command."""

import gc
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from random import SystemRandom
from secrets import token_hex
from time import monotonic
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog
from pydantic import ValidationError

from bplan_bot.errors import Refused, WrongUse
from bplan_bot.settings import NO_OBJECT_ID, Settings
from bplan_bot.texts.speaker import Speaker
from bplan_bot.understand.by_examples import ear
from db.bundled import prepare
from db.conversations import newest
from db.engine import Database
from db.people import appoint_first_administrator
from dialogs import commands
from dialogs.local_mode import is_loopback
from dialogs.router import Router
from jobs import commands as job_commands
from jobs.running import Passing, pass_by

if TYPE_CHECKING:
    from aiohttp import web

    from bplan_bot.conversation import Conversation
    from dialogs.channel import MessagesEndpoint
    from dialogs.messenger import TeamsMessenger
    from jobs.every import Jobs
    from jobs.schedule import Times

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

job_commands.add_to(commands.app)


def now() -> datetime:
    """The time in Denmark; everything else is told it."""
    return datetime.now(COPENHAGEN)


@dataclass(frozen=True, slots=True)
class Bot:
    """The parts of a running bot."""

    settings: Settings
    database: Database
    router: Router
    now: Callable[[], datetime]

    async def prepare(self) -> None:
        """Bring the database up: its tables, and the bundled plan where there is none."""
        await prepare(self.database, now=self.now())
        if self.settings.administrator:
            async with self.database.transaction() as session:
                await appoint_first_administrator(session, self.settings.administrator, now=self.now())

    async def close(self) -> None:
        """Store what waits, and give everything back."""
        await self.router.close()
        await self.database.close()


def set_up_log(level: str) -> None:
    """Log to stderr from `level` on: for people at a terminal, else as JSON lines.

    Tracebacks are plain: pretty ones print local variables, and among them what people wrote.
    """
    at_terminal = sys.stderr.isatty()
    renderer: structlog.typing.Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if at_terminal:
        renderer = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            *([] if at_terminal else [structlog.processors.format_exc_info]),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def build(settings: Settings, *, now: Callable[[], datetime] = now) -> Bot:
    """Every real part, wired together and told the time by `now`. Nothing is opened yet."""
    database = Database(settings.database_url)
    return Bot(settings, database, Router(database, settings=settings, now=now), now)


def check_mode(settings: Settings) -> None:
    """Refuse settings that would leave the bot open to others, or shut where it should serve Teams."""
    if settings.mode == "teams" and settings.local:
        raise Refused("settings.teams_without_credentials")
    if settings.local and not is_loopback(settings.host):
        raise Refused("settings.local_mode_not_loopback", host=settings.host)


def _endpoint(bot: commands.Parts) -> "MessagesEndpoint":
    """The door to Teams. Imported here, since asking on the command line does without Teams' SDK."""
    from dialogs.channel import MessagesEndpoint, Surroundings
    from dialogs.feedback import Feedback
    from dialogs.members import TeamsMembers
    from dialogs.phrases import Phrases
    from dialogs.rate_limit import RateLimit
    from dialogs.sdk_repairs import BotCredentials
    from dialogs.server_log import keep_quotations_out

    settings = bot.settings
    keep_quotations_out()
    endpoint = MessagesEndpoint(
        credentials=BotCredentials.of(settings),
        answering=partial(bot.router.answer, members=TeamsMembers(lambda url: endpoint.connect(url))),
        phrases=Phrases(Speaker(settings.language)),
        tenants=settings.served_tenants,
        rate_limit=RateLimit(settings.messages_per_minute),
        feedback=Feedback(bot.database, now=bot.now) if settings.keep_questions_days else None,
        surroundings=Surroundings(service_hosts=settings.service_hosts),
    )
    return endpoint


def _messenger(bot: commands.Parts, endpoint: "MessagesEndpoint") -> "TeamsMessenger":
    """What sends unasked, through the door to Teams."""
    from dialogs.messenger import TeamsMessenger

    async def somewhere() -> "Conversation | None":
        async with bot.database.reading() as session:
            return await newest(session)

    return TeamsMessenger(endpoint.connect, somewhere=somewhere, clock=monotonic)


def _jobs(
    bot: commands.Parts, messenger: "TeamsMessenger", elapsed: Callable[[], float], passing: Passing
) -> "Jobs":
    """What happens unasked."""
    from jobs.deliver import Deliverer
    from jobs.every import Jobs
    from jobs.letters import Letters

    letters = Letters(bot.database, bot.settings.language)
    deliverer = Deliverer(
        bot.database, messenger, token_hex(4), SystemRandom(), letters, elapsed, passing, bot.settings.lead
    )
    return Jobs(bot.database, deliverer, now=bot.now, settings=bot.settings)


@dataclass(frozen=True, slots=True)
class Working:
    """A bot with its jobs, for running one of them from the command line."""

    bot: commands.Parts
    endpoint: "MessagesEndpoint"
    messenger: "TeamsMessenger"
    jobs: "Jobs"

    async def prepare(self) -> None:
        """Bring the database up."""
        await self.bot.prepare()

    async def close(self) -> None:
        """Give everything back."""
        await self.jobs.close()
        await self.endpoint.close()
        await self.bot.close()


def working(
    bot: commands.Parts, *, elapsed: Callable[[], float] = monotonic, passing: Passing = pass_by
) -> Working:
    """The bot with its door and its jobs; `elapsed` counts seconds, `passing` hears what the jobs pass."""
    endpoint = _endpoint(bot)
    messenger = _messenger(bot, endpoint)
    return Working(bot, endpoint, messenger, _jobs(bot, messenger, elapsed, passing))


def web_app(bot: commands.Parts, triggers: "Times | None" = None) -> "web.Application":
    """The HTTP side, with the clock that starts the jobs while the app runs."""
    return web_app_of(working(bot), triggers)


def web_app_of(parts: Working, triggers: "Times | None" = None) -> "web.Application":
    """The same around parts that somebody else holds too, with other times for the jobs where given."""
    from aiohttp import web

    from dialogs import health
    from jobs.schedule import Clock, times

    clock = Clock(parts.jobs.run, times(COPENHAGEN) if triggers is None else triggers)

    async def start(_: web.Application) -> None:
        clock.start()

    async def stop(_: web.Application) -> None:
        clock.stop()
        await parts.close()

    app = web.Application(middlewares=[parts.endpoint.guard])
    app.router.add_post("/api/messages", parts.endpoint.handle)
    app.router.add_get("/healthz", health.alive)
    ready = health.readiness(
        parts.bot.database, parts.bot.settings, now=parts.bot.now, token=lambda: parts.endpoint.token_outcome
    )
    app.router.add_get("/readyz", ready)
    app.on_startup.append(start)
    app.on_cleanup.append(stop)
    return app


def spare_what_stays() -> None:
    """Keep the garbage collector off what start-up made, which stays until the end: to look through it again
    and again takes a tenth of the time of a message."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def serve(bot: commands.Parts) -> None:
    """Run the server until it is stopped."""
    from aiohttp import web

    settings = bot.settings
    check_mode(settings)
    app = web_app(bot)

    async def start() -> "web.Application":
        await bot.prepare()
        ear()  # the first text that no rule explains would wait for it
        spare_what_stays()
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
        said = NO_OBJECT_ID if first["type"] == NO_OBJECT_ID else "settings.wrong"
        raise WrongUse(said, name=name, given=first["input"]) from problem


def _heeded(settings: Settings) -> Settings:
    """The settings, with those that hold for the whole process in force."""
    set_up_log(settings.log_level)
    return settings


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit code: 0, 1 when something failed, 2 for wrong use."""
    speaker = Speaker("da")
    wiring = commands.Wiring(
        build=lambda: build(_heeded(_settings())),
        serve=serve,
        now=now,
        working=lambda: working(build(_heeded(_settings()))),
    )
    try:
        return commands.run(wiring, arguments)
    except Refused as refused:
        print(speaker(refused.said), file=sys.stderr)
        return 2 if isinstance(refused, WrongUse) else 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
