"""A mark that is another one after every write of what answers are read from."""

# ruff: noqa: S608  (what is put into statements are the names below)

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TABLES = {
    "plans": (
        *("plan", "theme", "source", "goal", "target", "indicator"),
        *("document", "observation", "stated_assessment"),
    ),
    "people": ("person", "role_grant"),
}


def upgrade() -> None:
    """Create the table with its subjects, then the triggers that write it."""
    op.create_table(
        "last_change",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_last_change"),
    )
    for subject in _TABLES:
        op.execute(f"INSERT INTO last_change (subject, mark) VALUES ('{subject}', '')")
    note = _note_on_sqlite if _is_sqlite() else _note_on_postgresql
    if not _is_sqlite():
        _create_function()
    for subject, tables in _TABLES.items():
        for table in tables:
            note(table, subject)


def downgrade() -> None:
    """Drop it all."""
    for table in (table for tables in _TABLES.values() for table in tables):
        if _is_sqlite():
            for change in ("insert", "update", "delete"):
                op.execute(f"DROP TRIGGER {table}_notes_{change}")
        else:
            op.execute(f"DROP TRIGGER {table}_notes_change ON {table}")
            op.execute(f"DROP TRIGGER {table}_notes_truncate ON {table}")
    if not _is_sqlite():
        op.execute("DROP FUNCTION note_change()")
    op.drop_table("last_change")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _note_on_sqlite(table: str, subject: str) -> None:
    # At random rather than counted: a file put back from a backup would count through the same numbers again
    # with other figures.
    for change in ("insert", "update", "delete"):
        op.execute(
            f"CREATE TRIGGER {table}_notes_{change} AFTER {change.upper()} ON {table} BEGIN "
            f"UPDATE last_change SET mark = hex(randomblob(16)) WHERE subject = '{subject}'; END"
        )


def _create_function() -> None:
    """One mark for each transaction, so that only the first of its rows writes it."""
    op.execute(
        "CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE own text; "
        "BEGIN "
        "SELECT pg_current_xact_id()::text || ' ' || transaction_timestamp()::text INTO own; "
        "UPDATE last_change SET mark = own WHERE subject = TG_ARGV[0] AND mark <> own; "
        "RETURN NULL; END $$"
    )


def _note_on_postgresql(table: str, subject: str) -> None:
    # Deferred to the commit: the row of the subject is then the last lock a transaction takes, so two writers
    # wait for each other for that moment only, and never in a circle.
    op.execute(
        f"CREATE CONSTRAINT TRIGGER {table}_notes_change AFTER INSERT OR UPDATE OR DELETE ON {table} "
        f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_change('{subject}')"
    )
    op.execute(
        f"CREATE TRIGGER {table}_notes_truncate AFTER TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION note_change('{subject}')"
    )
