"""Documents in the database: what figures and judgements come from."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.errors import Refused
from bplan_bot.observation import Document
from db.definitions import Changes, write
from db.dialect import insert_new
from db.tables import document


async def save_documents(session: AsyncSession, documents: Iterable[Document]) -> Changes:
    """Make the stored documents equal these by key."""
    rows = {given.key: _row(given) for given in documents}
    if not rows:
        return Changes()
    # Documents belong to no plan, so another process may be adding the same ones.
    added = await insert_new(session, document, [rows[key] for key in sorted(rows)])
    return Changes(added=added) + await write(session, document, list(rows.values()))


async def load_documents(session: AsyncSession, keys: Iterable[str]) -> dict[str, Document]:
    """The documents with these keys, by key."""
    found = await session.execute(select(document).where(document.c.key.in_(set(keys))))
    return {row["key"]: _document(row) for row in found.mappings()}


async def lock_documents(session: AsyncSession, keys: Iterable[str]) -> None:
    """Let one transaction at a time report from these documents; Refused `database.unknown_document`."""
    wanted = set(keys)
    locking = select(document.c.key).where(document.c.key.in_(wanted)).order_by(document.c.key)
    known = (await session.scalars(locking.with_for_update(key_share=True))).all()
    for key in sorted(wanted - set(known)):
        raise Refused("database.unknown_document", document=key)


def _row(given: Document) -> dict[str, Any]:
    return {
        "key": given.key,
        "title": given.title,
        "case": given.case,
        "date": given.date,
        "rank": given.rank,
    }


def _document(row: Mapping[Any, Any]) -> Document:
    return Document(row["key"], row["title"], row["case"], row["date"], row["rank"])
