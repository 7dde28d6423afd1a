"""The table of what conversations were last about."""

from sqlalchemy import Column, Table, Text

from bplan_bot.understand.context import Context
from db.columns import Typed, UtcDateTime
from db.tables.metadata import metadata

context = Table(
    "context",
    metadata,
    Column("conversation", Text, primary_key=True),  # as a digest: a personal chat names its person
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("context", Typed(Context), nullable=False),
)
"""No words of a person are in it, only topics, numbers of goals and a day."""
