"""The tables of what goals do, of what is told about it, and of what people answer."""

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

from db.columns import JSON_TYPE, UtcDateTime
from db.tables.metadata import ROW_ID, metadata

status_change = Table(
    "status_change",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("plan", Text, nullable=False),
    Column("goal", Text, nullable=False),
    Column("number", Integer, nullable=False),  # 1, 2 ...: the unique key lets one watcher record each
    Column("before", Text),
    Column("after", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("figures", Text, nullable=False),
    Column("held", Boolean, nullable=False),
    ForeignKeyConstraint(["plan", "goal"], ["goal.plan", "goal.number"]),
    UniqueConstraint("plan", "goal", "number"),
)
"""Append-only: triggers refuse UPDATE and DELETE."""

notice = Table(
    "notice",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("goal", Text, nullable=False),
    Column("facts", JSON_TYPE, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("state", Text, nullable=False),
    Column("next_at", UtcDateTime, nullable=False),  # due; of a notice somebody has, the end of the lease
    Column("held_by", Text, nullable=False),
    Column("claimed_at", UtcDateTime),  # tells one claim of it from the next
    Column("attempt", Integer, nullable=False),
    Column("openings", Integer, nullable=False, server_default="0"),
    Column("conversation", Text, nullable=False),
    Column("activity", Text, nullable=False),
    Column("last_error", Text, nullable=False),
    Column("repeat_of", Text, nullable=False),
    Column("plan", Text, nullable=False, server_default=""),
    Column("updates", Text, nullable=False, server_default=""),  # key of the notice whose card it renews
    Column("changed_at", UtcDateTime, nullable=False),  # when it came into its state
    UniqueConstraint("key"),
)

Index(None, notice.c.state, notice.c.next_at)
Index(None, notice.c.goal, notice.c.recipient)

acknowledgement = Table(
    "acknowledgement",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("notice", ForeignKey(notice.c.key)),  # NULL: of the goal, not of a card
    Column("plan", Text, nullable=False),
    Column("goal", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
    Column("follow_up_on", Date, index=True),
    ForeignKeyConstraint(["plan", "goal"], ["goal.plan", "goal.number"]),
    UniqueConstraint("notice", "person"),  # Teams delivers a press of a button twice at times
)

snooze = Table(
    "snooze",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("plan", Text, nullable=False),
    Column("goal", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("until", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["plan", "goal"], ["goal.plan", "goal.number"]),
    UniqueConstraint("plan", "goal", "person", "until"),
)
