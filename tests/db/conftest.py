"""A SQLite database alone, for what only SQLite has."""

from collections.abc import AsyncIterator
from pathlib import Path
from shutil import copy

import pytest

from db.engine import Database


@pytest.fixture
def sqlite_path(sqlite_template: Path, tmp_path: Path) -> Path:
    """A migrated SQLite file."""
    return Path(copy(sqlite_template, tmp_path / "own.db"))


@pytest.fixture
async def sqlite_database(sqlite_path: Path) -> AsyncIterator[Database]:
    """The database in `sqlite_path`."""
    database = Database(f"sqlite+aiosqlite:///{sqlite_path}")
    yield database
    await database.close()
