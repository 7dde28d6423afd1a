"""The table of questions that were handed on to the planansvarlig."""

from sqlalchemy import Column, Table, Text, UniqueConstraint

from db.columns import UtcDateTime
from db.tables.metadata import metadata

handed_on = Table(
    "handed_on",
    metadata,
    Column("key", Text, primary_key=True),
    Column("same", Text, nullable=False),  # a digest of who asked and of the words, however written
    Column("text", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("asker", Text, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False, index=True),
    Column("answer", Text, nullable=False),
    Column("answered_by", Text, nullable=False),
    Column("answered_at", UtcDateTime),
    UniqueConstraint("same"),
)
"""Deleted like other questions after a while, with who asked, who answered and all their words."""
