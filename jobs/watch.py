"""Watch: assesses every goal of a plan that is not closed, and records each change with what it owes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bplan_bot.access import Person
from bplan_bot.alerts import changes, notice_of_many, notices_of, plan_is_closed
from bplan_bot.picture import Picture
from db import changes as change_rows
from db import notices as notice_rows
from db import people as people_rows
from db.alert_states import unwilling
from db.engine import Database, Session
from db.pictures import every_picture
from jobs.running import Passing, Point, pass_by

ACTOR = "job:watch"


async def watch(database: Database, now: datetime, passing: Passing = pass_by) -> Mapping[str, Any]:
    """One look at all goals, in one transaction: a change and its notices are there together or not at all.

    The first look at a plan records where its goals stand and tells nobody; a closed plan is not looked at.
    """
    did = {"changes": 0, "held": 0, "notices": 0}
    async with database.transaction() as session:
        people = await people_rows.load_people(session)
        for picture in await every_picture(session, today=await _today(session, now)):
            if not plan_is_closed(picture.all()):
                for name, count in (await _watch_plan(session, picture, people, now)).items():
                    did[name] += count
        passing(Point.AFTER_ASSESS)
    passing(Point.AFTER_COMMIT)
    return did


async def _today(session: Session, now: datetime) -> date:
    """The day of `now`, or of the last change where that is later: a clock that was set back makes no figure
    unknown again, by which goals would fall and recover."""
    last = await change_rows.last_recorded(session)
    return max(now, last or now).astimezone(now.tzinfo).date()


async def _watch_plan(
    session: Session, picture: Picture, people: Sequence[Person], now: datetime
) -> Mapping[str, int]:
    last = await change_rows.last_changes(session, picture.plan.key)
    by_number = {status.goal.number: status for status in picture.all()}
    found = changes(picture, last, now=now)
    told = 0
    for change in found:
        refusing = await unwilling(session, change.plan, change.goal, on=now.date())
        owed = notices_of(change, by_number[change.goal], people, unwilling=refusing)
        told += await change_rows.record_change(session, change, owed, actor=ACTOR)
    held = [change for change in found if change.held]
    told += await notice_rows.enqueue(session, notice_of_many(held, people, picture.plan))
    return {"changes": len(found), "held": len(held), "notices": told}
