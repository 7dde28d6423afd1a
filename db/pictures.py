"""Reads the picture of a plan on a day in one consistent view."""

from datetime import date

from bplan_bot.errors import Refused
from bplan_bot.picture import Picture
from db.engine import Database
from db.observations import load_series
from db.plans import plan_in_force
from db.statements import load_statements


async def load_picture(database: Database, *, today: date, as_of: date | None = None) -> Picture:
    """What is known today, or what was known on `as_of`; Refused where there is no plan at all."""
    day = as_of or today
    async with database.reading() as session:
        plan = await plan_in_force(session, day)
        if plan is None:
            raise Refused("database.no_plan")
        series = await load_series(session, plan.key, as_of=as_of)
        said = await load_statements(session, plan.key, as_of=as_of)
    return Picture(plan, series, said, day)
