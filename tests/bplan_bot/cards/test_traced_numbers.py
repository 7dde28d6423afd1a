"""No number is invented: each one on a card, in a text or in a summary, in either language, is a figure with
its derivation, a date or a period, or stands in the plan or in the catalogue's own sentence."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest

from bplan_bot.answers import Answer, OverviewAnswer
from bplan_bot.cards.render import render
from bplan_bot.deadlines import Lead
from bplan_bot.fact import Fact
from bplan_bot.figure_answers.answer import FigureAnswer, FigureTopic
from bplan_bot.figure_answers.short import short_plan
from bplan_bot.goal_status import GoalStatus, own_targets
from bplan_bot.local_text import Language, LocalText
from bplan_bot.notation.numbers import write_about, write_quantity
from bplan_bot.notation.periods import write_date, write_period
from bplan_bot.observation import COUNTRY
from bplan_bot.period import Period
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.answer import PlanAnswer
from bplan_bot.plan_answers.lists import Kind, of_kind
from bplan_bot.plan_answers.worry import MOST
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.status import Status
from bplan_bot.texts.speaker import Speaker
from tests.card_structure import elements, texts
from tests.factories import make_round
from tests.figure_answers import told
from tests.norddjurs import goal_answer
from tests.plan_answers import about_goals, about_the_plan
from tests.traced import NUMBER, NUMBERS, PICTURES, every


def facts_of(status: GoalStatus) -> Iterator[Fact]:
    """The facts that a status rests on, with those of its parts and of the year before."""
    verdict = status.assessment.verdict
    for one in (verdict, *(part.verdict for part in verdict.parts)):
        yield from every(one.facts)
    for moved in status.development:
        yield from every(tuple(fact for fact in (moved.now, moved.before) if fact))
        if moved.before:
            yield moved.now.difference(moved.now.kind, moved.before)


def written(facts: Iterator[Fact], language: Language) -> Iterator[str]:
    """Facts as they may be written, and what their observations were read from."""
    for fact in facts:
        size = Quantity(abs(fact.quantity.value), fact.quantity.unit)
        yield from (write_quantity(size, language), write_about(size.value, language))
        if (seen := fact.observation) is not None:
            read = (seen.value, seen.numerator, seen.denominator)
            yield from (
                write_quantity(Quantity(one, Unit.COUNT), language) for one in read if one is not None
            )


def texts_of(node: object, language: Language) -> Iterator[str]:
    """The plan's own texts and limits."""
    match node:
        case LocalText():
            yield node.to(language)
        case Decimal():
            yield write_quantity(Quantity(abs(node), Unit.COUNT), language)
        case tuple():
            for each in node:
                yield from texts_of(each, language)
        case _ if hasattr(node, "__dataclass_fields__") and not isinstance(node, Period):
            for name in node.__dataclass_fields__:
                yield from texts_of(getattr(node, name), language)


def of_the_plan(seen: Picture, language: Language) -> Iterator[str]:
    """The plan's texts, numbers, days, periods and documents."""
    plan = seen.plan
    yield from texts_of(plan, language)
    yield from (goal.number for goal in plan.goals)
    yield from (str(target.due) for goal in plan.goals for target in (goal.target, *own_targets(goal.target)))
    reports = [
        report
        for goal in plan.goals
        for indicator in goal.indicators
        for area in (plan.area, COUNTRY)
        for report in seen.series.of(indicator.key, area)
    ]
    days = {plan.start, plan.end, *(said.day for said in seen.said)}
    days |= {change.day for goal in plan.goals for one in goal.indicators for change in one.breaks}
    periods = {report.period for report in reports} | {goal.assessed_on for goal in plan.goals}
    periods |= {period.year_before() for period in periods}
    periods |= {rest for p in periods for goal in plan.goals if (rest := p.rest_of(goal.assessed_on))}
    for report in reports:
        yield from (*texts_of(report.document.title, language), report.document.case)
        days |= {report.known_at, report.document.date}
    yield from (said.document.case for said in seen.said)
    for period in periods:
        yield f"{write_period(period, language)} {period.end.year}"
    for day in days:
        yield from (write_date(day, language), write_date(day, language, numeric=True))


@pytest.fixture(scope="module", params=[(when, language) for when in PICTURES for language in ("da", "en")])
def place(request) -> tuple[Picture, Language, set[str]]:
    """A picture, a language, and the numbers that the plan itself gives there."""
    when, language = request.param
    seen = PICTURES[when]
    return seen, language, found(of_the_plan(seen, language))


def found(said: Iterator[str]) -> set[str]:
    return {number for each in said for number in NUMBER.findall(each)}


Said = Answer | FigureAnswer | PlanAnswer


def strays(answer: Said, facts: Iterator[Fact], place: tuple[Picture, Language, set[str]]) -> set[str]:
    """The numbers of an answer that come from nowhere."""
    _, language, plans = place
    reply = render(answer, Speaker(language))
    drawn = [
        str(value) for one in elements(reply.card) if one["type"].startswith("Chart.") for value in texts(one)
    ]
    read = [reply.summary, reply.text, *texts(reply.card), *drawn]
    return found(iter(read)) - plans - found(written(facts, language))


@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_of_an_answer_about_a_goal_comes_from_somewhere(number, place):
    seen, _, _ = place
    goal = seen.plan.goal(number)
    assert goal is not None
    own = tuple(facts_of(seen.of(goal)))
    answers: list[tuple[Said, tuple[Fact, ...]]] = [(goal_answer(seen, number), ())]
    for topic in FigureTopic:
        answer = told(seen, topic, number)
        answers.append((answer, tuple(every(answer.goals[0].facts))))
    answers += [(answer, tuple(every(answer.facts))) for answer in about_goals(seen, number)]

    lost = [strays(answer, iter((*own, *facts)), place) for answer, facts in answers]
    assert [each for each in lost if each] == []
    assert len(answers) > len(FigureTopic) + 5


def test_every_number_of_an_answer_about_many_goals_comes_from_somewhere(place):
    seen, _, _ = place
    own = tuple(fact for status in seen.all() for fact in facts_of(status))
    answers: list[tuple[Said, tuple[Fact, ...]]] = [(OverviewAnswer(seen.plan, seen.all()), ())]
    answers += [(of_kind(seen, kind), ()) for kind in Kind if kind is not Kind.OWN]
    answers += [(answer, tuple(every(answer.facts))) for answer in about_the_plan(seen)]
    short = short_plan(seen)
    answers.append((short, tuple(every(short.facts))))

    standing = Counter(one.leading.status for one in seen.all())
    handled = sum(one.handled is not None for one in seen.all())
    counts = (len(seen.plan.goals), handled, standing[Status.MET], *standing.values())
    share = f"{100 * standing[Status.MET] / len(seen.plan.goals):.1f}"
    counted = {str(each) for each in counts} | {share.replace(".", ",") if place[1] == "da" else share}
    beside = counted | of_the_round(place[1])
    lost = {
        type(answer).__name__ + getattr(answer, "topic", ""): each
        for answer, facts in answers
        if (each := strays(answer, iter((*own, *facts)), place) - beside - counted_in(answer))
    }
    assert lost == {}


def counted_in(answer: Said) -> set[str]:
    """How many goals a list has, and how many of them are met."""
    goals = getattr(answer, "goals", ())
    met = [goal for goal in goals if isinstance(goal, GoalStatus) and goal.leading.status is Status.MET]
    return {str(len(goals)), str(len(met))}


def of_the_round(language: Language) -> set[str]:
    """The days of the open round with those counted back from it, and what the settings say of them."""
    round_, lead = make_round(), Lead()
    days = {round_.committee_on, round_.agenda_on, round_.figures_by}
    days |= {
        lead.working.working_days_before(round_.figures_by, before)
        for before in (lead.first, lead.second, lead.missing)
    }
    said = [write_date(day, language, numeric=numeric) for day in days for numeric in (True, False)]
    return found(iter([*said, str(round_.half), str(lead.agenda), str(MOST)]))


def test_a_number_that_comes_from_nowhere_is_found():
    seen = PICTURES["after the follow-up"]
    language: Language = "da"
    place = (seen, language, found(of_the_plan(seen, language)))

    assert strays(goal_answer(seen, "6.2"), iter(()), place) >= {"36,7", "7,1"}
