"""Where the database is: a DATABASE_URL taken apart, with a name for it that carries no password."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bplan_bot.errors import Refused

SQLITE = "sqlite+aiosqlite"
POSTGRESQL = "postgresql+asyncpg"


@dataclass(frozen=True, slots=True)
class Place:
    """A database's address; `path` is the file of SQLite and None for PostgreSQL."""

    url: URL
    path: Path | None

    @classmethod
    def of(cls, address: str) -> "Place":
        """The place a DATABASE_URL names; Refused when it names none."""
        try:
            url = make_url(address)
        except (ArgumentError, ValueError):
            # No part of it is repeated: what cannot be read may hold a password anywhere.
            raise Refused("database.bad_url") from None
        if url.drivername not in (SQLITE, POSTGRESQL):
            raise Refused("database.unknown_dialect", dialect=url.drivername)
        if not url.database or ":memory:" in url.database:
            raise Refused("database.no_name", dialect=url.drivername)
        return cls(url, _file(url.database) if url.drivername == SQLITE else None)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is one file, else it is a PostgreSQL server."""
        return self.path is not None

    @property
    def name(self) -> str:
        """What to call it in a sentence: the file's absolute path, or host:port/database."""
        if self.path is not None:
            return str(self.path)
        host = self.url.host or self.url.query.get("host") or "localhost"
        return (
            f"{host if isinstance(host, str) else ','.join(host)}:{self.url.port or 5432}/{self.url.database}"
        )

    @property
    def user(self) -> str:
        """Who we log in as, as far as the address says."""
        return self.url.username or ""


def _file(database: str) -> Path:
    """The file of a path or of SQLite's `file:` address."""
    return Path(database.removeprefix("file:")).absolute()
