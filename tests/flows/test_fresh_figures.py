"""A figure that another process has stored is in the very next answer, though the plan is kept in memory."""

# ruff: noqa: S603  (what is run is this Python with a script of this file)

import subprocess
import sys
from pathlib import Path

from tests.fake_connector import said

ROOT = Path(__file__).parents[2]

STORES = """
import asyncio, sys
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from db.bundled import read_bundled
from db.engine import Database
from db.observations import add_observations
from tests.factories import NOW

async def main():
    package = read_bundled()
    figure = next(o for o in package.observations if o.indicator == "1.1.actual" and o.area == "707")
    figure = replace(figure, value=Decimal("2077"))
    async with Database(sys.argv[1]).transaction() as session:
        await add_observations(session, package.plan.key, [figure], now=NOW + timedelta(days=365))

asyncio.run(main())
"""


async def test_a_figure_stored_by_another_process_is_in_the_very_next_answer(running, database_url):
    before = await running.words_after(said(running.service_url, "mål 1.1"))

    subprocess.run([sys.executable, "-c", STORES, database_url], cwd=ROOT, check=True, timeout=60)

    after = await running.words_after(said(running.service_url, "mål 1.1"))
    assert ("1.950" in before, "2.077" in before) == (True, False)
    # The earlier figure is told too, as the one that was corrected.
    assert "2.077" in after
    assert "før 1.950" in after
