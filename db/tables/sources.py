"""The table of how each table of a source is doing."""

from sqlalchemy import Column, Date, Table, Text

from bplan_bot.source_state import Failure
from db.columns import Typed, UtcDateTime
from db.tables.metadata import metadata

source_state = Table(
    "source_state",
    metadata,
    Column("source", Text, primary_key=True),
    Column("table", Text, primary_key=True),
    Column("asked_at", UtcDateTime),
    Column("succeeded_at", UtcDateTime),
    Column("published", Date),
    Column("expected", Date),
    Column("failure", Typed(Failure)),
    Column("failing_since", UtcDateTime),
    Column("told_late", Date),
)
