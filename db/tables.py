"""The tables: what SQL asks about is a column, the rest of a definition is JSON."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from bplan_bot.local_text import LocalText
from bplan_bot.target import Target
from db.columns import JSON_TYPE, DecimalText, PeriodCode, Typed, UtcDateTime

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

_ROW_ID = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only where the type is exactly INTEGER."""

plan = Table(
    "plan",
    metadata,
    Column("key", Text, primary_key=True),
    Column("start", Date, nullable=False),
    Column("end", Date, nullable=False),
    Column("definition", JSON_TYPE, nullable=False),
    Column("bundle", Text),  # digest of the bundled files it was last loaded from
)

theme = Table(
    "theme",
    metadata,
    Column("plan", ForeignKey(plan.c.key), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer),  # here and below: NULL when the plan no longer has it
    Column("definition", JSON_TYPE, nullable=False),
)

source = Table(
    "source",
    metadata,
    Column("plan", ForeignKey(plan.c.key), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("position", Integer),
    Column("definition", JSON_TYPE, nullable=False),
)

goal = Table(
    "goal",
    metadata,
    Column("plan", ForeignKey(plan.c.key), primary_key=True),
    Column("number", Text, primary_key=True),
    Column("position", Integer),
    Column("theme", Integer, nullable=False),
    Column("source", Text),
    Column("assessed_on", PeriodCode, nullable=False),
    Column("definition", JSON_TYPE, nullable=False),
    ForeignKeyConstraint(["plan", "theme"], ["theme.plan", "theme.number"]),
    ForeignKeyConstraint(["plan", "source"], ["source.plan", "source.key"]),
)

target = Table(
    "target",
    metadata,
    Column("plan", Text, primary_key=True),
    Column("goal", Text, primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date),
    Column("decision", Text, nullable=False),
    Column("rule", Typed(Target), nullable=False),
    ForeignKeyConstraint(["plan", "goal"], ["goal.plan", "goal.number"]),
)

indicator = Table(
    "indicator",
    metadata,
    Column("plan", Text, primary_key=True),
    Column("key", Text, primary_key=True),  # of its plan: 1.1 of the next plan measures something else
    Column("position", Integer),
    Column("goal", Text, nullable=False),
    Column("definition", JSON_TYPE, nullable=False),
    ForeignKeyConstraint(["plan", "goal"], ["goal.plan", "goal.number"]),
)

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
    Column("id", _ROW_ID, primary_key=True),
    Column("plan", Text, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("area", Text, nullable=False),
    Column("period", PeriodCode, nullable=False),
    Column("known_at", Date, nullable=False),
    Column("document", ForeignKey(document.c.key), nullable=False),
    Column("revision", Integer, nullable=False),  # 1, 2 ...: the same report of the figure, corrected
    Column("value", DecimalText),
    Column("numerator", DecimalText),
    Column("denominator", DecimalText),
    Column("status", Text, nullable=False),
    Column("direction", Text),
    Column("note", Typed(LocalText)),
    Column("recorded_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["plan", "indicator"], ["indicator.plan", "indicator.key"]),
    UniqueConstraint("plan", "indicator", "area", "period", "known_at", "document", "revision"),
)
"""Append-only: triggers refuse UPDATE and DELETE."""

stated_assessment = Table(
    "stated_assessment",
    metadata,
    Column("id", _ROW_ID, primary_key=True),
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
