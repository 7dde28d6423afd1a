"""A database for every test that asks for one, once on SQLite and once on a real PostgreSQL, empty of plans;
and the sources of figures, as fakes on loopback."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine, event

from db.engine import Database
from tests.db.postgres_server import administer, postgres_server, postgres_url, renewed
from tests.fake_jobindsats import FakeJobindsats, benchmark_table, hours_table
from tests.fake_statbank import FakeStatbank
from tests.norddjurs import package

# A timed test measures the machine; speed belongs in benchmarks/.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """The socket folder of a running PostgreSQL with the databases `migrated` and `unmigrated`."""
    if os.name == "nt":
        pytest.skip("the PostgreSQL of the tests listens on a Unix socket only")
    with postgres_server() as socket:
        asyncio.run(administer(socket, "CREATE DATABASE migrated", "CREATE DATABASE unmigrated"))
        yield socket


@pytest.fixture(scope="session")
def migration(postgres: Path) -> Sequence[str]:
    """The statements that migrating runs on PostgreSQL, to repeat them for each test."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().startswith(("CREATE", "INSERT", "ALTER")):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    asyncio.run(_migrate(postgres_url(postgres, "migrated")))
    event.remove(Engine, "before_cursor_execute", note)
    return statements


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    path = tmp_path_factory.mktemp("template") / "bplan.db"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    """Which database this run of the test is on."""
    # Asked for here since the session's fixtures run a loop of their own, which no async fixture may.
    request.getfixturevalue("sqlite_template" if request.param == "sqlite" else "migration")
    return str(request.param)


@pytest.fixture
async def database_url(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The DATABASE_URL of a migrated database without a plan."""
    if dialect == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        return f"sqlite+aiosqlite:///{shutil.copy(template, tmp_path / 'bplan.db')}"
    statements = request.getfixturevalue("migration")
    return await renewed(request.getfixturevalue("postgres"), "migrated", statements)


@pytest.fixture
async def empty_database_url(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The DATABASE_URL of a database that nobody has migrated yet."""
    if dialect == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'new' / 'bplan.db'}"
    return await renewed(request.getfixturevalue("postgres"), "unmigrated", ())


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database without a plan."""
    database = Database(database_url)
    yield database
    await database.close()


async def _migrate(url: str) -> None:
    database = Database(url)
    await database.migrate()
    await database.close()


@pytest.fixture
async def jobindsats() -> AsyncIterator[FakeJobindsats]:
    """A jobindsats on loopback with the two tables that the bundled plan is fed from."""
    async with FakeJobindsats(benchmark_table(package()), hours_table()) as fake:
        yield fake


@pytest.fixture
async def statbank() -> AsyncIterator[FakeStatbank]:
    """A StatBank on loopback."""
    async with FakeStatbank() as fake:
        yield fake
