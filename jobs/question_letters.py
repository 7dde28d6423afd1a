"""What a notice about a question that was handed on says when it is sent: the question, or its answer."""

from datetime import datetime

from bplan_bot.cards.handed_card import answered, to_answer
from bplan_bot.handed_on import QuestionCard
from bplan_bot.notice import Notice
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker
from db import people
from db.engine import Database
from db.handed_on import handed


async def question_letter(
    database: Database, notice: Notice, now: datetime, speaker: Speaker, *, renewed: bool = False
) -> Reply | None:
    """The question to a planansvarlig; None where it was forgotten, or answered before it could be sent."""
    async with database.reading() as session:
        asked = await handed(session, notice.facts["question"])
        if asked is None or (asked.answered_at and not renewed):
            return None
        asker = await people.person(session, asked.asker)
    card = QuestionCard(notice=notice, question=asked, asker=asker, reader=notice.recipient, now=now)
    return to_answer(card, speaker)


async def answer_letter(database: Database, notice: Notice) -> Reply | None:
    """The answer to whoever asked, in the language they asked in; None where it was forgotten."""
    async with database.reading() as session:
        asked = await handed(session, notice.facts["question"])
    return answered(asked, Speaker(asked.language), repeated=bool(notice.repeat_of)) if asked else None
