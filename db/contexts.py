"""Contexts in the database: what a conversation was last about, for a while."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.understand.context import FORGOTTEN_AFTER, Context, is_forgotten
from db.dialect import insert_or_renew
from db.engine import Database
from db.tables import context as table

_LAST = str(select(table.c.context, table.c.at).where(table.c.conversation == bindparam("conversation")))
_CONTEXT = TypeAdapter(Context)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What a conversation was about at a moment (aware)."""

    conversation: str
    about: Context
    at: datetime


async def remember(session: AsyncSession, heard: Sequence[Remembered]) -> None:
    """Keep what conversations are about, each in the place of what it was about before; what another process
    has kept of a later moment stays. Each conversation may be there once."""
    rows = [{"conversation": _digest(one.conversation), "at": one.at, "context": one.about} for one in heard]
    await insert_or_renew(session, table, rows, newest=table.c.at)


async def last_of(database: Database, conversation: str, *, now: datetime) -> Context | None:
    """What a conversation was about; None where that was never kept, or longer ago than it is leant on."""
    for about, at in await database.glance(_LAST, conversation=_digest(conversation)):
        return None if is_forgotten(_moment(at), now=now) else _context(about)
    return None


async def forget(session: AsyncSession, *, now: datetime) -> int:
    """Delete what is no longer leant on, and say how many that were."""
    old = delete(table).where(table.c.at <= now - FORGOTTEN_AFTER).returning(table.c.conversation)
    return len((await session.execute(old)).all())


def _context(about: Any) -> Context:
    """The context as the driver has it: SQLite's as text, PostgreSQL's as what the JSON says."""
    return _CONTEXT.validate_json(about) if isinstance(about, str) else _CONTEXT.validate_python(about)


def _moment(at: Any) -> datetime:
    """The moment as the driver has it; SQLite has text in UTC that does not say so."""
    found = datetime.fromisoformat(str(at))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _digest(conversation: str) -> str:
    return blake2b(conversation.encode(), digest_size=16).hexdigest()
