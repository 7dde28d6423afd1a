"""A correction stands before the answer in all of its three forms."""

from bplan_bot.answers import GoalAnswer
from bplan_bot.cards.render import render
from bplan_bot.message import message
from bplan_bot.plan_answers.answer import Corrected
from bplan_bot.texts.speaker import Speaker
from tests.card_structure import faults
from tests.norddjurs import picture
from tests.plan_answers import goal

SEEN = picture()
ANSWER = GoalAnswer(SEEN.of(goal(SEEN, "6.3")))
CORRECTS = message("goal.does_not_exist", number="7.4")
SAID = "Mål 7.4 findes ikke i planen."


def test_it_comes_first_on_the_card_in_the_text_and_in_the_notification():
    plain = render(ANSWER, Speaker("da"))

    reply = render(Corrected(ANSWER, CORRECTS), Speaker("da"))

    assert reply.card["body"][0]["text"] == SAID
    assert list(reply.card["body"][1:]) == list(plain.card["body"])
    assert reply.text == f"{SAID}\n\n{plain.text}"
    assert reply.summary == f"{SAID} {plain.summary}"
    assert faults(reply.card) == []


def test_the_answer_itself_stays_as_it_was():
    plain = render(ANSWER, Speaker("da"))

    render(Corrected(ANSWER, CORRECTS), Speaker("da"))

    assert render(ANSWER, Speaker("da")).card == plain.card
