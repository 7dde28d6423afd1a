"""The tables of people: the roles they have, where they can be reached, what they do not want to hear."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text, UniqueConstraint, text

from db.columns import UtcDateTime
from db.tables.metadata import ROW_ID, metadata

person = Table(
    "person",
    metadata,
    Column("id", Text, primary_key=True),  # Entra object id; nothing else is kept of anybody
)

role_grant = Table(
    "role_grant",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("person", ForeignKey(person.c.id), nullable=False),
    Column("role", Text, nullable=False),
    Column("goal", Text),
    UniqueConstraint("person", "role", "goal"),
)

Index(
    None,
    role_grant.c.person,
    role_grant.c.role,
    unique=True,  # to the constraint two NULLs are two goals
    sqlite_where=text("goal IS NULL"),
    postgresql_where=text("goal IS NULL"),
)

conversation = Table(
    "conversation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("tenant_id", Text, nullable=False),
    Column("service_url", Text, nullable=False),
    Column("bot_id", Text, nullable=False),
    Column("person", Text, nullable=False, index=True),
    Column("locale", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("last_error", Text, nullable=False),
    Column("heard_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),  # when its state was last set
)

opt_out = Table(
    "opt_out",
    metadata,
    Column("person", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("since", UtcDateTime, nullable=False),
)
