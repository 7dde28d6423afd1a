"""A goal may go to the same colleague again: each handing-on of a goal in a round has its number."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NAME = "uq_round_answer"
_BEFORE = ["plan", "half", "goal", "kind", "person", "handed_to"]


def upgrade() -> None:
    """Count the handings-on there are, oldest first, and let the number tell them apart."""
    op.add_column("round_answer", sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
    op.execute(
        "UPDATE round_answer SET number = (SELECT count(*) FROM round_answer AS earlier "
        "WHERE earlier.plan = round_answer.plan AND earlier.half = round_answer.half "
        "AND earlier.goal = round_answer.goal AND earlier.kind = round_answer.kind "
        "AND earlier.id <= round_answer.id) WHERE kind = 'handed_on'"
    )
    _tell_apart_by([*_BEFORE, "number"])


def downgrade() -> None:
    """Keep of each colleague's handings-on the first, since the key of before has room for one."""
    op.execute(
        "DELETE FROM round_answer WHERE EXISTS (SELECT 1 FROM round_answer AS earlier "
        "WHERE earlier.plan = round_answer.plan AND earlier.half = round_answer.half "
        "AND earlier.goal = round_answer.goal AND earlier.kind = round_answer.kind "
        "AND earlier.person = round_answer.person AND earlier.handed_to = round_answer.handed_to "
        "AND earlier.id < round_answer.id)"
    )
    _tell_apart_by(_BEFORE)
    with op.batch_alter_table("round_answer") as answers:
        answers.drop_column("number")


def _tell_apart_by(columns: list[str]) -> None:
    with op.batch_alter_table("round_answer") as answers:
        answers.drop_constraint(_NAME, type_="unique")
        answers.create_unique_constraint(_NAME, columns)
