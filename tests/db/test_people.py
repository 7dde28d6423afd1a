"""Roles are given and taken with an audit row each, and there is always an administrator."""

import asyncio
from datetime import timedelta

import pytest

from bplan_bot.access import Grant, Person, Role
from bplan_bot.errors import Refused
from db.audit import AuditEntry, entries
from db.engine import Database
from db.people import grant, load_people, person, take
from tests.factories import NOW

ADMINISTRATOR = Grant(Role.ADMINISTRATOR)
HEAD = Grant(Role.HEAD)
OWNER = Grant(Role.OWNER, "6.13")


async def give(database: Database, person_id: str, *grants: Grant) -> list[bool]:
    async with database.transaction() as session:
        return [await grant(session, person_id, one, by="boss", now=NOW) for one in grants]


async def remove(database: Database, person_id: str, taken: Grant) -> bool:
    async with database.transaction() as session:
        return await take(session, person_id, taken, by="boss", now=NOW + timedelta(days=1))


async def people(database: Database) -> tuple[Person, ...]:
    async with database.reading() as session:
        return await load_people(session)


async def audited(database: Database) -> tuple[AuditEntry, ...]:
    async with database.reading() as session:
        return await entries(session, limit=100)


async def test_people_come_back_with_the_roles_they_were_given(database: Database) -> None:
    await give(database, "bo", OWNER, Grant(Role.OWNER, "6.2"), HEAD)
    await give(database, "anna", ADMINISTRATOR)

    bo = Person("bo", frozenset({OWNER, Grant(Role.OWNER, "6.2"), HEAD}))
    assert await people(database) == (Person("anna", frozenset({ADMINISTRATOR})), bo)
    async with database.reading() as session:
        assert await person(session, "bo") == bo


async def test_a_stranger_has_no_role(database: Database) -> None:
    async with database.reading() as session:
        assert await person(session, "nobody") == Person("nobody")
    assert await people(database) == ()


@pytest.mark.parametrize("given", [HEAD, OWNER])
async def test_giving_a_role_twice_gives_and_audits_it_once(database: Database, given: Grant) -> None:
    assert await give(database, "bo", given, given) == [True, False]

    assert await people(database) == (Person("bo", frozenset({given})),)
    (entry,) = await audited(database)
    assert (entry.at, entry.actor, entry.action, entry.subject) == (NOW, "boss", "grant", "bo")
    assert entry.detail == {"role": given.role, "goal": given.goal}


@pytest.mark.parametrize("given", [HEAD, OWNER])
async def test_taking_a_role_twice_takes_and_audits_it_once(database: Database, given: Grant) -> None:
    kept = Grant(Role.REPORTER, "6.13")
    await give(database, "bo", given, kept)

    assert await remove(database, "bo", given)
    assert not await remove(database, "bo", given)

    assert await people(database) == (Person("bo", frozenset({kept})),)
    newest, *older = await audited(database)
    assert (newest.action, newest.subject, newest.at) == ("take", "bo", NOW + timedelta(days=1))
    assert newest.detail == {"role": given.role, "goal": given.goal}
    assert len(older) == 2


async def test_somebody_whose_last_role_is_taken_is_a_stranger_again(database: Database) -> None:
    await give(database, "bo", HEAD)
    await remove(database, "bo", HEAD)

    assert await people(database) == ()
    assert await give(database, "bo", HEAD) == [True]


async def test_the_last_administrator_cannot_be_removed(database: Database) -> None:
    await give(database, "anna", ADMINISTRATOR, HEAD)

    with pytest.raises(Refused) as refused:
        await remove(database, "anna", ADMINISTRATOR)

    assert refused.value.said.id == "people.last_administrator"
    assert await people(database) == (Person("anna", frozenset({ADMINISTRATOR, HEAD})),)


async def test_an_administrator_beside_another_can_be_removed(database: Database) -> None:
    await give(database, "anna", ADMINISTRATOR)
    await give(database, "bo", ADMINISTRATOR)

    assert await remove(database, "anna", ADMINISTRATOR)
    assert not await remove(database, "anna", ADMINISTRATOR)
    assert not await remove(database, "stranger", ADMINISTRATOR)


async def test_of_two_administrators_who_remove_each_other_at_once_one_stays(
    database: Database, database_url: str
) -> None:
    other = Database(database_url)
    await give(database, "anna", ADMINISTRATOR)
    await give(database, "bo", ADMINISTRATOR)

    async with database.transaction() as session:
        assert await take(session, "anna", ADMINISTRATOR, by="bo", now=NOW)
        removing = asyncio.create_task(remove(other, "bo", ADMINISTRATOR))
        await asyncio.sleep(0.1)
        assert not removing.done()

    with pytest.raises(Refused) as refused:
        await removing
    assert refused.value.said.id == "people.last_administrator"
    assert await people(database) == (Person("bo", frozenset({ADMINISTRATOR})),)
    await other.close()


@pytest.mark.parametrize("given", [HEAD, OWNER])
async def test_two_processes_that_give_one_role_at_once_give_it_once(
    database: Database, database_url: str, given: Grant
) -> None:
    other = Database(database_url)
    async with database.transaction() as session:
        assert await grant(session, "bo", given, by="boss", now=NOW)
        giving = asyncio.create_task(give(other, "bo", given))
        await asyncio.sleep(0.1)

    assert await giving == [False]
    assert len(await audited(database)) == 1
    await other.close()
