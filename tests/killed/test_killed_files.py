"""A process killed while it takes a file leaves all of it or nothing, and the next look completes it."""

import os
import signal
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bplan_bot.municipalities import names
from bplan_bot.observation import COUNTRY, HOME
from db import tables
from db.audit import entries
from db.bundled import prepare
from db.engine import Database
from jobs.running import InboxPoint
from tests.figure_files import csv_file
from tests.killed.test_kills import sound
from tests.killed.workers import Nursery, Worker, nursery

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows kills nobody without a word")

NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
LINES = [
    f"{goal};{name};{year};{20 + place % 7};;"
    for goal in ("6.2", "6.3", "6.9", "6.10")
    for place, (code, name) in enumerate(names().items())
    for year in (2023, 2024)
    if code not in (HOME, COUNTRY)
]
WHOLE = len(LINES)
FILE = csv_file(*LINES, head="Mål;Område;Periode;Værdi;Tæller;Nævner")
MOST_KILLS = 200
"""A process tells the database something less often than that."""


@dataclass
class Lying:
    """A file that lies in the folder, and what became of it."""

    database: Database
    inbox: Path

    @property
    def orders(self) -> dict[str, Any]:
        return {"inbox": str(self.inbox), "at": (NOON + timedelta(days=1)).isoformat()}

    def lies_in(self, folder: str) -> list[str]:
        """The names of the files there, without their reports; a report that lies alone is one of them."""
        path = self.inbox.with_name(folder)
        there = {one.name for one in path.iterdir()} if path.exists() else set()
        return sorted(there - {f"{name}.txt" for name in there})

    async def stored(self) -> int:
        """How many of its figures are stored; they come with their document and a row of the audit."""
        from_files = tables.observation.c.document.startswith("file-")
        async with self.database.reading() as session:
            found = await session.scalar(
                select(func.count()).select_from(tables.observation).where(from_files)
            )
            documents = await session.scalar(
                select(func.count())
                .select_from(tables.document)
                .where(tables.document.c.key.startswith("file-"))
            )
            audited = [one for one in await entries(session, limit=50) if one.action == "figures_taken"]
        assert len(audited) == documents == bool(found)
        return int(found or 0)


@pytest.fixture(scope="module")
def children(tmp_path_factory) -> Iterator[Nursery]:
    with nursery(tmp_path_factory.mktemp("killed") / "log", "tests.killed.taking") as one:
        yield one


@pytest.fixture
async def bot(children, database_url) -> AsyncIterator[Worker]:
    bot = Worker(children, database_url)
    yield bot
    await bot.bury()


@pytest.fixture
async def lying(database, tmp_path) -> Lying:
    await prepare(database, now=NOON)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "tal.csv").write_bytes(FILE)
    return Lying(database, inbox)


async def test_killed_before_every_word_to_the_database_a_look_leaves_all_or_nothing(bot, lying, dialect):
    found = []
    for statement in range(1, MOST_KILLS):
        await bot.begin(**lying.orders, statement=statement)
        if await bot.ended() != -signal.SIGKILL:
            break
        found.append(await lying.stored())
        assert found[-1] in (0, WHOLE)
        # It is moved once it is stored, and never before.
        assert lying.lies_in("inbox") + lying.lies_in("accepted") == ["tal.csv"]
        assert found[-1] or lying.lies_in("inbox")

    assert len(found) > 15
    assert set(found) == {0, WHOLE}
    assert found == sorted(found)
    assert await lying.stored() == WHOLE
    assert (lying.lies_in("inbox"), lying.lies_in("rejected")) == ([], [])
    assert lying.lies_in("accepted") == ["tal.csv"]
    assert await sound(lying.database, dialect)


@pytest.mark.parametrize(
    ("point", "stored", "said"),
    [
        (InboxPoint.AFTER_READ, 0, "Det er gemt."),
        (InboxPoint.AFTER_WRITE, 0, "Det er gemt."),
        (InboxPoint.AFTER_STORE, WHOLE, "Alt var gemt i forvejen, så intet er ændret."),
        (InboxPoint.AFTER_REPORT, WHOLE, "Alt var gemt i forvejen, så intet er ændret."),
        (InboxPoint.AFTER_MOVE, WHOLE, "Det er gemt."),
    ],
)
async def test_killed_between_its_steps_the_next_look_accepts_the_file_and_stores_it_once(
    bot, lying, point, stored, said
):
    await bot.begin(**lying.orders, point=point)
    assert await bot.ended() == -signal.SIGKILL
    assert await lying.stored() == stored
    await bot.begin(**lying.orders)

    assert await bot.ended() == 0
    assert await lying.stored() == WHOLE
    assert lying.lies_in("inbox") == []
    # A report that was written before the kill keeps its name.
    (name,) = [one for one in lying.lies_in("accepted") if one.endswith(".csv")]
    assert name == ("tal (2).csv" if point is InboxPoint.AFTER_REPORT else "tal.csv")
    report = lying.inbox.with_name("accepted") / f"{name}.txt"
    assert report.read_text(encoding="utf-8").splitlines()[-1] == said


async def test_killed_before_every_word_to_the_database_a_command_leaves_all_or_nothing(bot, lying, dialect):
    found = []
    for statement in range(1, MOST_KILLS):
        await bot.begin(file=str(lying.inbox / "tal.csv"), statement=statement)
        if await bot.ended() != -signal.SIGKILL:
            break
        found.append(await lying.stored())
        assert found[-1] in (0, WHOLE)

    assert len(found) > 10
    assert found == sorted(found)
    assert await lying.stored() == WHOLE
    await bot.begin(file=str(lying.inbox / "tal.csv"))
    assert await bot.ended() == 0
    assert await lying.stored() == WHOLE
    assert await sound(lying.database, dialect)
