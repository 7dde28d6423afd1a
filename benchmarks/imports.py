"""One import of made figures in a process of its own: ours, or a plain pandas read and bulk insert."""

import argparse
import asyncio
import json
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

import pandas
from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import create_async_engine

from bplan_bot.goal import Goal, Indicator, Plan, Source, Theme
from bplan_bot.importers.figure_files import read_figures
from bplan_bot.local_text import LocalText
from bplan_bot.period import Period
from bplan_bot.plan_package import PlanPackage
from bplan_bot.quantity import Unit
from bplan_bot.target import Target
from db.engine import Database
from db.figure_files import take_file
from db.pictures import picture_of
from db.plans import save_package

MONTHS = 120
_NOW = datetime(2025, 4, 1, 12, tzinfo=UTC)
_KEY = "made-2024"
_HEAD = "Mål;Indikator;Område;Periode;Værdi;Tæller;Nævner;Bemærkning"


@dataclass(frozen=True, slots=True)
class Import:
    """What an import took: from the file to what is committed, and what memory grew by meanwhile."""

    seconds: float
    grown_mb: float


IMPORT = TypeAdapter(Import)


def make_file(path: Path, rows: int) -> None:
    """A CSV file of made figures as Danish Excel writes it: a line of 120 months for each goal."""
    chance = Random(1)  # noqa: S311  # made figures
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"{_HEAD}\r\n")
        for goal in range(1, rows // MONTHS + 1):
            part, whole = chance.randint(200, 800), chance.randint(1000, 3000)
            for month in range(MONTHS):
                part = max(100, min(900, part + chance.randint(-20, 20)))
                of = whole + chance.randint(-50, 50)
                share = f"{(2000 * part + of) // (2 * of) / 10:.1f}".replace(".", ",")
                period = f"{2015 + month // 12}-M{month % 12 + 1:02}"
                file.write(f"1.{goal};1.{goal}.share;Norddjurs;{period};{share};{part};{of};\r\n")


def made_plan(rows: int) -> Plan:
    """A plan of ten years with a goal for each line of the file."""

    def text(words: str) -> LocalText:
        return LocalText(words, words)

    def goal(number: str) -> Goal:
        share = Indicator(
            key=f"{number}.share",
            goal=number,
            subject=text("andelen"),
            short_subject=text("andelen"),
            statement=text("var andelen {value}"),
            unit=Unit.PERCENT,
        )
        return Goal(
            number=number,
            title=text(f"Mål {number}"),
            theme=1,
            measure=text("andelen"),
            target_text=text("mindst 80 %"),
            target=Target(type="at_least", indicator=share.key, value=Decimal(80)),
            assessed_on=Period.month(2024, 12),
            source="made",
            rhythm=text("månedligt"),
            indicators=(share,),
        )

    return Plan(
        key=_KEY,
        title=text("Plan af opdigtede tal"),
        area="707",
        municipality="Norddjurs Kommune",
        short_name="Norddjurs",
        committee=text("udvalget"),
        department=text("afdelingen"),
        start=date(2016, 1, 1),
        end=date(2024, 12, 31),
        themes=(Theme(1, text("Tema"), None),),
        goals=tuple(goal(f"1.{number}") for number in range(1, rows // MONTHS + 1)),
        sources=(Source("made", text("opdigtet"), published=True),),
    )


async def ours(url: str, file: Path, rows: int) -> Callable[[], Awaitable[int]]:
    """Bring a database up with the plan; then what is measured: read, check, store, commit."""
    database = Database(url)
    await database.migrate()
    async with database.transaction() as session:
        package = PlanPackage(plan=made_plan(rows), documents=(), observations=(), statements=())
        await save_package(session, package, now=_NOW)
    async with database.reading() as session:
        picture = await picture_of(session, _KEY, today=_NOW.date())

    async def run() -> int:
        found = read_figures(
            file.name, file.read_bytes(), plan=picture.plan, series=picture.series, today=_NOW.date()
        )
        async with database.transaction() as session:
            taken = await take_file(session, found, by="bench", now=_NOW)
        await database.close()
        return taken.stored

    return run


async def plain(url: str, file: Path, rows: int) -> Callable[[], Awaitable[int]]:
    """Read the file by pandas and insert the same rows into a plain table: no checks, no keys."""
    engine = create_async_engine(url)

    async def run() -> int:
        read = pandas.read_csv(file, sep=";", dtype=str, keep_default_na=False)
        table = pandas.DataFrame(
            {
                "plan": _KEY,
                "indicator": read["Indikator"],
                "area": "707",
                "period": read["Periode"],
                "known_at": _NOW.date(),
                "document": "file",
                "revision": 0,
                "value": read["Værdi"].str.replace(",", "."),
                "numerator": read["Tæller"],
                "denominator": read["Nævner"],
                "status": "final",
                "direction": None,
                "note": None,
                "recorded_at": _NOW,
                "origin": json.dumps({"kind": "file", "name": file.name, "place": "", "by": "bench"}),
            }
        )
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: table.to_sql("plain", sync, index=False, chunksize=10_000))
        await engine.dispose()
        return len(table)

    return run


CONTESTANTS = {"ours": ours, "plain": plain}


async def measured(who: str, url: str, file: Path, rows: int) -> Import:
    """One import; ValueError when it stored another number of rows than there are."""
    run = await CONTESTANTS[who](url, file, rows)
    before, start = _peak_mb(), time.perf_counter()
    stored = await run()
    seconds = time.perf_counter() - start
    if stored != rows:
        raise ValueError(f"{who} stored {stored} of {rows} rows")
    return Import(seconds=seconds, grown_mb=_peak_mb() - before)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure what the arguments say, and print it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("who", choices=sorted(CONTESTANTS))
    parser.add_argument("url")
    parser.add_argument("file", type=Path)
    parser.add_argument("rows", type=int)
    asked = parser.parse_args()
    found = asyncio.run(measured(asked.who, asked.url, asked.file, asked.rows))
    sys.stdout.write(IMPORT.dump_json(found).decode())


if __name__ == "__main__":
    main()
