"""Questions in the database: what was asked and what the answer got, without who asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.asked import Asked, KeptQuestion, Thumb
from db.tables import question as table


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredQuestion:
    """A question whose answer was sent at `at` (aware), as that activity of that conversation; the ids are
    empty where the channel gave none."""

    asked: Asked
    at: datetime
    conversation: str
    activity: str


async def keep(session: AsyncSession, answered: Iterable[AnsweredQuestion]) -> None:
    """Store questions."""
    rows = [_row(one) for one in answered]
    if rows:
        await session.execute(insert(table), rows)


async def note_thumb(
    session: AsyncSession, conversation: str, activity: str, thumb: Thumb, *, comment: str
) -> bool:
    """Note what an answer got, in the place of what it got before; False where its question is not kept.

    An empty `activity` is the newest answer of the conversation: Teams names the one it means, the Playground
    does not.
    """
    query = select(table.c.id).where(table.c.conversation == _digest(conversation), table.c.activity != "")
    if activity:
        query = query.where(table.c.activity == activity)
    found = await session.scalar(query.order_by(table.c.at.desc(), table.c.id.desc()).limit(1))
    got = {"thumb": thumb.value, "comment": comment}
    await session.execute(update(table).where(table.c.id == found).values(got))
    return found is not None


async def kept_questions(
    session: AsyncSession, *, unclear: bool = False, thumb: Thumb | None = None
) -> tuple[KeptQuestion, ...]:
    """What is kept, newest first; only what was unclear, or only what got that thumb, where asked for."""
    query = select(table).order_by(table.c.at.desc(), table.c.id.desc())
    if unclear:
        query = query.where(table.c.unclear)
    if thumb:
        query = query.where(table.c.thumb == thumb.value)
    return tuple(_kept(row) for row in (await session.execute(query)).mappings())


async def forget(session: AsyncSession, *, before: datetime) -> int:
    """Delete the questions from before a moment, and say how many that were."""
    old = delete(table).where(table.c.at < before).returning(table.c.id)
    return len((await session.execute(old)).all())


def _digest(conversation: str) -> str:
    return blake2b(conversation.encode(), digest_size=16).hexdigest() if conversation else ""


def _row(given: AnsweredQuestion) -> dict[str, Any]:
    return {
        "at": given.at,
        "conversation": _digest(given.conversation),
        "activity": given.activity,
        "text": given.asked.text,
        "topic": given.asked.topic,
        "thumb": "",
        "comment": "",
        "unclear": given.asked.unclear,
    }


def _kept(row: Mapping[Any, Any]) -> KeptQuestion:
    return KeptQuestion(
        at=row["at"],
        text=row["text"],
        topic=row["topic"],
        unclear=row["unclear"],
        thumb=Thumb(row["thumb"]) if row["thumb"] else None,
        comment=row["comment"],
    )
