"""What a notice about a round says when it is sent: what is missing then, or that nothing is."""

from datetime import datetime

from bplan_bot.cards.round_card import missing
from bplan_bot.notice import Notice
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker
from db import rounds as round_rows
from db.engine import Database


async def round_letter(database: Database, notice: Notice, now: datetime, speaker: Speaker) -> Reply | None:
    """What the planansvarlig is told is missing; None where the round is closed or all is in."""
    async with database.reading() as session:
        round_ = await round_rows.round_of(session, notice.facts["plan"], notice.facts["half"])
        if round_ is None or not round_.is_open:
            return None
        seen = await round_rows.round_picture(session, round_, today=now.date())
    return missing(seen, speaker, repeated=bool(notice.repeat_of)) if seen.left() else None
