"""A question handed on to the planansvarlig: offered where the bot has no answer, sent, and answered."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bplan_bot.access import Sees, may_answer_questions
from bplan_bot.answers import PlainAnswer
from bplan_bot.asked import kept
from bplan_bot.cards.handed_card import answered, sent, to_answer
from bplan_bot.cards.render import render
from bplan_bot.errors import Refused
from bplan_bot.handed_on import (
    ANSWER,
    HAND_ON,
    WORDS,
    HandedOn,
    QuestionCard,
    handed_on,
    read_answer,
    typed_answer,
    who_may_answer,
)
from bplan_bot.message import message
from bplan_bot.notice import Notice, NoticeKind
from bplan_bot.reply import Reply
from db import handed_on as rows
from db import notices, people
from db.engine import Session
from dialogs import words
from dialogs.incoming import ConversationKind
from dialogs.visit import Visit

LONGEST_ROW = 18
"""Digits of a row's number, so that it fits into the database."""


async def offered(answer: PlainAnswer, said: str, visit: Visit) -> PlainAnswer:
    """The answer with the button, where there is somebody else to ask and the answer can come back."""
    text = kept(said)
    if not text or visit.incoming.kind is not ConversationKind.PERSONAL or not _may_be_kept(visit):
        return answer
    known = await people.recall_people(visit.database)
    return replace(answer, hand_on=text) if who_may_answer(known, asker=visit.person.id) else answer


async def send(visit: Visit) -> Reply:
    """The receipt in the place of the pressed card, or that nobody can be asked."""
    if visit.sees is Sees.NOTHING:
        return render(words.not_for_strangers(visit.person.id, visit.picture), visit.speaker)
    written = visit.pressed.get(WORDS)
    asked = handed_on(
        written if isinstance(written, str) else "",
        asker=visit.person.id,
        language=visit.speaker.language,
        now=visit.now,
    )
    async with visit.database.transaction() as session:
        to = who_may_answer(await people.load_people(session), asker=visit.person.id)
        if not to or not _may_be_kept(visit):
            raise Refused("handed.nobody")
        before = await rows.hand_on(session, asked, to=to)
    return replace(_receipt(asked, before, visit), in_place=True)


async def answer(visit: Visit) -> Reply:
    """The card in the place of the pressed one: with the answer that counts, or with what was wrong."""
    if not may_answer_questions(visit.person):
        return _refused("handed.not_yours", visit)
    problem = None
    typed = typed_answer(visit.pressed)
    async with visit.database.transaction() as session:
        notice, asked = await _pressed(session, visit)
        if notice is None or asked is None:
            return _refused("handed.unknown", visit)
        try:
            text = read_answer(visit.pressed)
        except Refused as refused:
            problem = refused.said
        else:
            asked = await rows.answer(session, asked, text, by=visit.person.id, now=visit.now)
        asker = await people.person(session, asked.asker)
    card = QuestionCard(
        notice=notice,
        question=asked,
        asker=asker,
        reader=visit.person.id,
        now=visit.now,
        typed=typed,
        problem=problem,
        late=problem is None,
    )
    return replace(to_answer(card, visit.speaker), in_place=True)


def _may_be_kept(visit: Visit) -> bool:
    """Whether questions are kept at all, and this one with somebody to bring the answer to."""
    return visit.settings.keep_questions_days > 0 and bool(visit.person.id)


def _receipt(asked: HandedOn, before: HandedOn | None, visit: Visit) -> Reply:
    if before and before.answered_at:
        return answered(before, visit.speaker)
    return sent(before or asked, visit.speaker, before=before is not None, zone=visit.now.tzinfo)


async def _pressed(session: Session, visit: Visit) -> tuple[Notice | None, HandedOn | None]:
    """The notice whose card was pressed, and its question; None where there is none, or not any more."""
    row = str(visit.pressed.get("notice", ""))
    known = row.isascii() and row.isdigit() and len(row) <= LONGEST_ROW
    notice = await notices.by_id(session, int(row)) if known else None
    if notice is None or notice.kind is not NoticeKind.QUESTION:
        return None, None
    return notice, await rows.handed(session, notice.facts["question"])


def _refused(message_id: str, visit: Visit) -> Reply:
    said = PlainAnswer(heading=message("alert.refused"), sentences=(message(message_id),))
    return render(said, visit.speaker)


BUTTONS: dict[str, Callable[[Visit], Awaitable[Reply]]] = {HAND_ON: send, ANSWER: answer}
"""What each button does, for the router."""
