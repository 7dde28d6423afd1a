"""What is worth worrying about: ranked, at most five, with at least one of each kind there is."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bplan_bot.goal import StatedAssessment
from bplan_bot.observation import Series
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.worry import Concern, worries, worry
from bplan_bot.quantity import Unit
from tests.bplan_bot.cases import AFTER, make_target, observations, one_goal, one_plan
from tests.bplan_bot.plan_answers.said import DANISH, ids, opening
from tests.factories import make_statement
from tests.norddjurs import BEFORE_THE_DEADLINE, picture, round_picture
from tests.plan_answers import open_round

POINTS = Unit.POINTS
SEEN = picture()


def one(rule: dict[str, Any], figures: str, *said: StatedAssessment) -> Picture:
    """A plan of one goal, on the day after its year."""
    plan = one_plan(one_goal(make_target(**rule), POINTS))
    return Picture(plan, Series(observations(figures), as_of=AFTER), said, AFTER)


def numbers(seen: Picture) -> list[str]:
    return [part.status.goal.number if part.status else "" for part in worry(seen).sections]


def test_the_furthest_from_its_mark_comes_first_and_every_kind_is_there():
    assert numbers(SEEN) == ["6.2", "6.6", "2.2", "6.1", "6.7"]


@pytest.mark.parametrize("today", [date(2024, 6, 30), date(2025, 4, 1), date(2025, 6, 1), date(2031, 3, 1)])
def test_there_are_at_most_five_and_one_of_each_kind_whenever_it_is_asked(today):
    seen = round_picture(today)
    seen = replace(seen, picture=picture(today))
    found = worries(seen.picture, seen.picture.all(), (seen,))

    shown = {DANISH(part.name) for part in worry(seen.picture, (seen,)).sections}

    assert len(shown) == min(5, len(found))
    assert {each.concern for each in found if DANISH(each.name) in shown} == {each.concern for each in found}


def test_all_that_is_not_met_is_ranked_by_the_distance_in_relation_to_the_mark():
    found = worries(SEEN, SEEN.all(), ())

    not_met = [one.number for one in found if one.concern is Concern.NOT_MET]
    assert not_met == ["6.2", "6.6", "2.2", "6.11", "5.1", "6.12"]


def test_each_has_one_reason_with_its_figure():
    said = [[DANISH(sentence) for sentence in part.sentences] for part in worry(SEEN).sections]

    assert {len(sentences) for sentences in said} == {1}
    assert "7,1 procentpoint lavere end kravet (mindst 43,8 %)" in said[0][0]
    assert "16 flere end kravet (under 342)" in said[2][0]


def test_it_is_told_how_many_there_are_and_which_are_not_in_the_list():
    assert [DANISH(sentence) for sentence in worry(SEEN).sentences] == [
        "Af planens 22 mål: 6 ikke nået, 1 bliver næppe nået og 2 kan ikke opgøres.",
        "Derudover mål 6.11, 5.1, 6.12 og 6.4.",
    ]


def test_a_notification_begins_with_the_first_goal_its_status_and_figure():
    assert DANISH(worry(SEEN).summary[0]) == "Mål 6.2 Ikke nået: 36,7 %, 7,1 procentpoint lavere end kravet."


def test_the_ranking_is_explained():
    assert ids(worry(SEEN).foot) == ["worry.ranking"]


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2025, 4, 9), []),
        (date(2025, 4, 10), ["worry.deadline"]),
        (date(2025, 4, 24), ["worry.deadline"]),
        (date(2025, 4, 25), ["worry.deadline.late"]),
    ],
    ids=["15 days", "14 days", "the day", "the day after"],
)
def test_a_deadline_counts_when_it_is_near_or_over(today, told):
    seen = round_picture(today)

    found = worries(seen.picture, seen.picture.all(), (seen,))

    assert ids(tuple(each.reason for each in found if each.concern is Concern.DEADLINE)) == told


def test_a_deadline_comes_before_all_goals():
    seen = round_picture()

    first = worry(seen.picture, (seen,)).sections[0]

    assert DANISH(first.sentences[0]) == (
        "Fristen for tal er 24. april 2025, og tallene til mål 6.1, 6.6, 6.7 og 6.8 mangler."
    )


def test_a_goal_that_a_deadline_waits_for_is_not_told_of_again_as_missing():
    before = picture(BEFORE_THE_DEADLINE)

    answer = worry(before, (open_round(before),))

    assert [ids(part.sentences) for part in answer.sections] == [["worry.deadline.many"]]


@pytest.mark.parametrize(
    "seen",
    [
        round_picture(settled=True),
        replace(round_picture(), round=round_picture(closed_at=round_picture().round.opened_at).round),
    ],
    ids=["all is in", "the round is closed"],
)
def test_a_round_that_waits_for_nothing_is_no_worry(seen):
    found = worries(seen.picture, seen.picture.all(), (seen,))

    assert [each for each in found if each.concern is Concern.DEADLINE] == []


def test_where_others_read_along_nobody_is_told_of_deadlines():
    seen = round_picture()
    handled = SEEN.handled()

    found = worries(handled, handled.all(), (seen,))

    assert [each for each in found if each.concern is Concern.DEADLINE] == []
    assert len(found) == 9


def test_nothing_to_worry_about_is_said():
    answer = worry(one({"type": "at_least", "value": "20"}, "own 2024=30"))

    assert opening(answer).startswith("Nej, lige nu")
    assert (answer.sections, answer.foot) == ((), ())


def test_before_the_committee_has_handled_anything_others_are_told_that_alone():
    answer = worry(picture(date(2025, 4, 1)).handled())

    assert ids(answer.sentences) == ["not_handled.none"]
    assert answer.sections == ()


def test_a_figure_on_a_mark_that_it_should_have_passed_has_no_distance():
    answer = worry(one({"type": "increase"}, "own 2023=30 2024=30"))

    assert ids(answer.sections[0].sentences) == ["worry.on_the_mark"]


def test_a_goal_that_people_judged_not_met_on_good_figures_is_told_with_its_reason_and_no_distance():
    judged = make_statement(status="not_met")

    answer = worry(one({"type": "at_least", "value": "20"}, "own 2024=30", judged))

    assert ids(answer.sections[0].sentences) == ["bar.reason"]
    assert ids(answer.summary)[0] == "worry.first"
