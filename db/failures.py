"""What a database error means to the person who must act on it, of both databases: each is Unavailable."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from bplan_bot.errors import Unavailable
from db.place import Place

_OF_SQLITE = {
    sqlite3.SQLITE_PERM: "cannot_open",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_IOERR: "disk_failed",
    sqlite3.SQLITE_CORRUPT: "corrupt",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_CANTOPEN: "cannot_open",
    sqlite3.SQLITE_NOTADB: "corrupt",
}
"""By SQLite's primary result code, https://sqlite.org/rescode.html."""

_OF_POSTGRESQL = {
    "08": "unreachable",
    "25006": "read_only",
    "28": "wrong_password",
    "3D000": "unknown_database",
    "40001": "locked",
    "40P01": "locked",
    "42501": "not_allowed",
    "42P01": "not_prepared",
    "53100": "full",
    "53300": "overloaded",
    "55P03": "locked",
    "57014": "locked",
    "57P": "unreachable",
    "58": "disk_failed",
    "XX001": "corrupt",
    "XX002": "corrupt",
}
"""By SQLSTATE or the beginning of one, https://www.postgresql.org/docs/current/errcodes-appendix.html."""


def refusal(error: BaseException, place: Place, *, connecting: bool = False) -> Unavailable | None:
    """The Unavailable that says what `error` means; None when it is not the database's state that is wrong.

    `connecting`: nothing else ran yet, so plain network and type errors are the connection's too.
    """
    what = _meaning(error, place)
    if what is None and connecting:
        what = _meaning_while_connecting(error)
    if what is None:
        return None
    if what == "wrong_password":
        return Unavailable("database.wrong_password", where=place.name, user=place.user)
    return Unavailable(f"database.{what}", where=place.name)


@contextmanager
def refusals(place: Place, *, connecting: bool = False) -> Iterator[None]:
    """Errors of the database's state leave this block as Unavailable, all others as they are."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError, TypeError, ValueError) as error:
        refused = refusal(error, place, connecting=connecting)
        if refused is None:
            raise
        raise refused from error
    except Exception as error:
        # asyncpg's own errors come bare out of a failed connect; only their code tells what they are.
        refused = refusal(error, place) if hasattr(error, "sqlstate") else None
        if refused is None:
            raise
        raise refused from error


def _meaning(error: BaseException, place: Place) -> str | None:
    if isinstance(error, NoFreeConnection):
        return "overloaded"
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause, place)
    code = getattr(cause, "sqlstate", None)
    if isinstance(code, str):
        return next((what for start, what in _OF_POSTGRESQL.items() if code.startswith(start)), None)
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return "unreachable"
    return None


def _of_sqlite(error: sqlite3.Error, place: Place) -> str | None:
    # The low byte is the primary code; errors made by the driver itself have none.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_ERROR and str(error).startswith("no such table"):
        return "not_prepared"
    what = _OF_SQLITE.get(code)
    if what == "cannot_open" and place.path is not None and place.path.is_dir():
        return "is_folder"
    return what


def _meaning_while_connecting(error: BaseException) -> str | None:
    match error:
        case OSError():  # refused, no such host, no such socket, time-out
            return "unreachable"
        case TypeError() | ValueError():  # an option in the address that the driver does not know
            return "bad_url"
        case _:
            return None
