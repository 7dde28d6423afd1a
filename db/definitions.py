"""How a plan's definitions become rows: some fields as columns, the rest as JSON; and what changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Table, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

T = TypeVar("T")
Row = dict[str, Any]


class Shape(Generic[T]):
    """A dataclass as a row: `columns` by name, `apart` in other tables, the rest as `definition`."""

    def __init__(self, kind: type[T], *, columns: tuple[str, ...], apart: tuple[str, ...] = ()) -> None:
        self._adapter: TypeAdapter[T] = TypeAdapter(kind)
        self._columns = columns
        self._elsewhere = {*columns, *apart}

    def row(self, value: T) -> Row:
        """Its columns and its definition."""
        definition = self._adapter.dump_python(value, mode="json", exclude=self._elsewhere)
        return {name: getattr(value, name) for name in self._columns} | {"definition": definition}

    def value(self, row: Mapping[Any, Any], **apart: object) -> T:
        """The value of a row and of what is kept apart; pydantic's ValidationError when it does not fit."""
        columns = {name: row[name] for name in self._columns}
        return self._adapter.validate_python({**row["definition"], **columns, **apart})


@dataclass(frozen=True, slots=True)
class Changes:
    """How many rows a writing added and changed."""

    added: int = 0
    changed: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(self.added + other.added, self.changed + other.changed)


async def write(
    session: AsyncSession, table: Table, rows: Sequence[Row], *, within: ColumnElement[bool] | None = None
) -> Changes:
    """Make the stored rows equal these by primary key; those `within` that are not among them are retired.

    Retired rows stay, as reports may refer to them, without a position.
    """
    keys = [column.name for column in table.primary_key]
    given = {_key(row, keys): row for row in rows}
    stored = {_key(row, keys): row for row in await _stored(session, table, keys, given, within)}
    added = [row for key, row in given.items() if key not in stored]
    changed = [row for key, row in given.items() if key in stored and _differs(stored[key], row)]
    if within is not None:
        gone = [row for key, row in stored.items() if key not in given and row["position"] is not None]
        changed += [row | {"position": None} for row in gone]
    if added:
        await session.execute(insert(table), added)
    for row in changed:
        same = [table.c[name] == row[name] for name in keys]
        rest = {name: value for name, value in row.items() if name not in keys}
        await session.execute(update(table).where(*same).values(rest))
    return Changes(len(added), len(changed))


async def _stored(
    session: AsyncSession,
    table: Table,
    keys: Sequence[str],
    given: Iterable[tuple[object, ...]],
    within: ColumnElement[bool] | None,
) -> list[Row]:
    if within is None:
        within = tuple_(*(table.c[name] for name in keys)).in_(list(given))
    found = await session.execute(select(table).where(within))
    return [dict(row) for row in found.mappings()]


def _key(row: Row, keys: Sequence[str]) -> tuple[object, ...]:
    return tuple(row[name] for name in keys)


def _differs(stored: Row, given: Row) -> bool:
    return any(stored[name] != value for name, value in given.items())
