"""The statements that SQLite and PostgreSQL need written by their own constructs."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table
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


async def insert_or_renew(
    session: AsyncSession, table: Table, rows: Sequence[dict[str, Any]], *, newest: ColumnElement[Any]
) -> None:
    """Insert rows, each in the place of the one with its key unless that one's `newest` is later."""
    if not rows:
        return
    key = next(iter(table.primary_key))
    inserting: Any = (
        postgresql.insert(table) if session.get_bind().dialect.name == "postgresql" else sqlite.insert(table)
    )
    changed = {column.name: inserting.excluded[column.name] for column in table.c if column is not key}
    renewing = inserting.on_conflict_do_update(
        index_elements=[key], set_=changed, where=newest <= inserting.excluded[newest.key]
    )
    # In one order everywhere, or two processes with the same keys could wait for each other in a circle.
    await session.execute(renewing, sorted(rows, key=lambda row: str(row[key.name])))
