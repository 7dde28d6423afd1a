"""Remind: looks which reminders of the open rounds are due, and queues each once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bplan_bot.alerts import plan_is_closed
from bplan_bot.deadlines import Lead
from bplan_bot.reminders import due_reminders, is_time, key_of
from db import notices as notice_rows
from db import rounds as round_rows
from db.engine import Database


async def remind(database: Database, now: datetime, *, lead: Lead) -> Mapping[str, Any]:
    """One look at every open round of a plan that is not closed. Safe to run twice, and to miss for days:
    what was queued is in the outbox, and what is due follows from the dates."""
    queued = 0
    if not is_time(now, lead):
        return {"reminders": 0}
    async with database.transaction() as session:
        for round_ in await round_rows.open_rounds(session):
            seen = await round_rows.round_picture(session, round_, today=now.date())
            if not plan_is_closed(seen.picture.all()):
                told = await notice_rows.with_prefix(session, key_of(round_))
                due = due_reminders(seen, told, lead, now=now)
                queued += await notice_rows.enqueue(session, due)
    return {"reminders": queued}
