"""Alembic's entry: runs migrations on the connection db/schema.py hands it, else on the one of `-x url=`."""

import asyncio

from alembic import context
from sqlalchemy.engine import Connection

from db.engine import Database
from db.tables import metadata


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",  # SQLite alters a table by rebuilding it
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def _run_from_command_line(url: str) -> None:
    """For a developer who writes the next migration: `alembic -c db/migrations/alembic.ini -x url=...`."""
    database = Database(url)
    try:
        async with database.transaction() as session:
            await (await session.connection()).run_sync(_run)
    finally:
        await database.close()


_handed: Connection | None = context.config.attributes.get("connection")
if _handed is not None:
    _run(_handed)
else:
    asyncio.run(_run_from_command_line(context.get_x_argument(as_dictionary=True)["url"]))
