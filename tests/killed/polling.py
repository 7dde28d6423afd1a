"""One poll of the real bot in a process of its own, which may kill itself on the way: `python -m
tests.killed.polling`, with its settings and the point to die at as JSON on the command line."""

import asyncio
import json
import os
import signal
import sys
from datetime import datetime
from enum import StrEnum
from typing import Any

import bot
from bplan_bot.settings import Settings


async def live(orders: dict[str, Any]) -> bool:
    """Poll once; whether it came to its end."""
    left = orders["nth"]

    def passing(passed: StrEnum) -> None:
        nonlocal left
        left -= passed == orders["point"]
        if passed == orders["point"] and not left:
            os.kill(os.getpid(), signal.SIGKILL)

    at = datetime.fromisoformat(orders["at"])
    parts = bot.build(Settings.model_validate(orders["settings"]), now=lambda: at)
    working = bot.working(parts, passing=passing)
    try:
        return await working.jobs.run("poll")
    finally:
        await working.close()


if __name__ == "__main__":
    bot.set_up_log("error")
    raise SystemExit(0 if asyncio.run(live(json.loads(sys.argv[1]))) else 1)
