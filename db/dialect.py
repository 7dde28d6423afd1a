"""The one statement that SQLite and PostgreSQL need written by their own constructs."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession


async def insert_new(session: AsyncSession, table: Table, rows: Sequence[dict[str, Any]]) -> int:
    """Insert those rows that no unique key refuses, waiting for another process that inserts the same.

    Returns how many were inserted.
    """
    if not rows:
        return 0
    first = next(iter(table.primary_key))
    if session.get_bind().dialect.name == "postgresql":
        inserting = postgresql.insert(table).values(list(rows)).on_conflict_do_nothing().returning(first)
    else:
        inserting = sqlite.insert(table).values(list(rows)).on_conflict_do_nothing().returning(first)
    return len((await session.execute(inserting)).all())
