"""How the sources are doing, in the database: one row for each table that is asked."""

from collections.abc import Collection, Mapping
from dataclasses import asdict

from sqlalchemy import delete, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.source_state import SourceState
from db.dialect import insert_new
from db.tables import source_state as table


async def load_states(session: AsyncSession) -> Mapping[tuple[str, str], SourceState]:
    """Every state there is, by source and table."""
    rows = (await session.execute(select(table).order_by(table.c.source, table.c.table))).mappings()
    return {(row["source"], row["table"]): SourceState(**row) for row in rows}


async def save_state(session: AsyncSession, state: SourceState) -> None:
    """Keep how a table is doing, in the place of how it was doing."""
    row = {**asdict(state), "failure": state.failure}
    if await insert_new(session, table, [row]):
        return
    own = (table.c.source == state.source, table.c.table == state.table)
    await session.execute(update(table).where(*own).values(row))


async def forget_states(session: AsyncSession, *, but: Collection[tuple[str, str]]) -> int:
    """Delete the states of all tables but these (source, table); how many that were."""
    kept = tuple_(table.c.source, table.c.table).in_(list(but))
    gone = await session.execute(delete(table).where(~kept).returning(table.c.source))
    return len(gone.all())
