"""How the figures of a goal have developed: every standing one, and the movement since the year before."""

from datetime import date
from decimal import Decimal

from bplan_bot.assess.requirement import requirement
from bplan_bot.assess.sentences import against_last_year, distance, stated
from bplan_bot.fact import Fact, FactKind
from bplan_bot.figure_answers import drawings
from bplan_bot.figure_answers.answer import FigureAnswer, FigureTopic, GoalFigures, Row, Said
from bplan_bot.figure_answers.beside import (
    Criterion,
    beside_reference,
    criteria,
    listed,
    name_of,
    others,
    parts_of,
    points_of,
    reference_beside,
)
from bplan_bot.figure_answers.remarks import remarks
from bplan_bot.goal import Goal, Indicator
from bplan_bot.message import Message, message
from bplan_bot.observation import Direction, Observation, ObservationStatus
from bplan_bot.period import Period
from bplan_bot.picture import Picture
from bplan_bot.quantity import Unit
from bplan_bot.target import Polarity

_MANY = 3
"""Best and worst are told only of more figures than this."""


def trend(picture: Picture, goals: tuple[Goal, ...], *, missing: tuple[str, ...] = ()) -> FigureAnswer:
    """The development of each goal's own figures."""
    told = tuple(_of_goal(picture, goal) for goal in goals)
    return FigureAnswer(plan=picture.plan, topic=FigureTopic.TREND, goals=told, missing=missing)


def _of_goal(picture: Picture, goal: Goal) -> GoalFigures:
    status = picture.of(goal)
    sentences: list[Said] = []
    rows: list[Row] = []
    facts: list[Fact] = []
    drawing = None
    judged = criteria(picture, status)
    for criterion in judged:
        history = points_of(picture, criterion.indicator)
        said, of = _sentences(criterion, history)
        references = tuple(reference_beside(picture, goal, criterion.target, own=one) for one in history)
        drawing = drawing or drawings.line(criterion, history, references)
        sentences += said
        rows += _rows(picture, criterion, history, references)
        facts += [*of, *history, *parts_of(history), *(one for one in references if one), *criterion.facts]
    if not judged:
        sentences += status.assessment.verdict.reasons
    for indicator, points in others(picture, goal):
        drawing = drawing or drawings.line_alone(indicator, points)
        sentences += _best_rank(indicator, points)
        rows.append(listed(indicator, points))
        facts += points
    return GoalFigures(
        status=status,
        sentences=tuple(dict.fromkeys(sentences)),
        rows=(*rows, *remarks(picture, goal, judged)),
        facts=tuple(facts),
        drawing=drawing,
    )


def _sentences(criterion: Criterion, history: tuple[Fact, ...]) -> tuple[list[Said], list[Fact]]:
    """What moved, beside what, and what is demanded, with the facts made for it."""
    now, before = criterion.now, criterion.before
    if now is None:
        return list(criterion.verdict.reasons), list(criterion.verdict.facts)
    if before is None:
        said, facts = _without_a_movement(criterion, now, history), []
    else:
        change = now.difference(FactKind.CHANGE, before)
        said, facts = _moved(criterion, change, now, before), [change]
    compared, more = _reference_moved(criterion)
    asked = requirement(criterion.verdict, criterion.target)
    if asked and criterion.target.type in ("at_least", "at_most", "at_most_reference_plus"):
        name = "trend.demand_due" if criterion.due else "trend.demand"
        compared.append(message(name, limit=asked.limit, due=criterion.due))
        more.append(asked.mark)
    if best := _extremes(criterion, history):
        compared.append(best)
    return [*said, *compared], [*facts, *more]


def _moved(criterion: Criterion, change: Fact, now: Fact, before: Fact) -> list[Said]:
    """The two figures, how far apart they are, and whether that is the right way."""
    polarity, moved = criterion.target.polarity, change.quantity.value
    judged = ""
    if moved and polarity is not Polarity.NEITHER and criterion.target.type != "maintain":
        judged = ".right_way" if (moved > 0) is (polarity is Polarity.HIGHER) else ".wrong_way"
    return [
        against_last_year(now, before, criterion.indicator),
        message(f"trend.change{judged}", distance=distance(change.quantity)),
    ]


def _without_a_movement(criterion: Criterion, now: Fact, history: tuple[Fact, ...]) -> list[Said]:
    """Why no movement is told: a break, one figure alone, or none of the same months a year earlier."""
    told = message("figure.alone", stated=stated(now, criterion.indicator))
    if criterion.broken:
        broken = criterion.broken
        return [told, message("lacking.break_in_series", day=broken.day, why=broken.reason)]
    if len(history) == 1:
        return [told, message("trend.one")]
    return [told, message("trend.no_year_before", period=now.when.year_before())]


def _reference_moved(criterion: Criterion) -> tuple[list[Said], list[Fact]]:
    now, before = criterion.reference, criterion.reference_before
    if now is None or criterion.target.reference is None:
        return [], []
    name = criterion.target.reference.name
    if before is None:
        return [message("trend.reference", name=name, now=now.quantity)], []
    change = now.difference(FactKind.REFERENCE_CHANGE, before)
    if change.quantity.value == 0:
        return [message("trend.reference_still", name=name, now=now.quantity)], [change]
    moved = message(
        "trend.reference_moved",
        name=name,
        before=before.quantity,
        now=now.quantity,
        change=change.quantity,
    )
    return [moved], [change]


def _extremes(criterion: Criterion, history: tuple[Fact, ...]) -> Message | None:
    """Best and worst of many figures that count the same as the newest."""
    same = drawings.comparable(criterion.indicator, history)
    if len(same) <= _MANY:
        return None
    rising = sorted(same, key=_by_value)
    if criterion.target.polarity is Polarity.NEITHER:
        return message("trend.highest", **_ends(rising[-1], rising[0]))
    higher = criterion.target.polarity is Polarity.HIGHER
    return message("trend.best", **(_ends(rising[-1], rising[0]) if higher else _ends(rising[0], rising[-1])))


def _best_rank(indicator: Indicator, points: tuple[Fact, ...]) -> list[Message]:
    """Best and worst of many ranks, where the lowest number is the best."""
    if indicator.unit is not Unit.RANK or len(points) <= _MANY:
        return []
    best = min(points, key=lambda one: (one.quantity.value, -one.when.end.toordinal()))
    worst = max(points, key=_by_value)
    return [message("trend.best_rank", subject=indicator.subject, **_ends(best, worst))]


def _by_value(one: Fact) -> tuple[Decimal, date]:
    return one.quantity.value, one.when.end


def _ends(first: Fact, last: Fact) -> dict[str, object]:
    return {
        "first": first.quantity,
        "first_period": first.period,
        "last": last.quantity,
        "last_period": last.period,
    }


def _rows(
    picture: Picture,
    criterion: Criterion,
    history: tuple[Fact, ...],
    references: tuple[Fact | None, ...],
) -> list[Row]:
    """A row for each report, also for those that hold no figure."""
    beside = {one.observation: reference for one, reference in zip(history, references, strict=True)}
    facts = {one.observation: one for one in history}
    rows = []
    for report in picture.series.of(criterion.indicator.key, picture.plan.area):
        fact = facts.get(report)
        if fact:
            told = beside_reference(criterion, fact, beside[report])
            rows.append(Row(name_of(criterion, fact), _marked(told, fact, criterion, history[-1])))
        else:
            rows.append(Row(message("said.period", period=report.period), _no_figure(report)))
    return rows


def _marked(told: Message, fact: Fact, criterion: Criterion, newest: Fact) -> Message:
    """A figure with a word where it counts something else than the newest one."""
    spanned = Period(fact.when.start, max(fact.when.end, newest.when.end))
    broken = next((one for one in criterion.indicator.breaks if spanned.crosses(one.day)), None)
    return message("trend.not_comparable", told=told, day=broken.day) if broken else told


def _no_figure(report: Observation) -> Message:
    if report.direction is not None:
        return message(f"told.{Direction(report.direction)}")
    suppressed = report.status is ObservationStatus.SUPPRESSED
    return message("told.suppressed" if suppressed else "told.missing")
