"""Reporting in the database: what lies before somebody who reports, and the figures they report."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.form_of_round import Desk
from bplan_bot.observation import Document, Observation
from db.audit import add_entry
from db.documents import save_documents
from db.observations import add_observations
from db.rounds import round_of, round_picture
from db.tables import round_ as round_table


async def desk_of(
    session: AsyncSession, plan_key: str, half: int, *, person: str, now: datetime, alone: bool = False
) -> Desk | None:
    """A round as it lies before a person; None where there is no such round.

    `alone` holds the round until the end of the transaction, so that of two who report at once the second
    sees what the first stored.
    """
    if alone:
        mine = and_(round_table.c.plan == plan_key, round_table.c.half == half)
        await session.execute(select(round_table.c.half).where(mine).with_for_update())
    round_ = await round_of(session, plan_key, half)
    if round_ is None:
        return None
    seen = await round_picture(session, round_, today=now.date())
    return Desk(
        picture=seen.picture,
        round=round_,
        answers=seen.answers,
        people=seen.people,
        person=person,
        now=now,
    )


async def report(
    session: AsyncSession,
    plan_key: str,
    goal: str,
    *,
    figures: Iterable[Observation],
    document: Document,
    by: str,
    now: datetime,
    detail: Mapping[str, Any],
) -> int:
    """Store a goal's figures and their document, and who reported them; how many were new.

    `by` is an Entra object id, `detail` JSON values that go into the audit row.
    """
    await save_documents(session, [document])
    added = await add_observations(session, plan_key, figures, now=now)
    subject = f"{plan_key}/{goal}"
    await add_entry(session, at=now, actor=by, action="figure_reported", subject=subject, detail=detail)
    return added
