"""The cards of a question that is handed on, by the names of their golden files."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bplan_bot.access import Grant, Person, Role
from bplan_bot.cards.handed_card import answered, sent, to_answer
from bplan_bot.cards.render import render
from bplan_bot.errors import Refused
from bplan_bot.handed_on import QuestionCard, handed_on, notices_of_question, read_answer
from bplan_bot.message import Message
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker
from bplan_bot.understand.question import Unclear
from dialogs import words
from tests.norddjurs import picture

ASKED_AT = datetime(2025, 6, 2, 10, tzinfo=UTC)
ANNA = "aaaaaaaa-0000-0000-0000-00000000000a"
TEXT = "Hvem godkender [budgettet](https://example.org) for **jobcentret**?"
ANSWER = "Det gør byrådet i oktober.\nSe dagsordenen, **punkt 4**."
ASKER = Person(
    ANNA,
    frozenset({Grant(Role.TEAM_LEADER), Grant(Role.REPORTER, "6.10"), Grant(Role.OWNER, "6.2")}),
)


def every_handed() -> dict[str, Callable[[Speaker], Reply]]:
    """The offer, the receipts, the card to answer in each state, and the answer."""
    asked = handed_on(TEXT, asker=ANNA, language="da", now=ASKED_AT)
    (notice,) = notices_of_question(asked, ["planner"])
    done = replace(asked, answer=ANSWER, answered_by="planner", answered_at=ASKED_AT + timedelta(days=1))
    zone = UTC
    card = QuestionCard(
        notice=replace(notice, id=17), question=asked, asker=ASKER, reader="planner", now=ASKED_AT
    )
    offer = replace(words.unclear(Unclear(), picture()), hand_on=asked.text)
    near = replace(words.unclear(Unclear(candidates=("6.3", "6.5", "6.6")), picture()), hand_on=asked.text)
    cards = {
        "handed-question": card,
        "handed-question-stranger": replace(card, asker=Person("bo"), question=replace(asked, asker="bo")),
        "handed-question-repeated": replace(card, notice=replace(card.notice, repeat_of=notice.key)),
        "handed-question-refused": replace(card, problem=_mistake()),
        "handed-question-answered": replace(card, question=done),
        "handed-question-colleague": replace(card, question=done, reader="another"),
        "handed-question-late": replace(card, question=done, reader="another", late=True),
    }
    return {
        "handed-offer": partial(render, offer),
        "handed-offer-near": partial(render, near),
        "handed-sent": partial(sent, asked, before=False, zone=zone),
        "handed-sent-before": partial(sent, asked, before=True, zone=zone),
        "handed-answer": partial(answered, done),
        "handed-answer-repeated": partial(answered, done, repeated=True),
        **{name: partial(to_answer, one) for name, one in cards.items()},
    }


def _mistake() -> Message:
    try:
        read_answer({})
    except Refused as refused:
        return refused.said
    raise AssertionError("it was to be refused")
