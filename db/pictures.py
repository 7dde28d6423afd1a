"""Reads the picture of a plan on a day in one consistent view, and keeps it until something was written."""

from datetime import date

from bplan_bot.errors import Unavailable
from bplan_bot.goal import Plan
from bplan_bot.picture import Picture
from bplan_bot.plan_choice import PlanSketch, usual_plan
from db.engine import Database, Session
from db.kept import Marks, Subject
from db.observations import load_series
from db.plans import load_plan, plan_keys, plan_sketches
from db.recall import marks, recall
from db.statements import load_statements


async def load_plans(database: Database, *, at: Marks | None = None) -> tuple[PlanSketch, ...]:
    """What tells the plans there are from each other, oldest first; Unavailable where there is none.

    Kept in memory as `load_picture` does.
    """

    async def read(session: Session) -> tuple[PlanSketch, ...]:
        plans = await plan_sketches(session)
        if not plans:
            raise Unavailable("database.no_plan")
        return plans

    return await recall(database, Subject.PLANS, "plans", read, at=at)


async def load_picture(
    database: Database, *, today: date, plan_key: str = "", at: Marks | None = None
) -> Picture:
    """What was known on `today` of one plan, else of the usual one then; Unavailable where it is not there.

    Figures and statements of a later day are not seen, so that any day can be asked for. What another process
    has stored is seen at once, though the plan is not read anew each time: `at` are the marks that tell.
    """
    at = at or await marks(database)
    key = plan_key or usual_plan(await load_plans(database, at=at), today).key

    async def read(session: Session) -> Picture:
        return await picture_of(session, key, today=today)

    return await recall(database, Subject.PLANS, (key, today), read, at=at)


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
