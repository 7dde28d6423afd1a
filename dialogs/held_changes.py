"""What an administrator does on the card of changes that were held back: has them told, or lets them be."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bplan_bot.access import may_release_changes
from bplan_bot.answers import PlainAnswer
from bplan_bot.cards.held_card import held
from bplan_bot.cards.render import render
from bplan_bot.held_changes import HeldAct
from bplan_bot.message import message
from bplan_bot.notice import Notice, NoticeKind
from bplan_bot.reply import Reply
from db import notices
from db.engine import Session
from db.held_changes import decide
from db.pictures import picture_of
from dialogs.visit import Visit

LONGEST_ROW = 18
"""Digits of a row's number, so that it fits into the database."""


def _button(act: HeldAct) -> Callable[[Visit], Awaitable[Reply]]:
    async def press(visit: Visit) -> Reply:
        return await _decide(act, visit)

    return press


BUTTONS = {act.value: _button(act) for act in HeldAct}
"""What each button of the card does, for the router."""


async def _decide(act: HeldAct, visit: Visit) -> Reply:
    """The card in the place of the pressed one, with what was decided."""
    if not may_release_changes(visit.person):
        return _refused("held.not_yours", visit)
    async with visit.database.transaction() as session:
        notice = await _pressed_notice(session, visit)
        if notice is None:
            return _refused("held.unknown", visit)
        picture = await picture_of(session, notice.facts["plan"], today=visit.now.date())
        decided = await decide(session, notice, picture, act, by=visit.person.id, now=visit.now)
    return replace(held(decided, visit.speaker), in_place=True)


async def _pressed_notice(session: Session, visit: Visit) -> Notice | None:
    row = str(visit.pressed.get("notice", ""))
    known = row.isascii() and row.isdigit() and len(row) <= LONGEST_ROW
    notice = await notices.by_id(session, int(row)) if known else None
    return notice if notice and notice.kind is NoticeKind.MANY_CHANGES and "at" in notice.facts else None


def _refused(message_id: str, visit: Visit) -> Reply:
    said = PlainAnswer(heading=message("alert.refused"), sentences=(message(message_id),))
    return render(said, visit.speaker)
