"""A goal's own figure beside those of other municipalities, or that these are not held."""

from bplan_bot.assess.sentences import size
from bplan_bot.fact import Fact, FactKind, observed
from bplan_bot.figure_answers.answer import (
    Drawing,
    FigureAnswer,
    FigureTopic,
    GoalFigures,
    Line,
    Role,
    Row,
    Said,
    Shape,
)
from bplan_bot.figure_answers.beside import (
    Criterion,
    criteria,
    of_parts,
    parts_of,
    points_of,
    reasons,
)
from bplan_bot.figure_answers.remarks import remarks
from bplan_bot.goal import Goal
from bplan_bot.local_text import LocalText
from bplan_bot.message import Message, message
from bplan_bot.municipalities import names
from bplan_bot.observation import COUNTRY
from bplan_bot.picture import Picture
from bplan_bot.quantity import Unit


def held(picture: Picture, goal: Goal) -> tuple[str, ...]:
    """The codes of the other municipalities that there are figures of beside a goal's own."""
    found = (area for key in _read(picture, goal) for area in picture.series.areas(key))
    return tuple(dict.fromkeys(area for area in found if area not in (picture.plan.area, COUNTRY)))


def beside_areas(
    picture: Picture, goals: tuple[Goal, ...], *, areas: tuple[str, ...], missing: tuple[str, ...] = ()
) -> FigureAnswer:
    """Each goal beside the municipalities with these codes, or beside all of them where none is given."""
    told = tuple(_of_goal(picture, goal, areas or held(picture, goal)) for goal in goals)
    return FigureAnswer(plan=picture.plan, topic=FigureTopic.COMPARE, goals=told, missing=missing)


def _of_goal(picture: Picture, goal: Goal, areas: tuple[str, ...]) -> GoalFigures:
    status = picture.of(goal)
    sentences: list[Said] = []
    rows: list[Row] = []
    facts: list[Fact] = []
    drawing = None
    found: set[str] = set()
    judged = criteria(picture, status)
    for criterion in judged:
        own, others = _same_period(picture, criterion, areas)
        if own is None:
            continue
        found |= others.keys()
        away = {area: own.difference(FactKind.DISTANCE, other) for area, other in others.items()}
        sentences += [_side(picture, area, own, others[area], away=away[area]) for area in others]
        if criterion.indicator.unit is Unit.COUNT:
            sentences.append(message("areas.counts"))
        beside = {picture.plan.area: own, **others}
        rows += [_row(picture, criterion, area, fact) for area, fact in beside.items()]
        drawing = drawing or _bars(picture, criterion, beside)
        facts += [*beside.values(), *away.values(), *parts_of(tuple(beside.values()))]
    if lacking := tuple(_name(picture, area) for area in areas if area not in found):
        sentences.append(message("areas.not_held", number=goal.number, areas=lacking))
    elif not areas:
        sentences.append(message("areas.none_held", number=goal.number))
    if not found:
        sentences.append(reasons(status)[0])
        facts += status.assessment.verdict.facts
    return GoalFigures(
        status=status,
        sentences=tuple(dict.fromkeys(sentences)),
        rows=(*rows, *remarks(picture, goal, judged)),
        facts=tuple(facts),
        drawing=drawing,
    )


def _read(picture: Picture, goal: Goal) -> tuple[str, ...]:
    """The keys of the own figures that a goal is judged by."""
    return tuple(one.indicator.key for one in criteria(picture, picture.of(goal)))


def _same_period(
    picture: Picture, criterion: Criterion, areas: tuple[str, ...]
) -> tuple[Fact | None, dict[str, Fact]]:
    """The own figure of the latest period that one of the areas has a figure of too, and theirs of it."""
    indicator = criterion.indicator
    for own in reversed(points_of(picture, indicator)):
        if any(own.when.crosses(change.day) for change in indicator.breaks):
            continue
        there = {area: picture.series.at(indicator.key, area, own.when) for area in areas}
        others = {
            area: observed(FactKind.REFERENCE, indicator, one)
            for area, one in there.items()
            if one is not None and one.amount is not None
        }
        if others:
            return own, others
    return None, {}


def _side(picture: Picture, area: str, own: Fact, other: Fact, *, away: Fact) -> Message:
    """On which side of another municipality's figure the own one lies."""
    way = "equal" if away.quantity.value == 0 else "over" if away.quantity.value > 0 else "under"
    return message(
        f"areas.{way}",
        place=picture.plan.short_name,
        own=own.quantity,
        area=_name(picture, area),
        other=other.quantity,
        distance=size(away.quantity),
        period=own.when,
    )


def _row(picture: Picture, criterion: Criterion, area: str, fact: Fact) -> Row:
    name = _name(picture, area)
    told = message("areas.row", area=name, period=fact.when)
    if criterion.named:
        told = message("areas.row_of", label=criterion.indicator.short_subject, row=told)
    return Row(told, of_parts(fact)[0])


def _bars(picture: Picture, criterion: Criterion, beside: dict[str, Fact]) -> Drawing:
    labels = tuple(LocalText(name, name) for name in (_name(picture, area) for area in beside))
    (own, *_) = beside.values()
    caption = message("areas.drawn", subject=criterion.indicator.subject, period=own.when)
    line = Line(Role.OWN, message("said.period", period=own.when), tuple(beside.values()), labels)
    return Drawing(Shape.BARS, caption, (line,))


def _name(picture: Picture, area: str) -> str:
    return picture.plan.short_name if area == picture.plan.area else names().get(area, area)
