"""The reminder to report: the form of what somebody still has to report, as it is when it is sent."""

from dataclasses import replace
from datetime import datetime

from bplan_bot.cards.form_card import render
from bplan_bot.message import message
from bplan_bot.notice import Notice
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker
from db.engine import Database
from db.figures import desk_of


async def form_letter(database: Database, notice: Notice, now: datetime, speaker: Speaker) -> Reply | None:
    """The form for the notice's recipient; None where the round is over or they have nothing left in it."""
    half = notice.facts["half"]
    async with database.reading() as session:
        desk = await desk_of(session, notice.plan, half, person=notice.recipient, now=now)
    if desk is None or desk.round is None or not desk.round.is_open:
        return None
    left = desk.lacking()
    form = desk.form([number for number in desk.own_goals() if number in left])
    if not form.goals:
        return None
    told = replace(
        form,
        head=message(f"round.{notice.kind}.head", n=form.left),
        notes=(message("alert.repeated"),) if notice.repeat_of else (),
        foot=message("round.why_me"),
    )
    return render(told, speaker)
