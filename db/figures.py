"""Figures on their way into the database: what lies before somebody who reports, and what is brought."""

from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.batch import Batch, Taken
from bplan_bot.form_of_round import Desk
from db.audit import add_entry
from db.documents import save_documents
from db.observations import store_observations
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
