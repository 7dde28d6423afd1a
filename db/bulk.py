"""Inserts many rows at once, by the quickest way that each database's driver has."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy import Table, Text, TypeDecorator, insert
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from db.columns import Typed

_AT_ONCE = 5_000
"""Rows that SQLite's driver is handed at a time, so that not all of them are in memory twice."""

Row = tuple[Any, ...]


async def insert_many(session: AsyncSession, table: Table, names: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows of values for the columns `names`, in the session's transaction, which must have begun.

    The columns' types convert the values as they do everywhere, and the database checks what it always does.
    """
    connection = await session.connection()
    converted = _converted(rows, table, names, connection.dialect)
    if connection.dialect.name == "postgresql":
        await _copy(connection, table, names, converted)
        return
    statement = str(insert(table).values(dict.fromkeys(names)).compile(dialect=connection.dialect))
    while some := list(islice(converted, _AT_ONCE)):
        await connection.exec_driver_sql(statement, some)


async def _copy(connection: AsyncConnection, table: Table, names: Sequence[str], rows: Iterator[Row]) -> None:
    driver: Any = (await connection.get_raw_connection()).driver_connection
    await driver.copy_records_to_table(table.name, records=rows, columns=list(names))


def _converted(rows: Iterable[Row], table: Table, names: Sequence[str], dialect: Dialect) -> Iterator[Row]:
    """The rows as the driver takes them."""
    converters = [(at, _converter(table, name, dialect)) for at, name in enumerate(names)]
    needed = [(at, convert) for at, convert in converters if convert]
    # Many rows share a moment, a day, a document: what was converted last is not converted again.
    last: list[Any] = [None] * len(names)
    made: list[Any] = [None] * len(names)
    for row in rows:
        values = list(row)
        for at, convert in needed:
            value = values[at]
            if value is not last[at]:
                last[at], made[at] = value, None if value is None else convert(value)
            values[at] = made[at]
        yield tuple(values)


def _converter(table: Table, name: str, dialect: Dialect) -> Callable[[Any], Any] | None:
    kind = table.c[name].type
    if isinstance(kind, Typed):
        return kind.as_json
    if isinstance(kind, TypeDecorator) and isinstance(kind.impl_instance, Text):
        # Text needs nothing of its own, so the step between is left out: it is taken for every cell.
        return partial(kind.process_bind_param, dialect=dialect)
    return kind.dialect_impl(dialect).bind_processor(dialect)
