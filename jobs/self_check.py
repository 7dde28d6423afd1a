"""Self-check: looks whether the other jobs run and whether anything is stuck, and says so in the log."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog

from bplan_bot.notice import NoticeState
from db import job_runs, notices
from db.engine import Database

log = structlog.get_logger(__name__)

LATE = timedelta(hours=2)
"""A job that has not ended for so long is late."""


async def self_check(database: Database, now: datetime) -> Mapping[str, Any]:
    """Count the jobs that are late or failed and the notices that did not arrive."""
    async with database.reading() as session:
        runs = await job_runs.last_runs(session)
        states = await notices.by_state(session)
    late = [name for name, run in runs.items() if run.ended_at is None and now - run.started_at > LATE]
    failed = [name for name, run in runs.items() if run.outcome == "failed"]
    lost = states.get(NoticeState.FAILED, 0) + states.get(NoticeState.UNCERTAIN, 0)
    for name in late:
        log.error("job_late", job=name)
    return {"late": len(late), "failed": len(failed), "not_delivered": lost}
