"""How fresh figures are: the oldest first, and what comes next only where the plan tells."""

from datetime import date

import pytest

from bplan_bot.period import Period
from bplan_bot.plan_answers.freshness import freshness
from bplan_bot.plan_answers.rhythm import next_expected
from tests.bplan_bot.plan_answers.said import DANISH, ids, opening, rows, sections
from tests.factories import make_goal, make_indicator, make_observation
from tests.figure_answers import goals
from tests.norddjurs import picture

SEEN = picture()
YEAR = Period.year(2024)


def test_the_goals_come_oldest_first_and_those_without_a_figure_last():
    numbers = [name.split()[0] for name in rows(freshness(SEEN, goals(SEEN)))]

    assert numbers[:4] == ["6.6", "6.8", "6.1", "1.1"]
    assert numbers[-2:] == ["6.4", "6.7"]
    assert len(numbers) == 22


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("6.6", "2023 · Ungeindsatsen · kendt siden 14.05.2025"),
        ("1.1", "2024 · Beskæftigelsesministerens benchmark · kendt siden 24.03.2025"),
        ("3.1", "2024 · fremgår ikke af planen · kendt siden 14.05.2025"),
        ("6.12", "2024, oplyst uden tal · Job og Sprog · kendt siden 14.05.2025"),
        ("6.4", "intet tal"),
    ],
)
def test_each_goal_has_the_period_source_and_day_of_its_newest_figure(number, said):
    told = {name.split()[0]: value for name, value in rows(freshness(SEEN, goals(SEEN))).items()}

    assert told[number] == said


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("6.2", ["freshness.one.case", "definition.source", "freshness.complete"]),
        ("6.1", ["freshness.one.case", "definition.source", "freshness.next"]),
        ("3.1", ["freshness.one.case", "definition.no_source", "freshness.complete"]),
        ("6.4", ["freshness.none", "lacking.not_published_then"]),
    ],
)
def test_of_one_goal_it_is_said_what_is_lacking_or_comes_next(number, told):
    assert ids(freshness(SEEN, goals(SEEN, number)).sentences) == told


@pytest.mark.parametrize(
    ("times", "newest", "due"),
    [
        (2, None, "2024-S1"),
        (2, "2023", "2024-S1"),
        (2, "2024-01-01/2024-06-15", "2024-S1"),
        (2, "2024-S1", "2024-S2"),
        (2, "2024", None),
        (4, "2024-Q1", "2024-Q2"),
        (4, "2024-S1", "2024-Q3"),
        (1, None, "2024"),
        (1, "2023", "2024"),
        (None, None, None),
        (None, "2024-S1", None),
    ],
)
def test_the_next_figure_follows_from_the_rhythm(times, newest, due):
    period = Period.from_code(newest) if newest else None
    report = make_observation(period=period) if period else None

    found = next_expected(make_goal(times_a_year=times), report, YEAR)

    assert (found.code if found else None) == due


def test_a_figure_that_comes_once_a_year_is_not_expected_half_way():
    yearly = make_goal(times_a_year=2, indicators=(make_indicator("1.1.share", yearly=True),))

    assert next_expected(yearly, None, YEAR) == YEAR


def test_the_documents_behind_the_figures_are_named_newest_first():
    answer = freshness(SEEN, goals(SEEN))

    (documents,) = answer.sections
    assert [DANISH(row.name).split()[0] for row in documents.rows] == [
        "Anden",
        "Note",
        "Oplæg",
        "Introduktion",
    ]


def test_before_anything_was_handled_others_are_told_that_alone():
    answer = freshness(picture(date(2025, 4, 1)).handled(), goals(SEEN))

    assert ids(answer.sentences) == ["not_handled.none"]
    assert (answer.rows, answer.sections) == ((), ())


def test_a_plan_without_any_figure_says_so():
    new = picture(date(2020, 1, 1))

    assert opening(freshness(new, goals(new))) == "Der er ingen tal endnu."


def test_a_few_goals_are_told_of_one_by_one():
    answer = freshness(SEEN, goals(SEEN, "1.1", "6.6"), missing=("7.4",))

    assert ids(answer.sentences)[0] == "goal.does_not_exist"
    assert [name.split()[0] for name in sections(answer)][:2] == ["6.6", "1.1"]
