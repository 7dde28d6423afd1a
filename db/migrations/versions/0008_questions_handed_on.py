"""Questions that were handed on to the planansvarlig."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "handed_on",
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("key", "same", "text", "language", "asker")
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("answer", "answered_by")),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("key", name="pk_handed_on"),
        sa.UniqueConstraint("same", name="uq_handed_on"),
    )
    op.create_index("ix_handed_on_asked_at", "handed_on", ["asked_at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("handed_on")
