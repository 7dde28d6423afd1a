"""The command line's jobs: run one once."""

import asyncio
from collections.abc import Callable
from datetime import datetime, time
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from bplan_bot.errors import WrongUse
from bplan_bot.notation.periods import read_period
from bplan_bot.texts.speaker import Speaker
from jobs import source_commands

if TYPE_CHECKING:
    from jobs.every import Jobs

YEARS = range(2000, 2100)
"""Any other is a slip of the hand: changes dated by it would be the newest, or the oldest, for good."""


class Parts(Protocol):
    """What running a job needs of the bot."""

    @property
    def jobs(self) -> "Jobs":
        """The jobs by name."""

    async def prepare(self) -> None:
        """Bring the database up."""

    async def close(self) -> None:
        """Give everything back."""


class Wiring(Protocol):
    """What bot.py hands the command line."""

    def working(self) -> Parts:
        """Make the bot with its jobs."""

    @property
    def now(self) -> Callable[[], datetime]:
        """Tells the time."""


def add_to(app: typer.Typer) -> None:
    """Add what the command line can do unasked to its other commands."""
    app.command()(run)
    app.add_typer(source_commands.app, name="sources")


def run(
    context: typer.Context,
    job: Annotated[
        str,
        typer.Argument(help="Jobbet: deliver, follow-up, inbox, poll, remind, self-check, tidy eller watch."),
    ],
    now: Annotated[str, typer.Option(help="Kør som på en dag eller et tidspunkt, fx 2025-05-14T10:00.")] = "",
) -> None:
    """Kør et job én gang."""
    wiring: Wiring = context.obj
    at = _moment(now, wiring.now()) if now else None
    done = asyncio.run(_run(wiring.working(), job, at))
    print(Speaker("da").say("job.done" if done else "job.failed", name=job))
    if not done:
        raise typer.Exit(1)


async def _run(parts: Parts, job: str, at: datetime | None) -> bool:
    try:
        await parts.prepare()
        return await parts.jobs.run(job, at=at)
    finally:
        await parts.close()


def _moment(text: str, here: datetime) -> datetime:
    """A time as it was written, or noon of a day; where it names no zone, in that of `here`, which is now."""
    try:
        found = datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        found = None
    if found is None:
        period = read_period(text)
        if period is None or period.start != period.end:
            raise WrongUse("command.not_a_date", text=text)
        found = datetime.combine(period.start, time(12))  # the zone is set below
    if found.year not in YEARS:
        raise WrongUse("command.not_a_date", text=text)
    moment = found if found.tzinfo else found.replace(tzinfo=here.tzinfo)
    # What a job writes then would be the newest until that day, and no change would be told meanwhile.
    if moment.astimezone(here.tzinfo).date() > here.date():
        raise WrongUse("job.day_ahead", text=text)
    return moment
