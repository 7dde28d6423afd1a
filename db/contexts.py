"""Contexts in the database: what a conversation was last about, for a while."""

from datetime import datetime
from hashlib import blake2b

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.understand.context import FORGOTTEN_AFTER, Context
from db.dialect import insert_new
from db.tables import context as table


async def remember(session: AsyncSession, conversation: str, about: Context, *, now: datetime) -> None:
    """Keep what a conversation is about at `now` (aware), in the place of what it was about."""
    key = _digest(conversation)
    written = {"at": now, "context": about}
    changed = update(table).where(table.c.conversation == key).values(written).returning(table.c.conversation)
    if (await session.execute(changed)).first() is None:
        # Where another process was first, its row is as good: both were said at the same moment.
        await insert_new(session, table, [{"conversation": key, **written}])


async def last_of(session: AsyncSession, conversation: str, *, now: datetime) -> Context | None:
    """What a conversation was about; None where that was never kept, or longer ago than it is leant on."""
    query = select(table.c.context).where(
        table.c.conversation == _digest(conversation), table.c.at > now - FORGOTTEN_AFTER
    )
    found: Context | None = await session.scalar(query)
    return found


async def forget(session: AsyncSession, *, now: datetime) -> int:
    """Delete what is no longer leant on, and say how many that were."""
    old = delete(table).where(table.c.at <= now - FORGOTTEN_AFTER).returning(table.c.conversation)
    return len((await session.execute(old)).all())


def _digest(conversation: str) -> str:
    return blake2b(conversation.encode(), digest_size=16).hexdigest()
