"""Looks which tables of the sources have become late or are back, and queues what administrators are told."""

from collections.abc import Collection, Iterable
from datetime import datetime

import structlog

from bplan_bot.access import Person, Role
from bplan_bot.fed import fed_by
from bplan_bot.feed import FeedSource
from bplan_bot.lateness import Turns, back_notices, days_of, late_notices, late_prefix, still_late, turns
from bplan_bot.source_state import SourceState
from bplan_bot.working_days import WorkingDays
from db import notices as notice_rows
from db.engine import Database, Session
from db.people import load_people
from db.plans import load_plans
from db.sources import load_states, save_state

log = structlog.get_logger(__name__)


async def tell_lateness(
    database: Database, sources: Collection[FeedSource], working: WorkingDays, *, now: datetime
) -> int:
    """One look at the tables of these sources that a plan is fed from; how many notices were queued.

    What has been told and its notices are kept in one transaction. Where nothing has turned nothing is
    written, and nothing counts as told while there is no administrator to tell.
    """
    async with database.reading() as session:
        seen = await _states(session, sources, now)
    if not any(turns(states, working, now=now) for states in seen):
        return 0
    queued, told = 0, []
    async with database.transaction() as session:
        people = await load_people(session)
        if not any(person.has(Role.ADMINISTRATOR) for person in people):
            return 0
        for states in await _states(session, sources, now):
            told.append(turns(states, working, now=now))
            queued += await _tell(session, states, told[-1], people, now)
    for late in (turned.late for turned in told if turned.late):
        log.warning("source_late", source=late[0].source, since=days_of(late))
    return queued


async def _states(
    session: Session, sources: Collection[FeedSource], now: datetime
) -> list[list[SourceState]]:
    """Of each source how its tables are doing, without those that no plan is fed from any more."""
    plans = await load_plans(session, on=now.date())
    states = await load_states(session)
    return [
        [
            states[source, table]
            for table in sorted({fed.feed.table for fed in fed_by(source, plans)})
            if (source, table) in states
        ]
        for source in sources
    ]


async def _tell(
    session: Session, states: Iterable[SourceState], turned: Turns, people: Iterable[Person], now: datetime
) -> int:
    for state in turned.kept:
        await save_state(session, state)
    queued = await notice_rows.enqueue(session, late_notices(turned, people, now=now))
    return queued + await _tell_back(session, states, turned, now)


async def _tell_back(session: Session, states: Iterable[SourceState], turned: Turns, now: datetime) -> int:
    """Tell of what is back those who have heard that it was late, and the others neither."""
    if not turned.back:
        return 0
    told = await notice_rows.with_prefix(session, late_prefix(turned.back[0].source))
    left = [state for state in states if state not in turned.back]
    for notice in told:
        if not still_late(notice.facts, left):
            await notice_rows.cancel(session, notice.key, now=now)
    return await notice_rows.enqueue(session, back_notices(turned, told, now=now))
