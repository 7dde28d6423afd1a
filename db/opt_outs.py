"""Opt-outs in the database: what somebody does not want to be told unasked."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.notice import OptOut
from db.audit import add_entry
from db.dialect import insert_new
from db.tables import opt_out as table


async def opt_out(session: AsyncSession, person: str, kind: OptOut, *, now: datetime) -> bool:
    """Tell somebody no more of a kind, with its audit row; False where that is so already."""
    row = {"person": person, "kind": kind.value, "since": now}
    if not await insert_new(session, table, [row]):
        return False
    detail = {"kind": kind.value}
    await add_entry(session, at=now, actor=person, action="opt_out", subject=person, detail=detail)
    return True


async def opt_in(session: AsyncSession, person: str, kind: OptOut, *, now: datetime) -> bool:
    """Tell somebody of a kind again, with its audit row; False where they never opted out."""
    gone = delete(table).where(table.c.person == person, table.c.kind == kind.value)
    if (await session.execute(gone.returning(table.c.person))).first() is None:
        return False
    detail = {"kind": kind.value}
    await add_entry(session, at=now, actor=person, action="opt_in", subject=person, detail=detail)
    return True


async def opted_out(session: AsyncSession, kind: OptOut) -> frozenset[str]:
    """Everybody who is not to be told of a kind."""
    return frozenset(await session.scalars(select(table.c.person).where(table.c.kind == kind.value)))
