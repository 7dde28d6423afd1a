"""No figure is invented: whatever is printed about any goal is a fact with its derivation, or the plan's."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from bplan_bot.cards.render import render
from bplan_bot.fact import Fact, FactKind
from bplan_bot.figure_answers.answer import FigureAnswer, FigureTopic, GoalFigures
from bplan_bot.figure_answers.short import short_plan
from bplan_bot.goal_status import own_targets
from bplan_bot.local_text import LocalText
from bplan_bot.message import Message, Phrase
from bplan_bot.notation.numbers import write_about, write_quantity
from bplan_bot.notation.periods import write_date, write_period
from bplan_bot.period import Period
from bplan_bot.picture import Picture
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.target import Polarity
from bplan_bot.texts.speaker import Speaker
from tests.bplan_bot.cases import NATIONALLY
from tests.bplan_bot.figure_answers.invented import figures_said
from tests.figure_answers import told
from tests.norddjurs import picture
from tests.traced import NUMBER, NUMBERS, PICTURES, every

OF_THE_PLAN = (FactKind.THRESHOLD, FactKind.YEARS, FactKind.GOALS)
"""Facts that rest on the plan or on counting its goals, and on no observation."""


def quantities(said: object) -> Iterator[Quantity]:
    """Every quantity in a message, however deep."""
    match said:
        case Quantity():
            yield said
        case Message() | Phrase():
            for value in said.args.values():
                yield from quantities(value)
        case tuple():
            for value in said:
                yield from quantities(value)


def said_in(goal: GoalFigures) -> Iterator[object]:
    yield from goal.sentences
    for row in goal.rows:
        yield from (row.name, row.value)
    if goal.drawing:
        yield goal.drawing.caption
        yield from (point.quantity for line in goal.drawing.lines for point in line.points)


def known(facts: tuple[Fact, ...], goal: GoalFigures | None) -> set[Decimal]:
    """The sizes that may be printed: of the facts, of what their observations were read from, of the plan."""
    seen = list(every(facts))
    found = {abs(fact.quantity.value) for fact in seen}
    for observation in (fact.observation for fact in seen if fact.observation):
        printed = (observation.value, observation.numerator, observation.denominator)
        found |= {value for value in printed if value is not None}
    if goal:
        found |= {target.value for target in own_targets(goal.status.goal.target) if target.value is not None}
    return found


@pytest.mark.parametrize("when", PICTURES)
@pytest.mark.parametrize("topic", FigureTopic)
def test_every_quantity_of_an_answer_is_a_fact_or_a_number_of_the_plan(topic, when):
    strays = {}
    for goal in told(PICTURES[when], topic).goals:
        printed = {abs(one.value) for said in said_in(goal) for one in quantities(said)}
        strays[goal.status.goal.number] = printed - known(goal.facts, goal)

    assert {number: stray for number, stray in strays.items() if stray} == {}
    assert len(strays) == 22


INVENTED = {
    "two sides": ({"type": "equals_reference", "reference": NATIONALLY}, "own 2023=51 2024=58.5"),
    "moved along": ({"type": "follows_reference", "reference": NATIONALLY}, "own 2023=51 2024=58.5"),
    "a margin": (
        {"type": "at_most_reference_plus", "reference": NATIONALLY, "value": "3", "polarity": Polarity.LOWER},
        "own 2023=51 2024=58.5",
    ),
    "in people": ({"type": "at_least", "value": "77"}, "own 2022=31/47 2023=33/49 2024=35/51"),
    "a rise": ({"type": "increase"}, "own 2020=3 2021=9 2022=27 2023=81 2024=6"),
}
"""Rules and figures that the bundled plan has no goal for, and whose differences are all unlike."""


@pytest.mark.parametrize("topic", FigureTopic)
@pytest.mark.parametrize(("rule", "own"), INVENTED.values(), ids=INVENTED)
def test_the_same_holds_of_goals_that_the_plan_does_not_have(rule, own, topic):
    goal = figures_said(topic, rule, f"{own} | country 2023=38.6 2024=39.3 | other 2021=71 2024=113")

    printed = {abs(one.value) for said in said_in(goal) for one in quantities(said)}

    assert printed
    assert printed - known(goal.facts, goal) == set()


@pytest.mark.parametrize("topic", FigureTopic)
def test_every_fact_comes_from_observations_or_the_plan(topic):
    facts = [fact for goal in told(picture(), topic).goals for fact in every(goal.facts)]

    assert facts
    assert all(type(fact.quantity.value) is Decimal for fact in facts)
    assert [fact for fact in facts if not (fact.observation or fact.of or fact.kind in OF_THE_PLAN)] == []


@pytest.mark.parametrize(
    "answer",
    [told(picture(), FigureTopic.GAP), told(picture(), FigureTopic.COMPARE), short_plan(picture())],
    ids=["gap", "compare", "the plan in short"],
)
def test_every_quantity_said_of_all_goals_together_is_a_fact(answer: FigureAnswer):
    printed = {abs(one.value) for said in answer.lead for one in quantities(said)}

    assert printed
    assert printed - known(answer.facts, None) == set()


def texts_of(node: object) -> Iterator[str]:
    """The plan's own texts about a goal, in Danish."""
    match node:
        case LocalText():
            yield node.da
        case tuple():
            for each in node:
                yield from texts_of(each)
        case _ if hasattr(node, "__dataclass_fields__") and not isinstance(node, Period):
            for name in node.__dataclass_fields__:
                yield from texts_of(getattr(node, name))


def numbers_of_the_plan(seen: Picture, goal: GoalFigures) -> Iterator[str]:
    """What may be printed beside facts: the goal's and documents' own numbers, periods, dates and years."""
    status = goal.status
    yield from texts_of(status.goal)
    yield from (source.name.da for source in seen.plan.sources)
    yield from (seen.plan.title.da, status.goal.number, str(status.goal.target.due))
    periods = {fact.period for fact in every(goal.facts) if fact.period} | {status.goal.assessed_on}
    periods |= {period.year_before() for period in periods}
    periods |= {report.period for i in status.goal.indicators for report in seen.series.of(i.key, "707")}
    rest = {rest for period in periods if (rest := period.rest_of(status.goal.assessed_on))}
    for period in periods | rest:
        yield f"{write_period(period, 'da')} {period.end.year}"
    days = [seen.plan.start, seen.plan.end, *(said.day for said in seen.said)]
    days += [b.day for i in status.goal.indicators for b in i.breaks]
    for day in days:
        yield from (write_date(day, "da"), write_date(day, "da", numeric=True))
    yield from (said.document.case for said in seen.said)


def written(values: set[Decimal], facts: tuple[Fact, ...]) -> Iterator[str]:
    for fact in every(facts):
        size = Quantity(abs(fact.quantity.value), fact.quantity.unit)
        yield from (write_quantity(size, "da"), write_about(size.value, "da"))
    for value in values:
        yield write_quantity(Quantity(value, Unit.COUNT), "da")


@pytest.mark.parametrize("when", PICTURES)
@pytest.mark.parametrize("topic", FigureTopic)
def test_every_number_that_people_read_is_one_of_those(topic, when):
    seen = PICTURES[when]
    strays = {}
    for number in NUMBERS:
        answer = told(seen, topic, number)
        (goal,) = answer.goals
        facts = (*goal.facts, *goal.status.assessment.verdict.facts)  # a summary tells the key figures too
        sources = [*written(known(facts, goal), facts), *numbers_of_the_plan(seen, goal)]
        allowed = {found for source in sources for found in NUMBER.findall(source)}
        reply = render(answer, Speaker("da"))
        strays[number] = set(NUMBER.findall(f"{reply.summary}\n{reply.text}")) - allowed

    assert {number: stray for number, stray in strays.items() if stray} == {}
