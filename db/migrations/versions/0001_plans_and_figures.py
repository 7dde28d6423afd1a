"""Plans with their goals and targets, reported figures, and what people said of the goals."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_APPEND_ONLY = ("observation", "stated_assessment")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _row_id() -> sa.types.TypeEngine[Any]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _refers(columns: list[str], to: list[str], name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(columns, to, name=name)


def upgrade() -> None:
    """Create the tables, then the triggers that keep reports as they were made."""
    _create_plans()
    _create_goals()
    _create_documents()
    _create_observations()
    _create_stated_assessments()
    _refuse_changes_of_reports()


def downgrade() -> None:
    """Drop it all."""
    for name in ("stated_assessment", "observation", "document", "indicator", "target", "goal"):
        op.drop_table(name)
    for name in ("source", "theme", "plan"):
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def _create_plans() -> None:
    op.create_table(
        "plan",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("definition", _json(), nullable=False),
        sa.Column("bundle", sa.Text()),
        sa.PrimaryKeyConstraint("key", name="pk_plan"),
    )
    op.create_table(
        "theme",
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("definition", _json(), nullable=False),
        _refers(["plan"], ["plan.key"], "fk_theme_plan"),
        sa.PrimaryKeyConstraint("plan", "number", name="pk_theme"),
    )
    op.create_table(
        "source",
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("definition", _json(), nullable=False),
        _refers(["plan"], ["plan.key"], "fk_source_plan"),
        sa.PrimaryKeyConstraint("plan", "key", name="pk_source"),
    )


def _create_goals() -> None:
    op.create_table(
        "goal",
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("theme", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("assessed_on", sa.Text(), nullable=False),
        sa.Column("definition", _json(), nullable=False),
        _refers(["plan"], ["plan.key"], "fk_goal_plan"),
        _refers(["plan", "theme"], ["theme.plan", "theme.number"], "fk_goal_plan_theme"),
        _refers(["plan", "source"], ["source.plan", "source.key"], "fk_goal_plan_source"),
        sa.PrimaryKeyConstraint("plan", "number", name="pk_goal"),
    )
    op.create_table(
        "target",
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("rule", _json(), nullable=False),
        _refers(["plan", "goal"], ["goal.plan", "goal.number"], "fk_target_plan_goal"),
        sa.PrimaryKeyConstraint("plan", "goal", "valid_from", name="pk_target"),
    )
    op.create_table(
        "indicator",
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("definition", _json(), nullable=False),
        _refers(["plan", "goal"], ["goal.plan", "goal.number"], "fk_indicator_plan_goal"),
        sa.PrimaryKeyConstraint("plan", "key", name="pk_indicator"),
    )


def _create_documents() -> None:
    op.create_table(
        "document",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", _json(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_document"),
    )


def _create_observations() -> None:
    op.create_table(
        "observation",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("known_at", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text()),
        sa.Column("numerator", sa.Text()),
        sa.Column("denominator", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text()),
        sa.Column("note", _json()),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        _refers(["plan", "indicator"], ["indicator.plan", "indicator.key"], "fk_observation_plan_indicator"),
        _refers(["document"], ["document.key"], "fk_observation_document"),
        sa.PrimaryKeyConstraint("id", name="pk_observation"),
        sa.UniqueConstraint(
            "plan", "indicator", "area", "period", "known_at", "document", "revision", name="uq_observation"
        ),
    )


def _create_stated_assessments() -> None:
    op.create_table(
        "stated_assessment",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("axis", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("due", sa.Integer()),
        sa.Column("wording", _json(), nullable=False),
        sa.Column("decision", _json()),
        sa.Column("reason", _json()),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        _refers(["plan", "goal"], ["goal.plan", "goal.number"], "fk_stated_assessment_plan_goal"),
        _refers(["document"], ["document.key"], "fk_stated_assessment_document"),
        sa.PrimaryKeyConstraint("id", name="pk_stated_assessment"),
        sa.UniqueConstraint(
            "plan", "goal", "axis", "day", "document", "revision", name="uq_stated_assessment"
        ),
    )


def _refuse_changes_of_reports() -> None:
    """What was reported stays as it was: a correction is a new row."""
    if op.get_bind().dialect.name == "sqlite":
        for table in _APPEND_ONLY:
            for change in ("update", "delete"):
                op.execute(
                    f"CREATE TRIGGER {table}_refuses_{change} BEFORE {change.upper()} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in _APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
