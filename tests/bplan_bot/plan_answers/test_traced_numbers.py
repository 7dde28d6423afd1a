"""No number is invented: whatever is printed about the plan is a fact, or stands in the plan and its data."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from bplan_bot.fact import Fact
from bplan_bot.goal_status import own_targets
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.answer import PlanAnswer
from tests.bplan_bot.figure_answers.test_traced_figures import known, quantities
from tests.plan_answers import about_goals, about_the_plan
from tests.traced import NUMBERS, PICTURES, every


def said_in(answer: PlanAnswer) -> Iterator[object]:
    """Every sentence, name and value of an answer."""
    yield from (answer.heading, *answer.sentences, *answer.summary, *answer.foot)
    rows = [*answer.rows, *(row for section in answer.sections for row in section.rows)]
    for row in rows:
        yield from (row.name, row.value)
    for section in answer.sections:
        yield from (section.name, *section.sentences)
    if answer.drawing:
        yield answer.drawing.caption
        yield from (point.quantity for line in answer.drawing.lines for point in line.points)


def stray_quantities(answer: PlanAnswer, seen: Picture) -> set[Decimal]:
    """What is said and is neither a fact of the answer nor a limit that the plan sets."""
    printed = {abs(one.value) for said in said_in(answer) for one in quantities(said)}
    limits = {target.value for goal in seen.plan.goals for target in own_targets(goal.target)}
    return printed - known(answer.facts, None) - limits


@pytest.mark.parametrize("when", PICTURES)
@pytest.mark.parametrize("number", NUMBERS)
def test_every_quantity_about_a_goal_is_a_fact_or_a_limit_of_the_plan(number, when):
    seen = PICTURES[when]

    assert [stray for answer in about_goals(seen, number) if (stray := stray_quantities(answer, seen))] == []


@pytest.mark.parametrize("when", PICTURES)
def test_every_quantity_about_the_plan_is_a_fact_or_a_limit_of_it(when):
    seen = PICTURES[when]

    assert [stray for answer in about_the_plan(seen) if (stray := stray_quantities(answer, seen))] == []


def test_every_fact_comes_from_observations_from_other_facts_or_from_counting():
    facts = [
        fact for answer in about_the_plan(PICTURES["after the follow-up"]) for fact in every(answer.facts)
    ]

    assert len(facts) > 100
    assert [fact for fact in facts if not is_derived(fact)] == []


def is_derived(fact: Fact) -> bool:
    of_the_plan = fact.kind in ("threshold", "years")
    return bool(fact.observation or fact.of or fact.operation.startswith("count_of_") or of_the_plan)
