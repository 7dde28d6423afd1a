"""What a notice about a source says when it is sent: what is late or back then, or that nothing of it is."""

from datetime import datetime

from bplan_bot.cards.source_card import source_news
from bplan_bot.notice import Notice
from bplan_bot.reply import Reply
from bplan_bot.source_news import news_of
from bplan_bot.texts.speaker import Speaker
from db.engine import Database
from db.plans import load_plans
from db.sources import load_states


async def source_letter(database: Database, notice: Notice, now: datetime, speaker: Speaker) -> Reply | None:
    """What administrators are told of a source; None where it is true of none of its tables any more."""
    async with database.reading() as session:
        plans = await load_plans(session, on=now.date())
        states = (await load_states(session)).values()
    own = [state for state in states if state.source == notice.facts["source"]]
    news = news_of(notice, own, plans, zone=now.tzinfo)
    return source_news(news, speaker) if news else None
