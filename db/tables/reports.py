"""The tables of what was reported and said, with the documents it comes from."""

from sqlalchemy import Column, Date, ForeignKey, ForeignKeyConstraint, Integer, Table, Text, UniqueConstraint

from bplan_bot.local_text import LocalText
from bplan_bot.observation import Origin
from db.columns import DecimalText, PeriodCode, Typed, UtcDateTime
from db.tables.metadata import ROW_ID, metadata

document = Table(
    "document",
    metadata,
    Column("key", Text, primary_key=True),
    Column("title", Typed(LocalText), nullable=False),
    Column("case", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("rank", Integer, nullable=False),
)

observation = Table(
    "observation",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("plan", Text, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("area", Text, nullable=False),
    Column("period", PeriodCode, nullable=False),
    Column("known_at", Date, nullable=False),
    Column("document", ForeignKey(document.c.key), nullable=False),
    Column("revision", Integer, nullable=False),  # 0, 1 ...: the same report of the figure, corrected
    Column("value", DecimalText),
    Column("numerator", DecimalText),
    Column("denominator", DecimalText),
    Column("status", Text, nullable=False),
    Column("direction", Text),
    Column("note", Typed(LocalText)),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("origin", Typed(Origin)),
    ForeignKeyConstraint(["plan", "indicator"], ["indicator.plan", "indicator.key"]),
    UniqueConstraint("plan", "indicator", "area", "period", "known_at", "document", "revision"),
)
"""Append-only: triggers refuse UPDATE and DELETE."""

stated_assessment = Table(
    "stated_assessment",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("plan", Text, nullable=False),
    Column("goal", Text, nullable=False),
    Column("axis", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("document", ForeignKey(document.c.key), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("due", Integer),
    Column("wording", Typed(LocalText), nullable=False),
    Column("decision", Typed(LocalText)),
    Column("reason", Typed(LocalText)),
    Column("recorded_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["plan", "goal"], ["goal.plan", "goal.number"]),
    UniqueConstraint("plan", "goal", "axis", "day", "document", "revision"),
)
"""Append-only like `observation`."""
