"""People in the database: who has which roles; each change of them leaves its audit row."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.access import Grant, Person, Role
from bplan_bot.errors import Refused
from db.audit import add_entry
from db.dialect import insert_new
from db.engine import Database
from db.kept import Marks, Subject
from db.recall import recall
from db.tables import person as person_table
from db.tables import role_grant


async def load_people(session: AsyncSession) -> tuple[Person, ...]:
    """Everybody who has a role, by id."""
    found = await session.execute(select(role_grant).order_by(role_grant.c.person))
    return tuple(_person(id_, rows) for id_, rows in groupby(found, lambda row: str(row.person)))


async def person(session: AsyncSession, person_id: str) -> Person:
    """Somebody with their roles; a stranger has none."""
    return _person(
        person_id, await session.execute(select(role_grant).where(role_grant.c.person == person_id))
    )


async def recall_person(database: Database, person_id: str, *, at: Marks | None = None) -> Person:
    """Somebody with the roles they have at this moment, from memory while nobody's roles have changed."""
    known = await recall(database, Subject.PEOPLE, None, _by_id, at=at)
    return known.get(person_id) or Person(person_id)


async def recall_people(database: Database) -> tuple[Person, ...]:
    """Everybody who has a role at this moment, from memory while nobody's roles have changed."""
    known = await recall(database, Subject.PEOPLE, None, _by_id)
    return tuple(known.values())


async def grant(session: AsyncSession, person_id: str, given: Grant, *, by: str, now: datetime) -> bool:
    """Give somebody a role, with its audit row; False where they have it already."""
    await insert_new(session, person_table, [{"id": person_id}])
    row = {"person": person_id, "role": given.role.value, "goal": given.goal}
    if not await insert_new(session, role_grant, [row]):
        return False
    await _note(session, "grant", person_id, given, by=by, now=now)
    return True


async def appoint_first_administrator(session: AsyncSession, person_id: str, *, now: datetime) -> bool:
    """Make somebody administrator while nobody is one, as the environment says; whether that was done."""
    if any(known.has(Role.ADMINISTRATOR) for known in await load_people(session)):
        return False
    return await grant(session, person_id, Grant(Role.ADMINISTRATOR), by="environment", now=now)


async def take(session: AsyncSession, person_id: str, taken: Grant, *, by: str, now: datetime) -> bool:
    """Take a role from somebody, with its audit row; False where they do not have it.

    Refused `people.last_administrator` when nobody else would be one.
    """
    if taken.role is Role.ADMINISTRATOR:
        await _refuse_the_last(session, person_id, taken.goal)
    gone = (
        delete(role_grant)
        .where(role_grant.c.person == person_id, role_grant.c.role == taken.role.value)
        .where(role_grant.c.goal.is_not_distinct_from(taken.goal))
        .returning(role_grant.c.id)
    )
    if (await session.execute(gone)).first() is None:
        return False
    await _note(session, "take", person_id, taken, by=by, now=now)
    return True


async def _by_id(session: AsyncSession) -> Mapping[str, Person]:
    return MappingProxyType({known.id: known for known in await load_people(session)})


async def _refuse_the_last(session: AsyncSession, person_id: str, goal: str | None) -> None:
    # All are locked, always in the same order: of two who remove each other at once the second waits here,
    # and then no longer sees the one the first removed.
    locking = select(role_grant).where(role_grant.c.role == Role.ADMINISTRATOR.value)
    found = (await session.execute(locking.order_by(role_grant.c.id).with_for_update())).all()
    rest = [row for row in found if (row.person, row.goal) != (person_id, goal)]
    if found and not rest:
        raise Refused("people.last_administrator")


async def _note(
    session: AsyncSession, action: str, person_id: str, changed: Grant, *, by: str, now: datetime
) -> None:
    detail = {"role": changed.role.value, "goal": changed.goal}
    await add_entry(session, at=now, actor=by, action=action, subject=person_id, detail=detail)


def _person(id_: str, rows: Iterable[Row[Any]]) -> Person:
    return Person(id_, frozenset(Grant(Role(row.role), row.goal) for row in rows))
