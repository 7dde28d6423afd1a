"""Which of several processes leads: the one that holds PostgreSQL's advisory lock; on SQLite there is one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from db.engine import BUSY_SECONDS, Database
from db.failures import refusals
from db.place import Place

LEADING = 7_070_002
"""The advisory lock of the jobs; another number than migrating has."""

POLLING = 7_070_003
"""That of asking the sources, which may take minutes, in which goals are to be watched all the same."""

TAKING = 7_070_004
"""That of taking the files of a watched folder."""


@asynccontextmanager
async def leadership(database: Database, *, lock: int = LEADING) -> AsyncIterator[bool]:
    """Whether this process leads, in what the lock is for, for the length of the block; it does not wait to.

    The lock lies on a connection of its own and goes with it, also when the process is killed. A process
    whose connection broke does not know that it no longer leads: unique keys protect what it writes.
    Refused `database.<what>` when the database does not answer.
    """
    if database.place.is_sqlite:
        yield True
        return
    connection = await _connect(database.place)
    try:
        with refusals(database.place):
            leads = await connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": lock})
        yield bool(leads)
    finally:
        await _hang_up(connection)


async def _connect(place: Place) -> AsyncConnection:
    """A connection outside the pool, in no transaction, so that it holds up nothing while it is idle."""
    settings = {"application_name": "bplan-bot leader"}
    engine = create_async_engine(
        place.url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={
            "timeout": BUSY_SECONDS,
            "command_timeout": BUSY_SECONDS,
            "server_settings": settings,
        },
    )
    with refusals(place, connecting=True):
        return await engine.connect()


async def _hang_up(connection: AsyncConnection) -> None:
    """Give the lock back now: the server may notice only later that a connection was closed."""
    with suppress(DBAPIError, OSError):
        await connection.execute(text("SELECT pg_advisory_unlock_all()"))
    await connection.close()
