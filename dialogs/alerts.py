"""What somebody does on an alert's card: acknowledges it, puts its goal off, opts out and in."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bplan_bot.access import may_act_on_alerts
from bplan_bot.alert_answers import (
    ACKNOWLEDGE,
    OPT_IN,
    OPT_OUT,
    PUT_OFF,
    SHOW,
    Mistake,
    draft,
    read_acknowledgement,
    read_put_off,
)
from bplan_bot.alert_state import Acknowledgement, Snooze
from bplan_bot.answers import PlainAnswer
from bplan_bot.cards.alert_card import alert
from bplan_bot.cards.render import render
from bplan_bot.errors import Refused
from bplan_bot.message import message
from bplan_bot.notice import Notice, OptOut
from bplan_bot.reply import Reply
from db import acknowledgements, notices, opt_outs, snoozes
from db.alert_states import alert_state
from db.engine import Session
from dialogs.visit import Visit

Act = Callable[[Session, Notice, Visit], Awaitable[object]]
"""Stores an answer to a notice; Mistake where what was typed cannot be used."""

LARGEST_ROW = 2**63 - 1


async def _acknowledge(session: Session, notice: Notice, visit: Visit) -> None:
    note, follow_up_on = read_acknowledgement(visit.pressed, today=visit.now.date())
    given = Acknowledgement(
        plan=notice.plan,
        goal=notice.goal,
        person=visit.person.id,
        at=visit.now,
        note=note,
        follow_up_on=follow_up_on,
        notice=notice.key,
    )
    await acknowledgements.acknowledge(session, given)


async def _put_off(session: Session, notice: Notice, visit: Visit) -> None:
    until, reason = read_put_off(visit.pressed, today=visit.now.date())
    state = await alert_state(session, notice, visit.person, now=visit.now)
    if not state.may_be_answered:
        return  # it recovered while the form was open; the next fall is to be told
    given = Snooze(
        plan=notice.plan,
        goal=notice.goal,
        person=visit.person.id,
        until=until,
        reason=reason,
        at=visit.now,
    )
    await snoozes.put_off(session, given)


async def _opt_out(session: Session, notice: Notice, visit: Visit) -> None:
    await opt_outs.opt_out(session, visit.person.id, OptOut.ALERTS, now=visit.now)


async def _opt_in(session: Session, notice: Notice, visit: Visit) -> None:
    await opt_outs.opt_in(session, visit.person.id, OptOut.ALERTS, now=visit.now)


async def _show(session: Session, notice: Notice, visit: Visit) -> None:
    """Nothing is stored: the card comes back as things stand."""


_ACTS: dict[str, Act] = {
    ACKNOWLEDGE: _acknowledge,
    PUT_OFF: _put_off,
    OPT_OUT: _opt_out,
    OPT_IN: _opt_in,
    SHOW: _show,
}


def _button(does: str) -> Callable[[Visit], Awaitable[Reply]]:
    """The function behind one button of the card."""

    async def press(visit: Visit) -> Reply:
        return await _answer(does, visit)

    return press


BUTTONS = {does: _button(does) for does in _ACTS}
"""What each button of an alert does, for the router."""


async def _answer(does: str, visit: Visit) -> Reply:
    """The card in the place of the pressed one: with the answer on it, or with what is wrong at its field."""
    mistaken = None
    try:
        async with visit.database.transaction() as session:
            notice = await _pressed_notice(session, visit)
            try:
                await _ACTS[does](session, notice, visit)
            except Mistake as mistake:
                mistaken = draft(does, visit.pressed, mistake)
            state = await alert_state(session, notice, visit.person, now=visit.now)
    except _NotAllowed as refused:
        said = PlainAnswer(heading=message("alert.refused"), sentences=(refused.said,))
        return render(said, visit.speaker)
    return replace(alert(state, visit.speaker, draft=mistaken), in_place=True)


class _NotAllowed(Refused):
    """What is asked is not theirs to do, or can no longer be done."""


async def _pressed_notice(session: Session, visit: Visit) -> Notice:
    """The notice whose card was pressed, of a goal that this person may act on."""
    row = visit.pressed.get("notice")
    known = isinstance(row, int) and not isinstance(row, bool) and 0 < row <= LARGEST_ROW
    notice = await notices.by_id(session, int(str(row))) if known else None
    if notice is None or not notice.goal or "at" not in notice.facts:
        raise _NotAllowed("alert.unknown")
    if not may_act_on_alerts(visit.person, notice.goal):
        raise _NotAllowed("alert.not_yours", number=notice.goal)
    return notice
