"""Self-check: looks whether the other jobs run, what is stuck and what runs out, and says so in the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import structlog

from bplan_bot import secret_expiry
from bplan_bot.notice import NoticeState
from db import job_runs, notices, people
from db.engine import Database

log = structlog.get_logger(__name__)

LATE = timedelta(hours=2)
"""A job that has not ended for so long is late."""


@dataclass(slots=True)
class SelfCheck:
    """The self-check of one bot. `secret_expires` is the last day of its secret, None where nobody has said;
    `warned_on` the day the log was last told of it."""

    database: Database
    secret_expires: date | None
    warned_on: date | None = None

    async def look(self, now: datetime) -> Mapping[str, Any]:
        """Count the jobs that are late or failed and the notices that did not arrive; tell administrators
        when the secret runs out."""
        async with self.database.reading() as session:
            runs = await job_runs.last_runs(session)
            states = await notices.by_state(session)
        late = [name for name, run in runs.items() if run.ended_at is None and now - run.started_at > LATE]
        failed = [name for name, run in runs.items() if run.outcome == "failed"]
        lost = states.get(NoticeState.FAILED, 0) + states.get(NoticeState.UNCERTAIN, 0)
        for name in late:
            log.error("job_late", job=name)
        told = await self._tell(self.secret_expires, now) if self.secret_expires else 0
        return {"late": len(late), "failed": len(failed), "not_delivered": lost, "notices": told}

    async def _tell(self, expires: date, now: datetime) -> int:
        """The log once a day, and every administrator at the days that are due; how many were told."""
        if secret_expiry.warning(expires, now.date()) is None:
            return 0
        if self.warned_on != now.date():
            self.warned_on = now.date()
            log.warning("secret_expires", on=expires.isoformat(), days_left=(expires - now.date()).days)
        async with self.database.transaction() as session:
            everybody = await people.load_people(session)
            return await notices.enqueue(session, secret_expiry.notices(expires, now, everybody))
