"""A transaction that writes many rows notes its change once, and not once a row."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_FUNCTION = (
    "CREATE OR REPLACE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "DECLARE own text; "
    "BEGIN {before}"
    "SELECT pg_current_xact_id()::text || ' ' || transaction_timestamp()::text INTO own; "
    "UPDATE last_change SET mark = own WHERE subject = TG_ARGV[0] AND mark <> own; "
    "{after}RETURN NULL; END $$"
)

# The setting lives as long as the transaction, and goes back with a savepoint as the mark itself does.
_NOTED = (
    "IF current_setting('bplan.noted_' || TG_ARGV[0], true) = pg_current_xact_id()::text "
    "THEN RETURN NULL; END IF; "
)
_NOTE = "PERFORM set_config('bplan.noted_' || TG_ARGV[0], pg_current_xact_id()::text, true); "


def upgrade() -> None:
    """PostgreSQL fires the function for each row; SQLite's triggers write one short row and are quick."""
    _replace(before=_NOTED, after=_NOTE)


def downgrade() -> None:
    """The function as it was."""
    _replace(before="", after="")


def _replace(*, before: str, after: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_FUNCTION.format(before=before, after=after))
