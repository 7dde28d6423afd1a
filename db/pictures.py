"""Reads the picture of a plan on a day in one consistent view, and keeps it until something was written."""

from datetime import date

from bplan_bot.errors import Unavailable
from bplan_bot.goal import Plan
from bplan_bot.picture import Picture
from db.engine import Database, Session
from db.kept import Marks, Subject
from db.observations import load_series
from db.plans import load_plan, plan_in_force, plan_keys
from db.recall import recall
from db.statements import load_statements


async def load_picture(database: Database, *, today: date, at: Marks | None = None) -> Picture:
    """What was known on `today` of the plan in force then; Unavailable where there is no plan at all.

    Figures and statements of a later day are not seen, so that any day can be asked for. What another process
    has stored is seen at once, though the plan is not read anew each time: `at` are the marks that tell.
    """

    async def read(session: Session) -> Picture:
        plan = await plan_in_force(session, today)
        if plan is None:
            raise Unavailable("database.no_plan")
        return await _picture(session, plan, today)

    return await recall(database, Subject.PLANS, today, read, at=at)


async def every_picture(session: Session, *, today: date) -> tuple[Picture, ...]:
    """What was known on `today` of every plan there is, in the caller's transaction."""
    plans = [await load_plan(session, key, on=today) for key in await plan_keys(session)]
    return tuple([await _picture(session, plan, today) for plan in plans if plan])


async def picture_of(session: Session, plan_key: str, *, today: date) -> Picture:
    """What was known on `today` of one plan; Unavailable where it is not there."""
    plan = await load_plan(session, plan_key, on=today)
    if plan is None:
        raise Unavailable("database.no_plan")
    return await _picture(session, plan, today)


async def _picture(session: Session, plan: Plan, today: date) -> Picture:
    series = await load_series(session, plan.key, as_of=today)
    return Picture(plan, series, await load_statements(session, plan.key, as_of=today), today)
