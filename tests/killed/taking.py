"""The real bot taking figures from a file, in processes that die when they are told to: from the watched
folder, or by `import figures` as a person types it."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any, NoReturn

from sqlalchemy import Engine, event

import bot
from bplan_bot.settings import Settings
from db.inbox_folder import InboxFolder
from jobs.inbox import Inbox
from jobs.running import run_job
from tests.killed.process import births, dying_at


def die_before(nth: int) -> None:
    """Kill this process before the database is told something for the nth time: a statement, a commit."""
    left = nth

    def told(*_: object) -> None:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", told)
    event.listen(Engine, "commit", told)


async def look(orders: dict[str, Any], passing: Callable[[StrEnum], None]) -> int:
    """Look into the folder once."""
    at = datetime.fromisoformat(orders["at"])
    parts = bot.build(Settings.model_validate({"DATABASE_URL": orders["database_url"]}), now=lambda: at)
    inbox = Inbox(parts.database, InboxFolder(orders["inbox"]), passing, settled=0.01)
    try:
        return not await run_job("inbox", inbox.look, database=parts.database, now=parts.now)
    finally:
        await parts.close()


def begin(line: str) -> NoReturn:
    """The life of a child process."""
    orders = json.loads(line)
    if statement := orders.get("statement"):
        die_before(statement)
    if "file" in orders:
        os.environ |= {"DATABASE_URL": orders["database_url"]}
        # Its words are for a terminal, and this is what the test speaks through.
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        raise SystemExit(bot.main(["import", "figures", orders["file"], "--reason", "Ny"]))
    bot.set_up_log("error")
    point = orders.get("point", "")
    raise SystemExit(asyncio.run(look(orders, dying_at(point, orders.get("nth", 1)))))


if __name__ == "__main__":
    births(begin)
