"""People and where they can be reached, status changes and notices, answers to them, and what happened."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_APPEND_ONLY = ("audit_entry", "status_change")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _row_id() -> sa.types.TypeEngine[Any]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_goal(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["plan", "goal"], ["goal.plan", "goal.number"], name=f"fk_{table}_plan_goal"
    )


def upgrade() -> None:
    """Create the tables, then the triggers that keep what happened as it was written."""
    _create_records()
    _create_people()
    _create_conversations()
    _create_status_changes()
    _create_notices()
    _create_answers()
    _refuse_changes_of_records()


def downgrade() -> None:
    """Drop what this revision made."""
    for name in ("opt_out", "snooze", "acknowledgement", "notice", "status_change"):
        op.drop_table(name)
    for name in ("conversation", "role_grant", "person", "job_run", "audit_entry"):
        op.drop_table(name)


def _create_records() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", _row_id(), nullable=False),
        _moment("at"),
        _text("actor"),
        _text("action"),
        _text("subject"),
        sa.Column("detail", _json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    op.create_index("ix_audit_entry_subject", "audit_entry", ["subject"])
    op.create_table(
        "job_run",
        sa.Column("id", _row_id(), nullable=False),
        _text("job"),
        _moment("started_at"),
        _moment("ended_at", nullable=True),
        _text("outcome"),
        sa.Column("did", _json(), nullable=False),
        _text("error"),
        sa.PrimaryKeyConstraint("id", name="pk_job_run"),
    )
    op.create_index("ix_job_run_job_id", "job_run", ["job", "id"])


def _create_people() -> None:
    op.create_table("person", _text("id"), sa.PrimaryKeyConstraint("id", name="pk_person"))
    op.create_table(
        "role_grant",
        sa.Column("id", _row_id(), nullable=False),
        _text("person"),
        _text("role"),
        _text("goal", nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_role_grant_person"),
        sa.PrimaryKeyConstraint("id", name="pk_role_grant"),
        sa.UniqueConstraint("person", "role", "goal", name="uq_role_grant"),
    )
    op.create_index(
        "ix_role_grant_person_role",
        "role_grant",
        ["person", "role"],
        unique=True,
        sqlite_where=sa.text("goal IS NULL"),
        postgresql_where=sa.text("goal IS NULL"),
    )


def _create_conversations() -> None:
    texts = ("kind", "tenant_id", "service_url", "bot_id", "person", "locale", "state", "last_error")
    op.create_table(
        "conversation",
        _text("id"),
        *(_text(name) for name in texts),
        _moment("heard_at"),
        _moment("changed_at"),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
    )
    op.create_index("ix_conversation_person", "conversation", ["person"])
    op.create_table(
        "opt_out",
        _text("person"),
        _text("kind"),
        _moment("since"),
        sa.PrimaryKeyConstraint("person", "kind", name="pk_opt_out"),
    )


def _create_status_changes() -> None:
    op.create_table(
        "status_change",
        sa.Column("id", _row_id(), nullable=False),
        _text("plan"),
        _text("goal"),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("before", nullable=True),
        _text("after"),
        _moment("at"),
        _text("figures"),
        sa.Column("held", sa.Boolean(), nullable=False),
        _of_goal("status_change"),
        sa.PrimaryKeyConstraint("id", name="pk_status_change"),
        sa.UniqueConstraint("plan", "goal", "number", name="uq_status_change"),
    )


def _create_notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", _row_id(), nullable=False),
        _text("key"),
        _text("kind"),
        _text("recipient"),
        _text("goal"),
        sa.Column("facts", _json(), nullable=False),
        _moment("created_at"),
        _text("state"),
        _moment("next_at"),
        _text("held_by"),
        _moment("claimed_at", nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        *(_text(name) for name in ("conversation", "activity", "last_error", "repeat_of")),
        _moment("changed_at"),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
        sa.UniqueConstraint("key", name="uq_notice"),
    )
    op.create_index("ix_notice_state_next_at", "notice", ["state", "next_at"])
    op.create_index("ix_notice_goal_recipient", "notice", ["goal", "recipient"])


def _create_answers() -> None:
    op.create_table(
        "acknowledgement",
        sa.Column("id", _row_id(), nullable=False),
        _text("notice", nullable=True),
        *(_text(name) for name in ("plan", "goal", "person")),
        _moment("at"),
        _text("note"),
        sa.Column("follow_up_on", sa.Date()),
        sa.ForeignKeyConstraint(["notice"], ["notice.key"], name="fk_acknowledgement_notice"),
        _of_goal("acknowledgement"),
        sa.PrimaryKeyConstraint("id", name="pk_acknowledgement"),
        sa.UniqueConstraint("notice", "person", name="uq_acknowledgement"),
    )
    op.create_index("ix_acknowledgement_follow_up_on", "acknowledgement", ["follow_up_on"])
    op.create_table(
        "snooze",
        sa.Column("id", _row_id(), nullable=False),
        *(_text(name) for name in ("plan", "goal", "person")),
        sa.Column("until", sa.Date(), nullable=False),
        _text("reason"),
        _moment("at"),
        _of_goal("snooze"),
        sa.PrimaryKeyConstraint("id", name="pk_snooze"),
        sa.UniqueConstraint("plan", "goal", "person", "until", name="uq_snooze"),
    )


def _refuse_changes_of_records() -> None:
    """What happened stays as it was written."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in _APPEND_ONLY:
        if not sqlite:
            op.execute(
                f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
            continue
        for change in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{change} BEFORE {change.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
