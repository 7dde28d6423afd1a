"""A round that is opened or closed changes the mark of the plans, since answers tell of it."""

# ruff: noqa: S608  (what is put into statements are the names below)

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_CHANGES = ("insert", "update", "delete")


def upgrade() -> None:
    """Note the changes of rounds as migration 0004 notes those of plans."""
    if op.get_bind().dialect.name == "sqlite":
        for change in _CHANGES:
            op.execute(
                f"CREATE TRIGGER round_notes_{change} AFTER {change.upper()} ON round BEGIN "
                "UPDATE last_change SET mark = hex(randomblob(16)) WHERE subject = 'plans'; END"
            )
        return
    op.execute(
        "CREATE CONSTRAINT TRIGGER round_notes_change AFTER INSERT OR UPDATE OR DELETE ON round "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_change('plans')"
    )
    op.execute(
        "CREATE TRIGGER round_notes_truncate AFTER TRUNCATE ON round "
        "FOR EACH STATEMENT EXECUTE FUNCTION note_change('plans')"
    )


def downgrade() -> None:
    """Note them no longer."""
    if op.get_bind().dialect.name == "sqlite":
        for change in _CHANGES:
            op.execute(f"DROP TRIGGER round_notes_{change}")
        return
    op.execute("DROP TRIGGER round_notes_change ON round")
    op.execute("DROP TRIGGER round_notes_truncate ON round")
