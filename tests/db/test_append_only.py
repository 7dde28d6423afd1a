"""What was reported, what changed and who did what stays as it was written, whoever writes SQL."""

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from db import tables
from db.engine import Database
from db.plans import save_package
from tests.factories import NOW, make_package

APPEND_ONLY = ("observation", "stated_assessment", "status_change", "audit_entry")


@pytest.fixture
async def with_rows(database: Database) -> Database:
    """A database with a row in every append-only table."""
    change = {"plan": "norddjurs-2024", "goal": "1.1", "number": 1, "after": "met", "at": NOW}
    entry = {"at": NOW, "actor": "anna", "action": "grant", "subject": "bo", "detail": {}}
    async with database.transaction() as session:
        await save_package(session, make_package(), now=NOW)
        await session.execute(insert(tables.status_change), [change | {"figures": "", "held": False}])
        await session.execute(insert(tables.audit_entry), [entry])
    return database


async def refuse(database: Database, change: str) -> None:
    with pytest.raises(DBAPIError, match="is append-only"):
        async with database.transaction() as session:
            await session.execute(text(change))


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change", ["UPDATE {table} SET id = id + 100", "DELETE FROM {table}"])
async def test_no_statement_changes_or_deletes_a_row(with_rows: Database, change: str, table: str) -> None:
    await refuse(with_rows, change.format(table=table))


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize(
    ("dialect", "change"),
    [
        ("sqlite", "INSERT OR REPLACE INTO {table} SELECT * FROM {table}"),
        ("postgresql", "TRUNCATE {table}"),
    ],
    indirect=["dialect"],
)
async def test_nor_does_one_that_deletes_by_another_name(
    with_rows: Database, change: str, table: str
) -> None:
    await refuse(with_rows, change.format(table=table))
