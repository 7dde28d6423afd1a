"""The table that says when what answers are read from was last written."""

from sqlalchemy import Column, Table, Text

from db.tables.metadata import metadata

last_change = Table(
    "last_change",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("mark", Text, nullable=False),  # another one after each transaction that wrote
)
"""Written by triggers only, see migration 0004; so nobody who writes can forget it."""
