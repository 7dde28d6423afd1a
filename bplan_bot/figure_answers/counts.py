"""How many people or things a goal's figures count, and out of how many."""

from bplan_bot.assess.sentences import stated
from bplan_bot.fact import Fact, FactKind, observed
from bplan_bot.figure_answers.answer import FigureAnswer, FigureTopic, GoalFigures, Row, Said
from bplan_bot.figure_answers.beside import criteria, of_parts, parts_of
from bplan_bot.figure_answers.remarks import remarks
from bplan_bot.goal import Goal
from bplan_bot.goal_status import Development, GoalStatus
from bplan_bot.message import Message, message
from bplan_bot.picture import Picture
from bplan_bot.quantity import Unit


def counts(picture: Picture, goals: tuple[Goal, ...], *, missing: tuple[str, ...] = ()) -> FigureAnswer:
    """The counts behind each goal."""
    told = tuple(_of_goal(picture, goal) for goal in goals)
    return FigureAnswer(plan=picture.plan, topic=FigureTopic.COUNT, goals=told, missing=missing)


def _of_goal(picture: Picture, goal: Goal) -> GoalFigures:
    status = picture.of(goal)
    sentences: list[Said] = [sentence for each in status.development for sentence in _sentences(each)]
    if not sentences:
        sentences = [*status.assessment.verdict.reasons]
    told = _figures(status)
    others = _others(picture, status)
    facts = [*status.assessment.verdict.facts, *told, *parts_of(told), *others]
    judged = criteria(picture, status)
    for criterion in judged:
        facts += criterion.verdict.facts
    return GoalFigures(
        status=status,
        sentences=tuple(sentences),
        rows=(*_rows(status), *(_other_row(goal, one) for one in others), *remarks(picture, goal, judged)),
        facts=tuple(facts),
    )


def _sentences(each: Development) -> list[Said]:
    """The newest figure in its own words, and that a bare share tells no number of people."""
    said: list[Said] = [message("figure.alone", stated=stated(each.now, each.indicator))]
    if each.now.quantity.unit is Unit.PERCENT and not of_parts(each.now)[1]:
        said.append(message("counts.only_share"))
    return said


def _figures(status: GoalStatus) -> tuple[Fact, ...]:
    return tuple(one for each in status.development for one in (each.before, each.now) if one is not None)


def _rows(status: GoalStatus) -> list[Row]:
    """The count, or the share with its parts, of the year before and of now."""
    several = len(status.development) > 1
    rows = []
    for each in status.development:
        for one in (each.before, each.now):
            if one is None:
                continue
            name = "said.period_of" if several else "said.period"
            named = message(name, label=each.indicator.short_subject, period=one.when)
            rows.append(Row(named, _count(one)))
    return rows


def _count(fact: Fact) -> Message:
    parts = of_parts(fact)[1]
    if fact.quantity.unit is Unit.PERCENT and parts:
        there, whole = parts
        return message("counts.of", numerator=there.quantity, denominator=whole.quantity, value=fact.quantity)
    return message("counts.value", value=fact.quantity)


def _others(picture: Picture, status: GoalStatus) -> tuple[Fact, ...]:
    """The newest count of each other indicator, as the expected number and the benefits one by one."""
    own = {each.indicator.key for each in status.development}
    found = []
    for indicator in status.goal.indicators:
        if indicator.key in own or indicator.is_check or indicator.unit is not Unit.COUNT:
            continue
        figures = [
            one for one in picture.series.of(indicator.key, picture.plan.area) if one.amount is not None
        ]
        if figures:
            found.append(observed(FactKind.FIGURE, indicator, figures[-1]))
    return tuple(found)


def _other_row(goal: Goal, fact: Fact) -> Row:
    subject = goal.indicator(fact.observation.indicator).subject if fact.observation else goal.title
    return Row(subject, message("said.figure_in", value=fact.quantity, period=fact.period))
