"""Runs a job: one step, one JobRun row, and a failure that is logged instead of stopping the clock; and names
the points on the way at which it matters whether the process dies."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import structlog

from bplan_bot.errors import Refused, frames_of
from db import job_runs
from db.engine import Database

log = structlog.get_logger(__name__)

Step = Callable[[datetime], Awaitable[Mapping[str, Any]]]
"""A job: looks for what is due at the time it is told, does it, and says in figures what it did."""


class Point(StrEnum):
    """Between which two steps a process is."""

    AFTER_ASSESS = "after assess"  # changes and notices are written, not committed
    AFTER_COMMIT = "after commit"
    AFTER_CLAIM = "after claim"
    BEFORE_SEND = "before send"  # "sending" is committed
    AFTER_SEND = "after send"  # Teams has answered, nothing is marked


class PollPoint(StrEnum):
    """Between which two steps of fetching figures a process is."""

    AFTER_FETCH = "after fetch"  # the source has answered, nothing is stored
    AFTER_TABLE = "after table"  # a table's figures and its state are written, not committed
    AFTER_SOURCE = "after source"  # all of a source is committed


class InboxPoint(StrEnum):
    """Between which two steps of taking a file a process is."""

    AFTER_READ = "after read"  # nothing is stored
    AFTER_WRITE = "after write"  # its figures are written, not committed
    AFTER_STORE = "after store"  # they are committed, the file still lies where it was
    AFTER_REPORT = "after report"  # its report is written, it still lies where it was
    AFTER_MOVE = "after move"


Passing = Callable[[StrEnum], None]
"""Hears of each point a job passes."""


def pass_by(_: StrEnum) -> None:
    """Nobody needs to hear of it."""


async def run_job(name: str, step: Step, *, database: Database, now: Callable[[], datetime]) -> bool:
    """Run one job to its end and write down how it went; whether it succeeded.

    The JobRun is begun in a transaction of its own, so that a run that was killed is seen as one that never
    ended.
    """
    try:
        async with database.transaction() as session:
            run_id = await job_runs.begin(session, name, now=now())
        outcome, did, error = await _attempt(name, step, now)
        async with database.transaction() as session:
            await job_runs.end(session, run_id, now=now(), outcome=outcome, did=did, error=error)
    except Refused as refused:
        # The database is away; there is nowhere to write it down but here.
        log.error("job_not_run", job=name, reason=str(refused))
        return False
    return outcome == "done"


async def _attempt(name: str, step: Step, now: Callable[[], datetime]) -> tuple[str, Mapping[str, Any], str]:
    try:
        did = await step(now())
    except Refused as refused:
        log.error("job_refused", job=name, reason=str(refused))
        return "failed", {}, str(refused)
    except Exception as problem:
        # Any fault: the next tick looks for the same due work again, and the row says what happened.
        kind, frames = type(problem).__name__, frames_of(problem)
        log.error("job_failed", job=name, problem=kind, traceback=frames)
        return "failed", {}, kind
    # Most looks find nothing due; those would drown what a person looks for in the log.
    (log.info if any(did.values()) else log.debug)("job_done", job=name, **did)
    return "done", did, ""
