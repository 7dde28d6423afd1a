"""The sources of the demonstration: the fakes of the tests on loopback, whose figures are marked as made."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import date
from typing import Any

from bplan_bot.local_text import LocalText
from bplan_bot.observation import COUNTRY, Document
from db.bundled import read_bundled
from db.documents import save_documents
from db.engine import Database
from db.pictures import load_picture
from tests.fake_jobindsats import GROUPS, Cell, FakeJobindsats, FakeTable, benchmark_table, hours_table
from tests.fake_statbank import FakeStatbank

BENCHMARK = "y30r21"
AT_FIRST: dict[str, Any] = {
    "published": "2024-03-25",
    "expected": "2024-10-24",
    "periods": {"QMAT": ("2023QMAT02", "2023QMAT04")},
}
ANEW: dict[str, Any] = {
    "published": "2024-10-24",
    "expected": "2025-03-24",
    "periods": {"QMAT": ("2023QMAT02", "2023QMAT04", "2024QMAT02")},
}
"""What the benchmark's table has before its day in October 2024, and on it."""

MADE: dict[str, tuple[list[Cell], ...]] = {
    "2023QMAT02": ([2082, 2017, -65, 14], [425, 412, -13, 22], [744, 743, -1, 40], [913, 862, -51, 12]),
    "2023QMAT04": ([2058, 1989, -69, 10], [418, 404, -14, 20], [738, 735, -3, 38], [902, 850, -52, 10]),
    "2024QMAT02": ([2035, 1962, -73, 11], [412, 395, -17, 21], [731, 725, -6, 41], [892, 842, -50, 8]),
}
"""By period, of the whole and of each group: expected, actual, their difference, and the place, which
the documents tell for 2023."""

MARK = LocalText(" (opdigtede tal)", " (made figures)")


class MadeSources:
    """jobindsats and StatBank on this machine, from `open` to `close`."""

    def __init__(self) -> None:
        hours = replace(hours_table("2024M06"), published="2024-08-01", expected="2024-11-01")
        self._jobindsats = FakeJobindsats(_benchmark(), hours)
        self._statbank = FakeStatbank()
        self._statbank.updated = "2024-04-02T08:00:00"
        self._open = AsyncExitStack()

    async def open(self) -> Mapping[str, str]:
        """Begin to answer; the settings that turn them on."""
        for fake in (self._jobindsats, self._statbank):
            await self._open.enter_async_context(fake)
        return {**self._jobindsats.settings, **self._statbank.settings}

    async def close(self) -> None:
        """Answer no more."""
        await self._open.aclose()

    def publish(self) -> None:
        """Put the benchmark out anew."""
        self._jobindsats.publish(BENCHMARK, **ANEW)


async def mark_as_made(database: Database, *, today: date) -> None:
    """Have every document that figures were fetched from say that they are made."""
    seen = await load_picture(database, today=today)
    fed = [one.key for goal in seen.plan.goals for one in goal.indicators if one.feed]
    figures = [one for key in fed for area in (seen.plan.area, COUNTRY) for one in seen.series.of(key, area)]
    documents = {one.document.key: one.document for one in figures if one.origin}
    async with database.transaction() as session:
        await save_documents(session, map(_marked, documents.values()))


def _marked(document: Document) -> Document:
    title = LocalText(*(_once(getattr(document.title, one), getattr(MARK, one)) for one in ("da", "en")))
    return replace(document, title=title)


def _once(words: str, mark: str) -> str:
    return words if words.endswith(mark) else words + mark


def _benchmark() -> FakeTable:
    """The benchmark's table as the tests have it, with figures of Norddjurs that go on from each other."""
    table = benchmark_table(read_bundled())

    def made(period: str, area: str, own: tuple[str, ...]) -> list[Cell]:
        if area != "Norddjurs":
            return table.made(period, area, own)
        return MADE[period][GROUPS.index(own[0]) if own else 0]

    return replace(table, made=made, **AT_FIRST)
