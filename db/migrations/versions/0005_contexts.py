"""What each conversation was last about."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "context",
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("context", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("conversation", name="pk_context"),
    )
    op.create_index("ix_context_at", "context", ["at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("context")
