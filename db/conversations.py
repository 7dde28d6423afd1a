"""Conversations in the database: where the bot can be heard, kept as it is told of them."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.conversation import Conversation, ConversationKind, ConversationState
from db.dialect import insert_new
from db.engine import Database
from db.tables import conversation as table

_NAMES = tuple(field.name for field in fields(Conversation))
_BY_ID = str(select(*(table.c[name] for name in _NAMES)).where(table.c.id == bindparam("id")))


async def remember(session: AsyncSession, heard: Conversation, *, now: datetime) -> None:
    """Store a conversation that was heard from at `now` (aware): what it is now wins, and it is active.

    A person or a locale that it does not name this time is kept.
    """
    if await _hear_again(session, heard, now):
        return
    if not await insert_new(session, table, [_row(heard) | _active(now)]):
        # Another process heard it first, at the same moment.
        await _hear_again(session, heard, now)


async def set_state(
    session: AsyncSession, conversation_id: str, state: ConversationState, *, error: str, now: datetime
) -> None:
    """Note what has become of a conversation and why; nothing where it is not known."""
    changed = {"state": state.value, "last_error": error, "changed_at": now}
    await session.execute(update(table).where(table.c.id == conversation_id).values(changed))


async def conversation(session: AsyncSession, conversation_id: str) -> Conversation | None:
    """The conversation with that id, or None."""
    row = (await session.execute(select(table).where(table.c.id == conversation_id))).mappings().first()
    return _conversation(row) if row else None


async def known_as(database: Database, conversation_id: str) -> Conversation | None:
    """The conversation with that id, or None: at a glance, since every message asks."""
    rows = await database.glance(_BY_ID, id=conversation_id)
    return next((_conversation(dict(zip(_NAMES, row, strict=True))) for row in rows), None)


async def personal_of(session: AsyncSession, person: str) -> Conversation | None:
    """The active personal conversation with somebody, the one last heard from; None where there is none."""
    query = (
        select(table)
        .where(table.c.person == person, table.c.person != "")
        .where(table.c.kind == ConversationKind.PERSONAL, table.c.state == ConversationState.ACTIVE)
        .order_by(table.c.heard_at.desc(), table.c.id)
        .limit(1)
    )
    row = (await session.execute(query)).mappings().first()
    return _conversation(row) if row else None


async def newest(session: AsyncSession) -> Conversation | None:
    """The active conversation last heard from, whoever it is with; None where nobody has spoken yet."""
    query = select(table).where(table.c.state == ConversationState.ACTIVE)
    found = await session.execute(query.order_by(table.c.heard_at.desc(), table.c.id).limit(1))
    row = found.mappings().first()
    return _conversation(row) if row else None


async def count_by_state(session: AsyncSession) -> dict[ConversationState, int]:
    """How many conversations are in each state, none where there are none."""
    found = await session.execute(select(table.c.state, func.count()).group_by(table.c.state))
    counted = {ConversationState(state): count for state, count in found}
    return {state: counted.get(state, 0) for state in ConversationState}


async def _hear_again(session: AsyncSession, heard: Conversation, now: datetime) -> bool:
    """Update the stored conversation; whether there was one."""
    kept = ("id", *(name for name in ("person", "locale") if not getattr(heard, name)))
    told = {name: value for name, value in _row(heard).items() if name not in kept}
    updating = update(table).where(table.c.id == heard.id).values(told | _active(now)).returning(table.c.id)
    return (await session.execute(updating)).first() is not None


def _active(now: datetime) -> dict[str, Any]:
    return {"state": ConversationState.ACTIVE.value, "last_error": "", "heard_at": now, "changed_at": now}


def _row(given: Conversation) -> dict[str, Any]:
    return {
        "id": given.id,
        "kind": given.kind.value,
        "tenant_id": given.tenant_id,
        "service_url": given.service_url,
        "bot_id": given.bot_id,
        "person": given.person,
        "locale": given.locale,
    }


def _conversation(row: Mapping[Any, Any]) -> Conversation:
    return Conversation(
        id=row["id"],
        kind=ConversationKind(row["kind"]),
        tenant_id=row["tenant_id"],
        service_url=row["service_url"],
        bot_id=row["bot_id"],
        person=row["person"],
        locale=row["locale"],
        state=ConversationState(row["state"]),
        last_error=row["last_error"],
    )
