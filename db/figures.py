"""Figures on their way into the database: what lies before somebody who reports, and what is brought."""

from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.batch import Batch, Taken
from bplan_bot.form import OUTSIDE
from bplan_bot.form_of_round import Desk
from db.audit import add_entry
from db.documents import save_documents
from db.observations import store_observations
from db.people import load_people
from db.pictures import picture_of
from db.rounds import round_of, round_picture
from db.tables import plan as plan_table
from db.tables import round_ as round_table


async def desk_of(
    session: AsyncSession, plan_key: str, half: int, *, person: str, now: datetime, alone: bool = False
) -> Desk | None:
    """A round as it lies before a person, or the plan where the half is `OUTSIDE` any round; None where there
    is no such round or plan.

    `alone` holds it until the end of the transaction, so that of two who report at once the second sees what
    the first stored.
    """
    if half == OUTSIDE:
        return await _outside(session, plan_key, person=person, now=now, alone=alone)
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


async def _outside(
    session: AsyncSession, plan_key: str, *, person: str, now: datetime, alone: bool
) -> Desk | None:
    row = select(plan_table.c.key).where(plan_table.c.key == plan_key)
    found = await session.execute(row.with_for_update(key_share=True) if alone else row)
    if found.first() is None:
        return None
    return Desk(
        picture=await picture_of(session, plan_key, today=now.date()),
        round=None,
        answers=(),
        people=await load_people(session),
        person=person,
        now=now,
    )


async def take(session: AsyncSession, plan_key: str, batch: Batch, *, now: datetime) -> Taken:
    """Store a batch of a plan's figures with their document, and who brought them, recorded `now` (aware).

    A batch of which all is stored already writes nothing but its document. Refused what `add_observations`
    refuses.
    """
    await save_documents(session, [batch.document])
    taken = await store_observations(session, plan_key, batch.observations, now=now)
    if taken.stored:
        counts = {"new": taken.new, "corrected": taken.corrected, "same": taken.same}
        await add_entry(
            session,
            at=now,
            actor=batch.by,
            action="figure_reported" if batch.goal else "figures_taken",
            subject=f"{plan_key}/{batch.goal or batch.source}",
            detail={"document": batch.document.key, **counts, **batch.detail},
        )
    return taken
