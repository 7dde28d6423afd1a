"""How often the chat of a notice could not be opened, so that it is tried ever more seldom."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("notice", sa.Column("openings", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("notice") as notice:
        notice.drop_column("openings")
