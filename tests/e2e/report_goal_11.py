"""Reports a figure of goal 1.1 in the database of a running bot, whose last guest is told when it falls."""

import asyncio
import sys
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bplan_bot.access import Grant, Role
from bplan_bot.local_text import LocalText
from bplan_bot.observation import Document, Observation
from bplan_bot.period import Period
from db import conversations, people
from db.documents import save_documents
from db.engine import Database
from db.observations import add_observations
from jobs.watch import watch

APRIL = datetime(2025, 4, 1, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
"""A month in which nothing of the plan is handled, so that it is not closed."""

NEWS = Document("news", LocalText("Ny opgørelse", "New figures"), "", date(2025, 4, 2), 30)


async def main(url: str, value: str, day: int) -> None:
    """Report the figure of 1.1 that is known on that day of April 2025, and look at all goals then."""
    database = Database(url)
    figure = Observation(
        indicator="1.1.actual",
        area="707",
        period=Period.year(2024),
        value=Decimal(value),
        document=NEWS,
        known_at=date(2025, 4, day),
    )
    await watch(database, APRIL.replace(day=day - 1))
    async with database.transaction() as session:
        chat = await conversations.newest(session)
        assert chat is not None
        await people.grant(session, chat.person, Grant(Role.HEAD), by="e2e", now=APRIL)
        await save_documents(session, [NEWS])
        await add_observations(session, "norddjurs-2024", [figure], now=APRIL)
    await watch(database, APRIL.replace(day=day))
    await database.close()


asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
