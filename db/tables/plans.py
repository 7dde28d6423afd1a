"""The tables of plans: what SQL asks about is a column, the rest of a definition is JSON."""

from sqlalchemy import Column, Date, ForeignKey, ForeignKeyConstraint, Integer, Table, Text

from bplan_bot.target import Target
from db.columns import JSON_TYPE, PeriodCode, Typed
from db.tables.metadata import metadata

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
