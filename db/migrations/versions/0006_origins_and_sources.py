"""Where each figure was taken from, and how each table of a source is doing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the column and the table."""
    op.add_column("observation", sa.Column("origin", _JSON))
    op.create_table(
        "source_state",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("table", sa.Text(), nullable=False),
        sa.Column("asked_at", _MOMENT),
        sa.Column("succeeded_at", _MOMENT),
        sa.Column("published", sa.Date()),
        sa.Column("expected", sa.Date()),
        sa.Column("failure", _JSON),
        sa.Column("failing_since", _MOMENT),
        sa.Column("told_late", sa.Date()),
        sa.PrimaryKeyConstraint("source", "table", name="pk_source_state"),
    )


def downgrade() -> None:
    """Drop both."""
    op.drop_table("source_state")
    op.drop_column("observation", "origin")
