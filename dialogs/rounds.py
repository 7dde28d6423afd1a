"""Follow-up rounds in the chat: open one, see how it goes, close it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bplan_bot.access import may_run_rounds
from bplan_bot.alerts import plan_is_closed
from bplan_bot.answers import Answer, PlainAnswer, RoundClosing, RoundStanding
from bplan_bot.cards.render import render
from bplan_bot.cards.round_card import CLOSE
from bplan_bot.deadlines import Lead, Wanted, new_round, odd_days, plan_followed_up
from bplan_bot.errors import Refused
from bplan_bot.message import Message, message
from bplan_bot.reply import Reply
from bplan_bot.round import Round
from bplan_bot.round_picture import RoundPicture
from bplan_bot.understand.question import Question, Topic
from bplan_bot.understand.round_wish import read_wish
from db import rounds as round_rows
from db.engine import Session
from db.pictures import every_picture
from db.plans import plan_sketches
from dialogs.visit import Visit


async def open_(question: Question, visit: Visit) -> Answer:
    """Open the round that the message describes."""
    if not may_run_rounds(visit.person):
        return _cannot(message("round.not_yours"))
    try:
        wanted = read_wish(visit.incoming.text)
        async with visit.database.transaction() as session:
            return await opened(
                session,
                wanted,
                visit.settings.lead,
                by=visit.person.id,
                now=visit.now,
                plan_key=visit.asked.named,
            )
    except Refused as refused:
        return _cannot(refused.said)


async def show(question: Question, visit: Visit) -> Answer:
    """How the round goes, for everybody who has a role."""
    if not visit.person.grants:
        return _cannot(message("round.not_for_strangers"))
    try:
        async with visit.database.reading() as session:
            seen = await current(session, now=visit.now, plan_key=visit.asked.named)
            also = await _others_open(session, seen.round)
    except Refused as refused:
        return _cannot(refused.said)
    return RoundStanding(seen=seen, notes=also, may_run=may_run_rounds(visit.person))


async def ask_to_close(question: Question, visit: Visit) -> Answer:
    """Ask whether the open round shall be closed; a button does it."""
    if not may_run_rounds(visit.person):
        return _cannot(message("round.not_yours"))
    try:
        async with visit.database.reading() as session:
            named = visit.asked.named
            return RoundClosing(await current(session, now=visit.now, plan_key=named, is_open=True))
    except Refused as refused:
        return _cannot(refused.said)


async def close(visit: Visit) -> Reply:
    """Close the round that the pressed button names."""
    if not may_run_rounds(visit.person):
        return render(_cannot(message("round.not_yours")), visit.speaker)
    plan, half = visit.pressed.get("plan"), visit.pressed.get("half")
    async with visit.database.transaction() as session:
        round_ = None
        if isinstance(plan, str) and type(half) is int:
            round_ = await round_rows.round_of(session, plan, half)
        if round_ is None:
            return render(_cannot(message("round.none")), visit.speaker)
        answer = await closed(session, round_, by=visit.person.id, now=visit.now)
    return render(answer, visit.speaker)


TOPICS: Mapping[Topic, Callable[[Question, Visit], Awaitable[Answer]]] = {
    Topic.ROUND: show,
    Topic.ROUND_OPEN: open_,
    Topic.ROUND_CLOSE: ask_to_close,
}

BUTTONS: Mapping[str, Callable[[Visit], Awaitable[Reply]]] = {CLOSE: close}


async def opened(
    session: Session, wanted: Wanted, lead: Lead, *, by: str, now: datetime, plan_key: str = ""
) -> RoundStanding:
    """Open a round of the plan that is named, else of the newest one whose half is over at the meeting.

    Refused what `new_round` and `open_round` refuse, `round.unknown_plan`, and `round.plan_closed` where the
    committee has handled every goal.
    """
    pictures = {picture.plan.key: picture for picture in await every_picture(session, today=now.date())}
    if plan_key and plan_key not in pictures:
        raise Refused("round.unknown_plan", plan=plan_key, known=tuple(pictures))
    plans = [picture.plan for picture in pictures.values()]
    plan = pictures[plan_key].plan if plan_key else plan_followed_up(plans, wanted)
    new = new_round(plan, wanted, lead, by=by, now=now)
    if plan_is_closed(pictures[plan.key].all()):
        raise Refused("round.plan_closed", plan=plan.title)
    name = "round.opened" if await round_rows.open_round(session, new) else "round.reopened"
    stored = await round_rows.round_of(session, new.plan, new.half) or new
    seen = await round_rows.round_picture(session, stored, today=now.date())
    notes = (message(name, half=new.half), *odd_days(new, lead), *_nobody(seen))
    return RoundStanding(seen=seen, notes=notes, may_run=True)


async def closed(session: Session, round_: Round, *, by: str, now: datetime) -> RoundStanding:
    """Close a round, and say so; somebody may have done it before."""
    name = "round.closed_before"
    if await round_rows.close_round(session, round_, by=by, now=now):
        name = "round.closed_now"
    stored = await round_rows.round_of(session, round_.plan, round_.half) or round_
    seen = await round_rows.round_picture(session, stored, today=now.date())
    return RoundStanding(seen=seen, notes=(message(name, half=round_.half),), may_run=True)


async def current(
    session: Session, *, now: datetime, plan_key: str = "", is_open: bool = False
) -> RoundPicture:
    """The open round whose meeting comes first, else the one opened last; of one plan where it is named.

    Refused `round.none` where there is none, `round.none_open` where none `is_open` as it must.
    """
    found = [one for one in await round_rows.open_rounds(session) if plan_key in ("", one.plan)]
    round_ = min(found, key=lambda one: one.committee_on, default=None)
    if round_ is None and is_open:
        raise Refused("round.none_open")
    round_ = round_ or await round_rows.latest_round(session, plan_key)
    if round_ is None:
        raise Refused("round.none")
    return await round_rows.round_picture(session, round_, today=now.date())


async def _others_open(session: Session, shown: Round) -> tuple[Message, ...]:
    """A word about the open rounds of other plans, and how to see them."""
    keys = {one.plan for one in await round_rows.open_rounds(session)} - {shown.plan}
    plans = [plan for plan in await plan_sketches(session) if plan.key in keys]
    return tuple(message("round.also_open", plan=plan.title, year=plan.start.year) for plan in plans)


def _cannot(said: Message) -> PlainAnswer:
    return PlainAnswer(heading=message("round.cannot"), sentences=(said,))


def _nobody(seen: RoundPicture) -> tuple[Message, ...]:
    """A word about goals that nobody reports."""
    alone = sum(not seen.reporters(due.goal.number) for due in seen.left())
    return (message("round.nobody", n=alone),) if alone else ()
