"""What a goal is: its demand, what is measured, where the figures come from, how often it is followed up."""

from collections.abc import Iterator
from enum import StrEnum

from bplan_bot.assess.rule_words import rules
from bplan_bot.fact import Fact, FactKind
from bplan_bot.figure_answers.answer import Row, Said
from bplan_bot.goal import Goal
from bplan_bot.goal_status import own_targets
from bplan_bot.message import Message, message
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.answer import (
    PlanAnswer,
    PlanTopic,
    Section,
    is_shown,
    lacking,
    named,
    numbers,
    opened,
)
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.target import Target

_IN_FULL = 3
"""Of more goals than this only what was asked is told, so that a card stays readable and small."""


class Asked(StrEnum):
    """What of a goal somebody wants to know; the answer opens with it."""

    TARGET = "target"
    MEASURE = "measure"
    SOURCE = "source"
    RHYTHM = "rhythm"
    PERIOD = "period"
    UNIT = "unit"


def definition(
    picture: Picture,
    goals: tuple[Goal, ...],
    *,
    asked: Asked = Asked.TARGET,
    missing: tuple[str, ...] = (),
) -> PlanAnswer:
    """What each goal is, what was `asked` first; `missing` are numbers that do not exist."""
    openings = tuple(_opening(picture, goal, asked) for goal in goals)
    facts = tuple(fact for goal in goals for fact in _marks(goal))
    alone = len(goals) == 1 and not missing
    sections = () if alone else _sections(picture, goals, openings, asked)
    return PlanAnswer(
        plan=picture.plan,
        topic=PlanTopic.DEFINITION,
        heading=numbers(goals),
        sentences=(*openings, *_more(picture, goals[0], asked)) if alone else lacking(missing),
        summary=(*lacking(missing), *openings),
        rows=tuple(_rows(picture, goals[0], asked)) if alone else (),
        sections=sections,
        facts=facts,
        suggestions=opened(goals),
        handled_only=picture.handled_only,
        about=picture.of(goals[0]) if len(goals) == 1 and not missing else None,
    )


def _sections(
    picture: Picture, goals: tuple[Goal, ...], openings: tuple[Message, ...], asked: Asked
) -> tuple[Section, ...]:
    in_full = len(goals) <= _IN_FULL
    return tuple(
        Section(
            name=named(goal),
            status=picture.of(goal),
            sentences=(opening, *(_more(picture, goal, asked) if in_full else ())),
            rows=tuple(_rows(picture, goal, asked)) if in_full else (),
        )
        for goal, opening in zip(goals, openings, strict=True)
    )


def _opening(picture: Picture, goal: Goal, asked: Asked) -> Message:
    """The sentence that answers the question."""
    number = goal.number
    match asked:
        case Asked.TARGET:
            return message("definition.target", number=number, target=goal.target_text)
        case Asked.MEASURE:
            return message("definition.measure", number=number, measure=goal.measure)
        case Asked.SOURCE:
            source = picture.plan.source(goal.source).name if goal.source else None
            name = "definition.source" if source else "definition.no_source"
            return message(name, number=number, source=source)
        case Asked.RHYTHM:
            return message("definition.rhythm", number=number, rhythm=goal.rhythm)
        case Asked.PERIOD:
            due = goal.target.due
            name = "definition.period.due" if due else "definition.period"
            return message(name, number=number, period=goal.assessed_on, due=due)
        case Asked.UNIT:
            return message("definition.unit", number=number, units=_units(goal))


def _more(picture: Picture, goal: Goal, asked: Asked) -> Iterator[Said]:
    """What has to be known beside it: that the figures count something else, that a source has stopped."""
    if asked in (Asked.TARGET, Asked.MEASURE) and goal.measured_by:
        yield message("definition.measured_by", measured_by=goal.measured_by)
    if asked is Asked.SOURCE:
        yield from (
            message("definition.stopped", reference=target.against.name)
            for target in own_targets(goal.target)
            if _has_stopped(picture, goal, target)
        )
    yield from picture.of(goal).goal.notes


def _has_stopped(picture: Picture, goal: Goal, target: Target) -> bool:
    """Whether what the figure is held against is known to be no longer updated."""
    key = target.reference.indicator if target.reference else None
    stopped = goal.indicator(key).discontinued if key else None
    return stopped is not None and is_shown(picture, goal, stopped.known_at)


def _rows(picture: Picture, goal: Goal, asked: Asked) -> Iterator[Row]:
    """Everything that was not said yet."""
    plan = picture.plan
    source = plan.source(goal.source).name if goal.source else message("definition.source.silent")
    told: dict[Asked, tuple[str, Said]] = {
        Asked.TARGET: ("row.target", goal.target_text),
        Asked.MEASURE: ("row.measure", goal.measure),
        Asked.UNIT: ("row.unit", _units(goal)),
        Asked.SOURCE: ("row.source", source),
        Asked.RHYTHM: ("row.follow_up", goal.rhythm),
        Asked.PERIOD: ("row.assessed_on", message("said.period", period=goal.assessed_on)),
    }
    for kind, (name, value) in told.items():
        if kind is not asked:
            yield Row(message(name), value)
        if kind is Asked.MEASURE and goal.measured_by and asked not in (Asked.TARGET, Asked.MEASURE):
            yield Row(message("row.measured_by"), goal.measured_by)
    for label, rule in rules(goal):
        yield Row(message("definition.rule_of", label=label) if label else message("row.rule"), rule)


def _units(goal: Goal) -> Message:
    """The units of the goal's own figures, each once."""
    found: dict[str, Message] = {}
    for target in own_targets(goal.target):
        indicator = goal.indicator(target.indicator)
        noun = indicator.noun.many if indicator.noun else None
        found[f"{indicator.unit}{noun}"] = message(
            f"unit.{indicator.unit}.of" if noun else f"unit.{indicator.unit}", noun=noun
        )
    return message("said.several", said=tuple(found.values()))


def _marks(goal: Goal) -> Iterator[Fact]:
    """The limits that the plan sets."""
    for target in own_targets(goal.target):
        if target.value is None:
            continue
        unit = goal.indicator(target.indicator).unit
        if target.reference and unit is Unit.PERCENT:
            unit = Unit.POINTS
        yield Fact(kind=FactKind.THRESHOLD, quantity=Quantity(target.value, unit))
