"""The connection to the database: its transactions, its migrations, and whether it is well."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from bplan_bot.errors import Unavailable
from db import schema
from db.failures import refusals
from db.glances import Glances
from db.kept import Kept
from db.place import Place

BUSY_SECONDS = 5.0
"""How long a transaction waits for another one, or a connection for its server, before it gives up."""

MIGRATING_SECONDS = 60.0
"""How long a process that starts waits for another one that is migrating."""

_WRITES = "bplan_writes"

Session = AsyncSession
"""What the modules of db/ are handed; others pass it on without knowing what it is."""


class Database:
    """One database, SQLite or PostgreSQL, by its DATABASE_URL. Nothing is opened before it is used.

    Errors of its state (locked, full, corrupt, unreachable ...) are Unavailable `database.<what>`.
    """

    def __init__(self, url: str, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self.place = Place.of(url)
        self._busy_seconds = busy_seconds
        self._engine = _open(self.place, busy_seconds=busy_seconds)
        writing = self._engine.execution_options(**{_WRITES: True})
        reading = self._engine
        if not self.place.is_sqlite:
            # One snapshot for all queries of a reading, as SQLite gives by itself.
            reading = self._engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._writing = async_sessionmaker(writing, expire_on_commit=False)
        self._reading = async_sessionmaker(reading, expire_on_commit=False)
        self._glancing = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        self._glances = Glances(self._engine) if self.place.is_sqlite else None
        self._writer = asyncio.Lock() if self.place.is_sqlite else None
        self.kept = Kept()
        self._opened: tuple[int, int] | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """One transaction that may write: committed at the end of the block, rolled back when it raises.

        On SQLite one within another waits for it in vain, and is Unavailable `database.locked`.
        """
        async with self._turn(), self._session(self._writing) as session:
            yield session
            await session.commit()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """One consistent view to read from; it waits for no writer, and what is written in it is lost."""
        async with self._session(self._reading) as session:
            yield session

    async def glance(self, query: str, **values: object) -> Sequence[Sequence[Any]]:
        """The rows of one query with `:name` values, as the driver has them, in a view of its own.

        For what every message asks: on SQLite it costs one hand-over to a thread where a reading costs eight.
        """
        with refusals(self.place):
            if self._glances is not None:
                return await self._glances.rows(query, values)
            with refusals(self.place, connecting=True):
                connection = await self._glancing.connect()
            try:
                return (await connection.execute(text(query), values)).all()
            finally:
                await connection.close()

    async def migrate(self) -> None:
        """Bring the tables to what this code needs; several processes may do so at the same time."""
        self._make_folder()
        if await self.migrations_current():
            self._opened = self._file()
            return
        # An engine of its own: SQLite's foreign keys can only be switched off outside a transaction, and
        # a migration that rebuilds a table must have them off.
        engine = _open(self.place, busy_seconds=MIGRATING_SECONDS, foreign_keys=False)
        try:
            with refusals(self.place):
                if self.place.is_sqlite:
                    await _write_ahead(engine)
                async with engine.execution_options(**{_WRITES: True}).begin() as connection:
                    await connection.run_sync(schema.upgrade, self.place.name)
            self._opened = self._file()
        finally:
            await engine.dispose()

    async def migrations_current(self) -> bool:
        """Whether the tables are what this code needs; Unavailable when they are of a newer version."""
        async with self.reading() as session:
            connection = await session.connection()
            return await connection.run_sync(schema.is_current, self.place.name)

    async def ping(self) -> None:
        """Unavailable when the database does not answer, or its file is no longer the one that was opened.

        An open SQLite file lives on after it was deleted, and what is written to it then is lost.
        """
        async with self.reading() as session:
            await session.execute(select(1))
        now = self._file()
        self._opened = self._opened or now
        if now != self._opened:
            raise Unavailable("database.replaced", where=self.place.name)

    async def close(self) -> None:
        """Give back all connections."""
        if self._glances is not None:
            await self._glances.close()
        await self._engine.dispose()

    @asynccontextmanager
    async def _session(self, make: async_sessionmaker[AsyncSession]) -> AsyncIterator[AsyncSession]:
        with refusals(self.place):
            async with make() as session:
                with refusals(self.place, connecting=True):
                    await session.connection()
                yield session

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Writers of this process queue here: SQLite's own waiting is a poll, and can starve one of many."""
        if self._writer is None:
            yield
            return
        try:
            async with asyncio.timeout(self._busy_seconds):
                await self._writer.acquire()
        except TimeoutError:
            raise Unavailable("database.locked", where=self.place.name) from None
        try:
            yield
        finally:
            self._writer.release()

    def _file(self) -> tuple[int, int] | None:
        """Which file there is at the path of an SQLite database: its device and number; None without one."""
        if self.place.path is None or not self.place.path.exists():
            return None
        found = self.place.path.stat()
        return found.st_dev, found.st_ino

    def _make_folder(self) -> None:
        if self.place.path is None:
            return
        try:
            self.place.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unavailable("database.no_folder", where=str(self.place.path.parent)) from error


def _open(place: Place, *, busy_seconds: float, foreign_keys: bool = True) -> AsyncEngine:
    if place.is_sqlite:
        engine = create_async_engine(place.url, pool_timeout=busy_seconds, hide_parameters=True)
        _make_transactions_real(engine, busy_seconds=busy_seconds, foreign_keys=foreign_keys)
        return engine
    settings = {"application_name": "bplan-bot", "lock_timeout": f"{busy_seconds * 1000:.0f}"}
    return create_async_engine(
        place.url,
        pool_pre_ping=True,
        pool_timeout=busy_seconds,
        # What a statement was to store may be what somebody wrote, and errors end up in logs.
        hide_parameters=True,
        connect_args={"timeout": busy_seconds, "server_settings": settings},
    )


def _make_transactions_real(engine: AsyncEngine, *, busy_seconds: float, foreign_keys: bool) -> None:
    """Begin transactions ourselves: Python's sqlite3 begins them late and never for reading or DDL."""

    @event.listens_for(engine.sync_engine, "do_connect")
    def probe(_dialect: object, _record: object, cargs: Any, cparams: Any) -> None:
        # Where aiosqlite cannot open a file it leaves a thread behind that prints a traceback when the
        # event loop closes before it has ended; so what cannot be opened fails here.
        sqlite3.connect(cargs[0], uri=bool(cparams.get("uri"))).close()

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {busy_seconds * 1000:.0f}")
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        # Without it INSERT OR REPLACE deletes rows past the triggers that make a table append-only.
        cursor.execute("PRAGMA recursive_triggers = ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        # A deferred transaction that turns into a writing one fails at once when another wrote meanwhile.
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


async def _write_ahead(engine: AsyncEngine) -> None:
    """Switch the file to WAL for good, so that reading and writing do not wait for each other."""
    async with engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await driver.execute_fetchall("PRAGMA journal_mode = WAL")
