"""Tidy: forgets what is only kept for a while."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bplan_bot.fed import fed_by
from bplan_bot.feed import FeedSource
from db import contexts, handed_on, job_runs, questions
from db.engine import Database
from db.plans import load_plans
from db.sources import forget_states

KEPT_RUNS = timedelta(days=3)
"""How long the runs of jobs are kept: deliver alone has 8.640 a day."""


async def tidy(database: Database, now: datetime, *, keep_questions: timedelta) -> Mapping[str, Any]:
    """Delete old runs of jobs, questions that were kept long enough, what talks were about, and how tables
    were doing that no plan is fed from any more."""
    async with database.transaction() as session:
        plans = await load_plans(session, on=now.date())
        fed = {(source, one.feed.table) for source in FeedSource for one in fed_by(source, plans)}
        return {
            "runs": await job_runs.tidy(session, before=now - KEPT_RUNS),
            "questions": await questions.forget(session, before=now - keep_questions),
            "handed_on": await handed_on.forget(session, before=now - keep_questions),
            "contexts": await contexts.forget(session, now=now),
            "source_states": await forget_states(session, but=fed),
        }
