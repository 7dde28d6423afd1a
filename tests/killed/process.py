"""The real bot in processes that die when they are told to.

Imports the bot once, then lives as often as a line of orders comes in: each life is a process of its own
that prints nothing; its number, and what it died of, are told when it begins and when it ends.
"""

# ruff: noqa: T201  (it is spoken with in lines)

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from time import monotonic
from typing import Any, NoReturn

from aiohttp import web
from apscheduler.triggers.interval import IntervalTrigger

import bot

# All that a life needs is imported before it begins.
import dialogs.channel
import dialogs.health
import dialogs.messenger  # noqa: F401
from bplan_bot.settings import Settings
from jobs.running import Passing

OFTEN = {"watch": IntervalTrigger(seconds=0.5), "deliver": IntervalTrigger(seconds=0.1)}
"""The real clock, with less patience than it has outside of tests."""


def telling_from(start: datetime) -> Callable[[], datetime]:
    """A clock that stood at `start` when this life began."""
    begun = monotonic()
    return lambda: start + timedelta(seconds=monotonic() - begun)


def dying_at(point: str, nth: int) -> Passing:
    """Kills its own process, as the kernel would, when that point is passed for the nth time."""
    left = nth

    def passing(passed: StrEnum) -> None:
        nonlocal left
        left -= passed == point
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    return passing


async def live(orders: dict[str, Any]) -> None:
    """Look at the goals once, then let the clock run, for ever."""
    # The lines end when the test is gone; nobody would kill this process then.
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), os._exit, 1)
    settings = Settings.model_validate({"DATABASE_URL": orders["database_url"]})
    parts = bot.build(settings, now=telling_from(datetime.fromisoformat(orders["at"])))
    working = bot.working(parts, passing=dying_at(orders["point"], orders["nth"]))
    await working.jobs.run("watch")
    runner = web.AppRunner(bot.web_app_of(working, OFTEN))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await asyncio.Event().wait()


def begin(line: str) -> NoReturn:
    """The life of a child process."""
    bot.set_up_log("error")
    asyncio.run(live(json.loads(line)))
    raise SystemExit(1)  # it was to live until it is killed


def births(begin: Callable[[str], NoReturn]) -> None:
    """One life for each line of orders."""
    for line in iter(sys.stdin.readline, ""):
        child = os.fork()
        if not child:
            begin(line)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    births(begin)
