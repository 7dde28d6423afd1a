"""Which version the tables have, and bringing them to the one this code needs (Alembic)."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from bplan_bot.errors import Unavailable
from db.tables import metadata

_MIGRATIONS = Path(__file__).parent / "migrations"
_ADVISORY_LOCK = 7_070_001
"""One number that every process of ours locks in PostgreSQL while it migrates."""


def is_current(connection: Connection, where: str) -> bool:
    """Whether the tables have the newest version; Unavailable when it is one this code does not know."""
    revision = MigrationContext.configure(connection).get_current_revision()
    scripts = _scripts()
    if revision is not None and revision not in {script.revision for script in scripts.walk_revisions()}:
        raise Unavailable("database.newer", where=where, revision=revision)
    return revision == scripts.get_current_head()


def upgrade(connection: Connection, where: str) -> None:
    """Run the missing migrations within the transaction of `connection`; one process at a time."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    if is_current(connection, where):
        return
    _refuse_strangers_tables(connection, where)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise Unavailable("database.corrupt", where=where)


def _refuse_strangers_tables(connection: Connection, where: str) -> None:
    """A database without a version must have none of our table names: they would be another program's.

    A file must have no tables at all, since no two programs share one; a PostgreSQL server's extensions keep
    tables of their own beside ours.
    """
    if MigrationContext.configure(connection).get_current_revision() is not None:
        return
    found = set(inspect(connection).get_table_names())
    taken = (
        found - {"alembic_version"} if connection.dialect.name == "sqlite" else found & set(metadata.tables)
    )
    if taken:
        raise Unavailable("database.foreign", where=where, table=min(taken))


def _config() -> Config:
    config = Config()
    # Alembic reads % in a path as an interpolation.
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
