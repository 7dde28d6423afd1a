"""Figures on both sides of a break are never compared, whatever is asked, and every answer tells of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bplan_bot.answers import GoalAnswer
from bplan_bot.cards.render import render
from bplan_bot.figure_answers.answer import FigureTopic, GoalFigures, Role
from bplan_bot.goal import Break
from bplan_bot.observation import ObservationStatus, Series
from bplan_bot.period import Period
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.freshness import freshness
from bplan_bot.texts.speaker import Speaker
from tests.bplan_bot.cases import NATIONALLY, make_target, observations, one_goal, one_plan
from tests.factories import text
from tests.figure_answers import told

DAY = date(2026, 3, 1)
REFORM = Break(date(2025, 7, 1), text("kontanthjælpsreformen"))
BOTH_SIDES = "own 2023-S2=30 2024-S2=31 2025-S2=36.2 | country 2023-S2=40 2024-S2=41 2025-S2=46"
DANISH = Speaker("da")

RULES: dict[str, dict[str, Any]] = {
    "increase": {"type": "increase"},
    "follows": {"type": "follows_reference", "reference": NATIONALLY},
    "equals": {"type": "equals_reference", "reference": NATIONALLY},
    "bar": {"type": "at_least", "value": "35"},
}


def pictured(rule: dict[str, Any], figures: str = BOTH_SIDES, **marked: Any) -> Picture:
    """What is known of a goal that is assessed on the half year after the break; `marked` changes the newest
    figure."""
    goal = one_goal(make_target(**rule), own={"breaks": (REFORM,)}, assessed_on=Period.from_code("2025-S2"))
    plan = replace(one_plan(goal), start=date(2025, 1, 1), end=date(2025, 12, 31))
    found = [replace(one, **marked) if one.period.end > REFORM.day else one for one in observations(figures)]
    return Picture(plan, Series(found, as_of=DAY), (), DAY)


def answered(topic: FigureTopic, seen: Picture) -> GoalFigures:
    (answer,) = told(seen, topic, "1.1").goals
    return answer


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
@pytest.mark.parametrize("topic", [topic for topic in FigureTopic if topic is not FigureTopic.SHORT])
def test_every_answer_about_figures_on_both_sides_tells_of_the_break(topic, rule):
    names = {DANISH(row.name): DANISH(row.value) for row in answered(topic, pictured(rule)).rows}

    assert names["brud" if "brud" in names else "Brud"].startswith(
        "fra 1. juli 2025 tæller tallene noget andet"
    )


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
@pytest.mark.parametrize("topic", FigureTopic)
def test_nothing_is_reckoned_across_it(topic, rule):
    answer = answered(topic, pictured(rule))
    reckoned = [fact for fact in answer.facts if fact.operation and fact.of]

    sides = [
        {one.period.end > REFORM.day for one in fact.of if one.period and one.observation}
        for fact in reckoned
    ]
    assert all(len(side) <= 1 for side in sides)
    said = render(told(pictured(rule), topic, "1.1"), DANISH).text
    # 36,2 − 31 and 46 − 41, and what the distances of the two years differ by.
    assert not {"5,2", "+5,2"} & set(said.replace("%", " ").split())


@pytest.mark.parametrize("topic", FigureTopic)
def test_with_figures_on_one_side_only_nobody_is_told_of_it(topic):
    seen = pictured(RULES["equals"], "own 2025-S2=36.2 | country 2025-S2=46")

    assert "Brud" not in render(told(seen, topic, "1.1"), DANISH).text


def test_the_comparison_does_not_say_that_the_earlier_figures_are_lacking():
    said = render(told(pictured(RULES["equals"]), FigureTopic.COMPARE, "1.1"), DANISH).text

    assert "Tallene før og efter 1. juli 2025 kan ikke sammenlignes" in said
    assert "har jeg ikke" not in said


def test_the_goals_own_card_does_not_say_it_either():
    seen = pictured(RULES["equals"])
    said = render(GoalAnswer(seen.of(seen.plan.goals[0])), DANISH).text

    assert "tallet for 2. halvår 2024 kan ikke sammenlignes på grund af bruddet 1. juli 2025" in said


def test_the_development_marks_the_figures_from_before_it_and_draws_no_line_across():
    halves = "2023-S1=30 2023-S2=31 2024-S1=32 2024-S2=33 2025-S2=36 2026-S1=37 2026-S2=38"
    answer = answered(FigureTopic.TREND, pictured(RULES["bar"], f"own {halves}"))

    rows = {DANISH(row.name): DANISH(row.value) for row in answer.rows}
    assert rows["2. halvår 2024"] == "33 % (fra før bruddet 1. juli 2025, kan ikke sammenlignes)"
    assert rows["2. halvår 2025"] == "36 %"
    assert answer.drawing is not None
    (own,) = [line for line in answer.drawing.lines if line.role is Role.OWN]
    assert [point.quantity.value for point in own.points] == [Decimal(36), Decimal(37), Decimal(38)]


@pytest.mark.parametrize("topic", FigureTopic)
def test_a_preliminary_figure_is_called_so_whatever_is_asked(topic):
    seen = pictured(RULES["equals"], status=ObservationStatus.PRELIMINARY)

    assert "foreløbigt tal" in render(told(seen, topic, "1.1"), DANISH).text
    assert "foreløbigt tal" not in render(told(pictured(RULES["equals"]), topic, "1.1"), DANISH).text


def test_so_it_is_in_a_notification_on_the_goals_card_and_among_the_fresh_ones():
    seen = pictured(RULES["equals"], status=ObservationStatus.PRELIMINARY)
    goal = seen.plan.goals[0]
    card = render(GoalAnswer(seen.of(goal)), DANISH)

    assert "foreløbigt tal" in card.summary
    assert "foreløbigt tal" in card.text
    assert "foreløbigt tal" in render(freshness(seen, (goal,)), DANISH).text


def test_a_preliminary_figure_is_no_provisional_assessment():
    seen = pictured(RULES["equals"], status=ObservationStatus.PRELIMINARY)

    assert not seen.of(seen.plan.goals[0]).assessment.verdict.provisional
