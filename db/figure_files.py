"""Storing the figures of a file that was read: only while what they were held against still stands."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.batch import Taken
from bplan_bot.errors import Refused
from bplan_bot.figure_file import FileFigures
from bplan_bot.importers.undisturbed import undisturbed
from bplan_bot.observation import Series
from db.figures import take
from db.observations import load_series


async def take_file(
    session: AsyncSession,
    found: FileFigures,
    *,
    by: str,
    now: datetime,
    reason: str = "",
    on_behalf_of: tuple[str, ...] = (),
) -> Taken:
    """Store all figures of a file (`now` aware), brought by an Entra object id or by what did it, perhaps
    for others whose figures they are.

    For a file without troubles, whose doubts are settled. Refused `file.changed_meanwhile` where somebody has
    reported one of the figures since the file was held against what is stored.
    """
    if not found.news:
        return Taken(same=found.same)
    series = await load_series(session, found.plan.key, as_of=now.date())
    if _has_moved(found, series):
        raise Refused("file.changed_meanwhile")
    with undisturbed():
        batch = found.batch(by=by, now=now, reason=reason, on_behalf_of=on_behalf_of)
        await take(session, found.plan.key, batch, now=now)
    return Taken(new=len(found.new), corrected=len(found.corrections), same=found.same)


def _has_moved(found: FileFigures, series: Series) -> bool:
    """Whether another figure stands now than the one a figure of the file was held against."""
    if series.is_empty and not found.corrections:
        return False
    for one in found.news:
        standing = series.at(one.asked.indicator.key, one.asked.area, one.period)
        now = standing.value if standing else None
        if now != (one.stored.value if one.stored else None):
            return True
    return False
