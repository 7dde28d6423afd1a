"""The audit says who did what to what, newest first."""

from datetime import timedelta

import pytest

from db.audit import add_entry, entries
from db.engine import Database
from tests.factories import NOW


async def add(database: Database, *subjects: str) -> None:
    async with database.transaction() as session:
        for day, subject in enumerate(subjects):
            await add_entry(
                session,
                at=NOW + timedelta(days=day),
                actor="anna",
                action="grant",
                subject=subject,
                detail={"role": "head", "goal": None},
            )


async def test_an_entry_comes_back_as_it_was_written(database: Database) -> None:
    await add(database, "bo")

    async with database.reading() as session:
        (entry,) = await entries(session, limit=10)
    assert (entry.at, entry.actor, entry.action, entry.subject) == (NOW, "anna", "grant", "bo")
    assert entry.detail == {"role": "head", "goal": None}


async def test_entries_are_read_newest_first_and_no_more_than_asked_for(database: Database) -> None:
    await add(database, "bo", "carl", "bo", "dorte")

    async with database.reading() as session:
        assert [entry.subject for entry in await entries(session, limit=3)] == ["dorte", "bo", "carl"]
        assert [entry.at for entry in await entries(session, subject="bo", limit=3)] == [
            NOW + timedelta(days=2),
            NOW,
        ]
        assert await entries(session, subject="nobody", limit=3) == ()


async def test_an_entry_goes_with_what_it_tells_when_that_fails(database: Database) -> None:
    async def add_and_fail() -> None:
        async with database.transaction() as session:
            await add_entry(session, at=NOW, actor="anna", action="grant", subject="bo", detail={})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await add_and_fail()

    async with database.reading() as session:
        assert await entries(session, limit=3) == ()
