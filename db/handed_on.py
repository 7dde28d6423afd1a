"""Questions handed on in the database: kept with the notices they owe; the first answer counts."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.handed_on import HandedOn, cards_of, notice_of_answer, notices_of_question
from bplan_bot.notice import NoticeKind, renewal
from db.dialect import insert_new
from db.notices import enqueue, with_prefix
from db.tables import handed_on as table


async def hand_on(session: AsyncSession, asked: HandedOn, *, to: Collection[str]) -> HandedOn | None:
    """Keep a question and queue it for those people; what is kept already where the same person asked the
    same before, None where it is new."""
    if await insert_new(session, table, [_row(asked)]):
        await enqueue(session, notices_of_question(asked, to))
        return None
    return await _one(session, table.c.same == asked.same)


async def handed(session: AsyncSession, key: str) -> HandedOn | None:
    """The question of that key; None where it was forgotten."""
    return await _one(session, table.c.key == key)


async def answer(session: AsyncSession, asked: HandedOn, text: str, *, by: str, now: datetime) -> HandedOn:
    """Keep an answer where there is none yet, queue it for whoever asked and renew the cards that put the
    question; the question as it stands then."""
    given = {"answer": text, "answered_by": by, "answered_at": now}
    first = update(table).where(table.c.key == asked.key, table.c.answered_at.is_(None)).values(given)
    if (await session.execute(first.returning(table.c.key))).first() is not None:
        await enqueue(session, [notice_of_answer(asked, now=now)])
        cards = await with_prefix(session, cards_of(asked))
        await enqueue(
            session, [renewal(card, "answered", now) for card in cards if card.kind is NoticeKind.QUESTION]
        )
    return await _one(session, table.c.key == asked.key) or asked


async def all_handed_on(session: AsyncSession) -> tuple[HandedOn, ...]:
    """Everything that is kept, newest first."""
    query = select(table).order_by(table.c.asked_at.desc(), table.c.key)
    return tuple(_handed_on(row) for row in (await session.execute(query)).mappings())


async def forget(session: AsyncSession, *, before: datetime) -> int:
    """Delete what was asked before a moment, answered or not, and say how many that were."""
    old = delete(table).where(table.c.asked_at < before).returning(table.c.key)
    return len((await session.execute(old)).all())


async def _one(session: AsyncSession, which: Any) -> HandedOn | None:
    row = (await session.execute(select(table).where(which))).mappings().first()
    return _handed_on(row) if row else None


def _row(asked: HandedOn) -> dict[str, Any]:
    return {
        "key": asked.key,
        "same": asked.same,
        "text": asked.text,
        "language": asked.language,
        "asker": asked.asker,
        "asked_at": asked.asked_at,
        "answer": asked.answer,
        "answered_by": asked.answered_by,
        "answered_at": asked.answered_at,
    }


def _handed_on(row: Mapping[Any, Any]) -> HandedOn:
    return HandedOn(**row)
