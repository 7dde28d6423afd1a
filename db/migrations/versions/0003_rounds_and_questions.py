"""Rounds with what was answered in them, the questions people asked, and what a notice renews."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _row_id() -> sa.types.TypeEngine[Any]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Create the tables, and give notices the plan they are about and the card they renew."""
    _create_rounds()
    _create_questions()
    for name in ("plan", "updates"):
        op.add_column("notice", sa.Column(name, sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop what this revision made."""
    with op.batch_alter_table("notice") as notice:
        notice.drop_column("updates")
        notice.drop_column("plan")
    for name in ("question", "round_answer", "round"):
        op.drop_table(name)


def _create_rounds() -> None:
    op.create_table(
        "round",
        _text("plan"),
        sa.Column("half", sa.Integer(), nullable=False, autoincrement=False),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("committee_on", "agenda_on", "figures_by")),
        _moment("opened_at"),
        _text("opened_by"),
        _moment("closed_at", nullable=True),
        _text("closed_by"),
        sa.ForeignKeyConstraint(["plan"], ["plan.key"], name="fk_round_plan"),
        sa.PrimaryKeyConstraint("plan", "half", name="pk_round"),
    )
    op.create_table(
        "round_answer",
        sa.Column("id", _row_id(), nullable=False),
        _text("plan"),
        sa.Column("half", sa.Integer(), nullable=False),
        *(_text(name) for name in ("goal", "kind", "person", "handed_to", "note")),
        _moment("at"),
        sa.ForeignKeyConstraint(
            ["plan", "half"], ["round.plan", "round.half"], name="fk_round_answer_plan_half"
        ),
        sa.ForeignKeyConstraint(
            ["plan", "goal"], ["goal.plan", "goal.number"], name="fk_round_answer_plan_goal"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_round_answer"),
        sa.UniqueConstraint("plan", "half", "goal", "kind", "person", "handed_to", name="uq_round_answer"),
    )


def _create_questions() -> None:
    op.create_table(
        "question",
        sa.Column("id", _row_id(), nullable=False),
        _moment("at"),
        *(_text(name) for name in ("conversation", "activity", "text", "topic", "thumb", "comment")),
        sa.Column("unclear", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_question"),
    )
    op.create_index("ix_question_at", "question", ["at"])
    op.create_index("ix_question_conversation_activity", "question", ["conversation", "activity"])
