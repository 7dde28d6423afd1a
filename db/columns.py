"""Column types that keep a domain value exactly, the same way on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import JSON, DateTime, Dialect, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

from bplan_bot.period import Period

JSON_TYPE: TypeEngine[Any] = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""JSON on both databases; None is NULL, never the word null."""


class DecimalText(TypeDecorator[Decimal]):
    """A Decimal exactly as written, trailing zeros too: SQLite would make it a float, NUMERIC pads it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """The number as text; ValueError for NaN and infinities."""
        if value is None:
            return None
        if not value.is_finite():
            raise ValueError(f"{value} is not a figure")
        return str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """The number that was stored."""
        return None if value is None else Decimal(value)


class PeriodCode(TypeDecorator[Period]):
    """A Period as its code (2024-Q4)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Period | None, dialect: Dialect) -> str | None:
        """Its code."""
        return None if value is None else value.code

    def process_result_value(self, value: str | None, dialect: Dialect) -> Period | None:
        """The period of the code."""
        return None if value is None else Period.from_code(value)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, aware on both sides and stored in UTC; a naive one is a ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC, without its zone where the database keeps none."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"{value} does not say its time zone")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment, in UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Typed(TypeDecorator[Any]):
    """A dataclass as JSON, written and read through pydantic: `Typed(LocalText)`."""

    impl = JSON_TYPE
    cache_ok = True

    def __init__(self, kind: type[Any]) -> None:
        super().__init__()
        self.kind = kind
        self._adapter: TypeAdapter[Any] = TypeAdapter(kind)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """The value as plain JSON."""
        return None if value is None else self._adapter.dump_python(value, mode="json")

    def as_json(self, value: Any) -> str:
        """The same as JSON text, as the drivers of both databases are handed it: for many rows at once."""
        return self._adapter.dump_json(value).decode()

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """The value that was stored; pydantic's ValidationError when it no longer fits."""
        return None if value is None else self._adapter.validate_python(value)
