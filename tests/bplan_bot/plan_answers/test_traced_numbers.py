"""No number is invented: whatever is printed about the plan is a fact, or stands in the plan and its data."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from bplan_bot.cards.render import render
from bplan_bot.deadlines import Lead
from bplan_bot.fact import Fact
from bplan_bot.goal_status import own_targets
from bplan_bot.notation.periods import write_date, write_period
from bplan_bot.observation import COUNTRY
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.answer import PlanAnswer
from bplan_bot.plan_answers.worry import MOST
from bplan_bot.texts.speaker import Speaker
from tests.bplan_bot.figure_answers.test_traced_figures import (
    NUMBER,
    PICTURES,
    all_of,
    known,
    quantities,
    texts_of,
    written,
)
from tests.factories import make_round
from tests.plan_answers import about_goals, about_the_plan

NUMBERS = [goal.number for goal in PICTURES["after the follow-up"].plan.goals]


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
        fact for answer in about_the_plan(PICTURES["after the follow-up"]) for fact in all_of(answer.facts)
    ]

    assert len(facts) > 100
    assert [fact for fact in facts if not is_derived(fact)] == []


def is_derived(fact: Fact) -> bool:
    of_the_plan = fact.kind in ("threshold", "years")
    return bool(fact.observation or fact.of or fact.operation.startswith("count_of_") or of_the_plan)


def numbers_of_the_plan(seen: Picture) -> Iterator[str]:
    """The plan's own texts, numbers, days and years, and those of the round and the settings."""
    plan = seen.plan
    yield from texts_of(plan)
    yield from (goal.number for goal in plan.goals)
    yield from (str(plan.wheel.year if plan.wheel else ""), str(Lead().agenda), str(MOST))
    round_ = make_round()
    yield str(round_.half)
    back = Lead().working.working_days_before
    leads = (Lead().first, Lead().second, Lead().missing)
    days = {round_.committee_on, round_.agenda_on, round_.figures_by}
    days |= {back(round_.figures_by, lead) for lead in leads} | {plan.start, plan.end}
    areas = (plan.area, COUNTRY)
    reports = [r for g in plan.goals for i in g.indicators for a in areas for r in seen.series.of(i.key, a)]
    periods = {report.period for report in reports} | {goal.assessed_on for goal in plan.goals}
    for report in reports:
        yield from (*texts_of(report.document.title), report.document.case)
        days |= {report.known_at, report.document.date}
    days |= {said.day for said in seen.said} | {
        b.day for g in plan.goals for i in g.indicators for b in i.breaks
    }
    for period in periods | {period.year_before() for period in periods}:
        parts = (period, *(rest for goal in plan.goals if (rest := period.rest_of(goal.assessed_on))))
        yield from (write_period(part, "da") for part in parts)
    yield "1. halvår 2. halvår 1. kvartal 2. kvartal 3. kvartal 4. kvartal"
    for day in days:
        yield from (write_date(day, "da"), write_date(day, "da", numeric=True))


def stray_numbers(answer: PlanAnswer, seen: Picture) -> set[str]:
    sources = [*written(known(answer.facts, None), answer.facts), *numbers_of_the_plan(seen)]
    allowed = {found for source in sources for found in NUMBER.findall(source)}
    reply = render(answer, Speaker("da"))
    return set(NUMBER.findall(f"{reply.summary}\n{reply.text}")) - allowed


@pytest.mark.parametrize("when", PICTURES)
def test_every_number_that_people_read_is_one_of_those(when):
    seen = PICTURES[when]

    assert [stray for answer in about_the_plan(seen) if (stray := stray_numbers(answer, seen))] == []


def test_every_number_that_people_read_about_one_goal_is_one_of_those():
    seen = PICTURES["after the follow-up"]
    answers = [answer for number in NUMBERS for answer in about_goals(seen, number)]

    assert [stray for answer in answers if (stray := stray_numbers(answer, seen))] == []
