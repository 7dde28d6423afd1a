"""A connection to SQLite for single small queries, each in one hand-over to its thread."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine


class Glances:
    """Opened with the first query; its queries wait for each other, which takes less than more threads do."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._opening = asyncio.Lock()
        self._connection: AsyncConnection | None = None
        self._driver: Any = None

    async def rows(self, query: str, values: Mapping[str, object]) -> Sequence[Sequence[Any]]:
        """The rows of a query with its `:name` values, in a view of its own."""
        if self._driver is None:
            await self._open()
        found: Sequence[Sequence[Any]] = await self._driver.execute_fetchall(query, values)
        return found

    async def close(self) -> None:
        """Give the connection back; a later query takes another."""
        connection, self._connection, self._driver = self._connection, None, None
        if connection is not None:
            await connection.close()

    async def _open(self) -> None:
        async with self._opening:
            if self._connection is None:
                self._connection = await self._engine.connect()
                self._driver = (await self._connection.get_raw_connection()).driver_connection
