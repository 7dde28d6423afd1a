"""Runs of jobs in the database: each begun before it works and ended after, so a killed one shows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.job_run import JobRun
from db.tables import job_run


async def begin(session: AsyncSession, job: str, *, now: datetime) -> int:
    """Note that a job begins; gives the id of the run."""
    row = {"job": job, "started_at": now, "outcome": "", "did": {}, "error": ""}
    run_id: int = (await session.execute(insert(job_run).values(row).returning(job_run.c.id))).scalar_one()
    return run_id


async def end(
    session: AsyncSession, run_id: int, *, now: datetime, outcome: str, did: Mapping[str, Any], error: str
) -> None:
    """Note how a run went; a run that has ended stays as it ended."""
    ended = {"ended_at": now, "outcome": outcome, "did": dict(did), "error": error}
    running = (job_run.c.id == run_id, job_run.c.ended_at.is_(None))
    await session.execute(update(job_run).where(*running).values(ended))


async def last_runs(session: AsyncSession) -> dict[str, JobRun]:
    """The newest run of each job, by the job's name."""
    query = select(job_run).where(job_run.c.id.in_(_newest())).order_by(job_run.c.job)
    return {row["job"]: JobRun(**row) for row in (await session.execute(query)).mappings()}


async def tidy(session: AsyncSession, *, before: datetime) -> int:
    """Delete the runs that ended before a moment, but each job's newest, and say how many that were."""
    old = delete(job_run).where(job_run.c.ended_at < before, job_run.c.id.not_in(_newest()))
    return len((await session.execute(old.returning(job_run.c.id))).all())


def _newest() -> Any:
    return select(func.max(job_run.c.id)).group_by(job_run.c.job)
