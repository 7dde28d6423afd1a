"""The tables that say what happened: who did what, and how each job went."""

from sqlalchemy import Column, Index, Table, Text

from db.columns import JSON_TYPE, UtcDateTime
from db.tables.metadata import ROW_ID, metadata

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("detail", JSON_TYPE, nullable=False),
)
"""Append-only: triggers refuse UPDATE and DELETE."""

job_run = Table(
    "job_run",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("job", Text, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),  # NULL: it runs, or was killed
    Column("outcome", Text, nullable=False),
    Column("did", JSON_TYPE, nullable=False),
    Column("error", Text, nullable=False),
)

Index(None, job_run.c.job, job_run.c.id)
