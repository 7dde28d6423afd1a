"""The tables of follow-up rounds, and of the questions people asked the bot."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from db.columns import UtcDateTime
from db.tables.metadata import ROW_ID, metadata

round_ = Table(
    "round",
    metadata,
    Column("plan", ForeignKey("plan.key"), primary_key=True),
    Column("half", Integer, primary_key=True, autoincrement=False),
    Column("committee_on", Date, nullable=False),
    Column("agenda_on", Date, nullable=False),
    Column("figures_by", Date, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("closed_by", Text, nullable=False),
)

round_answer = Table(
    "round_answer",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("plan", Text, nullable=False),
    Column("half", Integer, nullable=False),
    Column("goal", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("handed_to", Text, nullable=False),  # empty where nothing was handed on
    Column("note", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("number", Integer, nullable=False, server_default="1"),
    ForeignKeyConstraint(["plan", "half"], ["round.plan", "round.half"]),
    ForeignKeyConstraint(["plan", "goal"], ["goal.plan", "goal.number"]),
    UniqueConstraint("plan", "half", "goal", "kind", "person", "handed_to", "number"),
)

question = Table(
    "question",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("conversation", Text, nullable=False),  # as a digest: a personal chat names its person
    Column("activity", Text, nullable=False),  # of the answer, by which Teams names it in a thumb
    Column("text", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("thumb", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("unclear", Boolean, nullable=False),
)
"""Nobody is named: who asked is not kept."""

Index(None, question.c.conversation, question.c.activity)
