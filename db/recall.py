"""Answers from memory for as long as the database says that nothing of it was written since."""

from collections.abc import Awaitable, Callable, Hashable
from typing import TypeVar

from sqlalchemy import select

from db.engine import Database, Session
from db.kept import Marks, Subject
from db.tables import last_change

T = TypeVar("T")

_MARKS = str(select(last_change))


async def marks(database: Database) -> Marks:
    """The marks of this moment: the one small query that stands for all that is kept."""
    return {str(row[0]): str(row[1]) for row in await database.glance(_MARKS)}


async def recall(
    database: Database,
    subject: Subject,
    key: Hashable,
    read: Callable[[Session], Awaitable[T]],
    *,
    at: Marks | None = None,
) -> T:
    """What `read` gives; not read again while the subject has the mark it had then.

    `read` reads of its subject's tables only, and gives something that nobody can change. `at` are marks
    asked for a moment ago, for who recalls several things at once.
    """
    found: T | None = database.kept.find(subject, key, at or await marks(database))
    if found is not None:
        return found
    async with database.reading() as session:
        # Within the same view: what is written while it reads must not pass for read.
        now = {row.subject: row.mark for row in await session.execute(select(last_change))}
        read_anew = await read(session)
    database.kept.put(subject, key, read_anew, now)
    return read_anew
