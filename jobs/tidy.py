"""Tidy: forgets what is only kept for a while."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from db import contexts, handed_on, job_runs, questions
from db.engine import Database

KEPT_RUNS = timedelta(days=3)
"""How long the runs of jobs are kept: deliver alone has 8.640 a day."""


async def tidy(database: Database, now: datetime, *, keep_questions: timedelta) -> Mapping[str, Any]:
    """Delete old runs of jobs, questions that were kept long enough, and what talks were about."""
    async with database.transaction() as session:
        return {
            "runs": await job_runs.tidy(session, before=now - KEPT_RUNS),
            "questions": await questions.forget(session, before=now - keep_questions),
            "handed_on": await handed_on.forget(session, before=now - keep_questions),
            "contexts": await contexts.forget(session, now=now),
        }
