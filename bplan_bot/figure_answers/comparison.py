"""Where a goal's own figure lies beside the country or another reference, this year and the last."""

from dataclasses import replace

from bplan_bot.assess.rule_words import rules
from bplan_bot.assess.sentences import against_reference, size
from bplan_bot.fact import Fact, FactKind
from bplan_bot.figure_answers import drawings
from bplan_bot.figure_answers.answer import FigureAnswer, FigureTopic, GoalFigures, Row, Said
from bplan_bot.figure_answers.beside import (
    Criterion,
    criteria,
    listed,
    others,
    parts_of,
    reasons,
    year_rows,
)
from bplan_bot.figure_answers.ranking import Ranked, ranked
from bplan_bot.figure_answers.remarks import remarks
from bplan_bot.goal import Goal
from bplan_bot.goal_status import GoalStatus
from bplan_bot.message import Message, message
from bplan_bot.picture import Picture
from bplan_bot.target import Polarity, Reference


def comparison(picture: Picture, goals: tuple[Goal, ...], *, missing: tuple[str, ...] = ()) -> FigureAnswer:
    """Each goal beside its reference; of several, which lies furthest from its own."""
    told: list[GoalFigures] = []
    apart: list[Ranked] = []
    for goal in goals:
        status = picture.of(goal)
        judged = criteria(picture, status)
        told.append(_of_goal(picture, status, judged))
        apart += [Ranked(goal.number, away) for one in judged if (away := _away(one))]
    ranking = ranked(message("ranked.from_reference"), apart)
    return FigureAnswer(
        plan=picture.plan,
        topic=FigureTopic.COMPARE,
        goals=tuple(sorted(told, key=lambda one: ranking.place(one.status.goal.number))),
        lead=ranking.said,
        facts=ranking.facts,
        missing=missing,
    )


def _of_goal(picture: Picture, status: GoalStatus, judged: tuple[Criterion, ...]) -> GoalFigures:
    goal = status.goal
    sentences: list[Said] = []
    rows: list[Row] = []
    facts: list[Fact] = [*status.assessment.verdict.facts]
    drawing = None
    compared = [one for one in judged if one.target.reference]
    for criterion in compared:
        said, of = _beside(criterion, criterion.target.against, status)
        sentences += said
        facts += [*criterion.verdict.facts, *criterion.facts, *parts_of(criterion.facts), *of]
        rows += year_rows(criterion)
        drawing = drawing or drawings.bars(criterion)
    if not compared:
        sentences = [message("compare.no_reference", number=goal.number), *reasons(status)]
        for criterion in judged:
            facts += [*criterion.verdict.facts, *criterion.facts, *parts_of(criterion.facts)]
            rows += year_rows(criterion)
    for indicator, points in others(picture, goal):
        rows.append(listed(indicator, points))
        facts += points
    rows += [Row(message("row.rule") if label is None else label, rule) for label, rule in rules(goal)]
    return GoalFigures(
        status=status,
        sentences=(*dict.fromkeys(sentences), *goal.notes),
        rows=(*rows, *remarks(picture, goal, judged)),
        facts=tuple(facts),
        drawing=drawing,
    )


def _away(criterion: Criterion) -> Fact | None:
    """The own figure minus the reference's."""
    if criterion.now is None or criterion.reference is None:
        return None
    return criterion.now.difference(FactKind.DISTANCE, criterion.reference)


def _beside(
    criterion: Criterion, reference: Reference, status: GoalStatus
) -> tuple[list[Said], tuple[Fact, ...]]:
    now, other, away = criterion.now, criterion.reference, _away(criterion)
    if now is None or other is None or away is None:
        return list(criterion.verdict.reasons), ()
    said: list[Said] = [
        _side(away, criterion, reference, place=status.plan.short_name),
        against_reference(now, other, criterion.indicator, criterion.target),
    ]
    before, other_before = criterion.before, criterion.reference_before
    if criterion.broken:
        broken = criterion.broken
        return [*said, message("lacking.break_in_series", day=broken.day, why=broken.reason)], (away,)
    if before is None or other_before is None:
        return [*said, message("compare.no_last_year", period=now.when.year_before())], (away,)
    then = before.difference(FactKind.DISTANCE, other_before)
    last_year = message(
        f"compare.last_year.{_way(then)}",
        period=before.period,
        place=status.plan.short_name,
        distance=size(then.quantity),
        reference=reference.name,
        before=before.quantity,
        reference_before=other_before.quantity,
    )
    grown = _growth(away, then)
    return [*said, last_year, _grew(grown, away, then, reference)], (away, then, grown)


def _way(away: Fact) -> str:
    return "equal" if away.quantity.value == 0 else "over" if away.quantity.value > 0 else "under"


def _side(away: Fact, criterion: Criterion, reference: Reference, *, place: str) -> Message:
    """Over or under, and whether that is better."""
    way, polarity = _way(away), criterion.target.polarity
    judged = ""
    if way != "equal" and polarity is not Polarity.NEITHER:
        judged = ".better" if (way == "over") is (polarity is Polarity.HIGHER) else ".worse"
    return message(
        f"compare.{way}{judged}", place=place, distance=size(away.quantity), reference=reference.name
    )


def _growth(now: Fact, then: Fact) -> Fact:
    """How much further apart the two are than a year ago, whichever lies above."""
    apart = abs(now.quantity.value) - abs(then.quantity.value)
    return Fact(
        kind=FactKind.CHANGE,
        quantity=replace(now.quantity, value=apart),
        period=now.period,
        operation="difference_of_sizes",
        of=(now, then),
    )


def _grew(grown: Fact, now: Fact, then: Fact, reference: Reference) -> Message:
    if now.quantity.value * then.quantity.value < 0:
        return message("compare.crossed", reference=reference.name)
    if grown.quantity.value == 0:
        return message("compare.as_far")
    way = "grew" if grown.quantity.value > 0 else "shrank"
    return message(f"compare.{way}", growth=size(grown.quantity))
