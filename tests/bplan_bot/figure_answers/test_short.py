"""Two sentences to read aloud at most, the handled status first."""

import re
from dataclasses import replace
from datetime import date

import pytest

from bplan_bot.figure_answers.answer import FigureTopic
from bplan_bot.figure_answers.short import short_plan
from bplan_bot.goal import Axis
from bplan_bot.message import Message
from bplan_bot.status import Obstacle, Status
from bplan_bot.texts.speaker import Speaker
from tests.bplan_bot.cases import AFTER
from tests.bplan_bot.figure_answers.invented import figures_said, ids
from tests.factories import make_statement
from tests.figure_answers import told
from tests.norddjurs import picture

SENTENCE_ENDS = re.compile(r"[.!?:](?= [A-ZÆØÅ]|$)")
PICTURES = {
    "after the follow-up": picture(),
    "before it": picture(date(2025, 4, 1)),
    "half way": picture(date(2024, 6, 30)),
    "where others read along": picture().handled(),
    "where others read along, before it": picture(date(2025, 4, 1)).handled(),
}


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("when", PICTURES)
def test_a_goal_is_told_in_two_sentences_at_most(when, language):
    speaker = Speaker(language)

    lengths = {
        one.status.goal.number: len(SENTENCE_ENDS.findall(" ".join(map(speaker, one.sentences))))
        for one in told(PICTURES[when], FigureTopic.SHORT).goals
    }

    assert len(lengths) == 22
    assert {number: n for number, n in lengths.items() if n > 2} == {}


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("when", PICTURES)
def test_the_plan_is_told_in_two_sentences_at_most(when, language):
    said = " ".join(map(Speaker(language), short_plan(PICTURES[when]).lead))

    assert 1 <= len(SENTENCE_ENDS.findall(said)) <= 2


@pytest.mark.parametrize(
    ("axes", "first"),
    [
        ((), "short.computed"),
        ((Axis.JUDGED,), "short.judged"),
        ((Axis.JUDGED, Axis.HANDLED), "short.by_committee"),
    ],
)
def test_who_said_the_status_comes_first(axes, first):
    said = [make_statement("1.1", axis=axis, status=Status.MET, day=AFTER) for axis in axes]

    answer = figures_said(FigureTopic.SHORT, {"type": "increase"}, "own 2023=11 2024=12", *said)

    assert ids(answer) == [first, "year_on_year.reason"]


def test_a_handled_status_that_the_figures_do_not_give_is_said_to_be_a_judgement():
    said = make_statement("1.1", axis=Axis.HANDLED, status=Status.NOT_MET, day=AFTER)

    answer = figures_said(FigureTopic.SHORT, {"type": "increase"}, "own 2023=11 2024=12", said)

    assert ids(answer)[0] == "short.by_judgement"
    assert Speaker("da")(answer.sentences[0]).startswith("Mål 1.1 er ikke nået efter en vurdering")


@pytest.mark.parametrize("status", Status)
def test_every_status_can_be_read_aloud(status):
    seen = picture()
    said = tuple(replace(one, status=status) for one in seen.said if one.axis is Axis.HANDLED)

    answer = told(replace(seen, said=said), FigureTopic.SHORT, "3.1").goals[0]

    assert Speaker("da")(answer.sentences[0])


@pytest.mark.parametrize(
    ("number", "standing"),
    [("6.6", "short.not_met.due"), ("6.4", "short.not_assessable.yet"), ("6.7", "short.not_assessable")],
)
def test_what_lies_ahead_of_a_status_is_told(number, standing):
    (answer,) = told(picture(), FigureTopic.SHORT, number).goals
    first = answer.sentences[0]

    assert isinstance(first, Message)
    assert isinstance(first.args["standing"], Message)
    assert first.args["standing"].id == standing
    assert (answer.status.leading.obstacle is Obstacle.DATA_NOT_PUBLISHED) is standing.endswith(".yet")


def test_several_criteria_are_told_in_one_sentence():
    (answer,) = told(picture(), FigureTopic.SHORT, "2.2").goals

    assert ids(answer)[1] == "short.several"


def test_the_plan_counts_its_goals_as_the_committee_did():
    first, second = map(Speaker("da"), short_plan(picture()).lead)

    assert first.startswith(
        "Beskæftigelsesplan 2024 har 22 mål: 13 nået, 6 ikke nået, 1 bliver næppe nået og 2 kan ikke opgøres"
    )
    assert second == "Ikke nået er mål 2.2, 5.1, 6.2, 6.6, 6.11 og 6.12."


@pytest.mark.parametrize("status", [Status.UNLIKELY, Status.AT_RISK])
def test_where_none_is_missed_those_that_may_be_are_named(status):
    seen = picture()
    changed = {Status.NOT_MET: status, Status.UNLIKELY: Status.MET}
    said = tuple(replace(one, status=changed.get(one.status, one.status)) for one in seen.said)

    lead = short_plan(replace(seen, said=said)).lead

    assert lead[1].id == f"short.which.{status}"
