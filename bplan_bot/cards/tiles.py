"""The large figures of a goal's card: its own, what it is held against, and how far apart they are."""

from collections.abc import Iterator

from bplan_bot.assess.assessment import Verdict
from bplan_bot.fact import Fact, FactKind
from bplan_bot.goal_status import GoalStatus, own_targets
from bplan_bot.message import Message, message
from bplan_bot.quantity import Unit
from bplan_bot.target import Target
from bplan_bot.texts.speaker import Speaker

_HELD_AGAINST = (
    (FactKind.CHANGE, FactKind.REFERENCE_CHANGE),
    (FactKind.REFERENCE, FactKind.THRESHOLD),
    (FactKind.REFERENCE, FactKind.DISTANCE),
    (FactKind.THRESHOLD, FactKind.DISTANCE),
    (FactKind.BASELINE, FactKind.CHANGE),
)
"""Which two facts stand beside the own figure: the first pair that the verdict has both of."""


def tile_values(status: GoalStatus, speaker: Speaker) -> list[tuple[str, str]]:
    """Up to three tiles as (figure, what it is); none where the goal has no figures."""
    verdict = status.assessment.verdict
    targets = own_targets(status.goal.target)
    if not verdict.parts:
        return [_said(tile, speaker) for tile in _tiles(verdict, targets[0], status)] if targets else []
    judged = [(part.verdict, target) for part, target in zip(verdict.parts, targets, strict=True)]
    with_figures = [(verdict, target) for verdict, target in judged if verdict.fact(FactKind.FIGURE)]
    if len(with_figures) == 1:
        return [_said(tile, speaker) for tile in _tiles(*with_figures[0], status)]
    return [_said(tile, speaker) for verdict, _ in with_figures for tile in _moved(verdict)]


def _said(tile: tuple[Message, Message], speaker: Speaker) -> tuple[str, str]:
    figure, label = tile
    return speaker(figure), speaker(label)


def _tiles(verdict: Verdict, target: Target, status: GoalStatus) -> Iterator[tuple[Message, Message]]:
    figure = verdict.fact(FactKind.FIGURE)
    if figure is None:
        return
    yield (
        message("tile.value", value=figure.quantity),
        message("tile.figure", place=status.plan.short_name, period=figure.when),
    )
    for kinds in _HELD_AGAINST:
        facts = [fact for kind in kinds if (fact := verdict.fact(kind))]
        if len(facts) == len(kinds):
            yield from (_beside(fact, verdict, target) for fact in facts)
            return


def _beside(fact: Fact, verdict: Verdict, target: Target) -> tuple[Message, Message]:
    place = target.reference.place if target.reference else message("tile.target")
    match fact.kind:
        case FactKind.CHANGE | FactKind.REFERENCE_CHANGE:
            return _change(fact, verdict, place)
        case FactKind.REFERENCE:
            return message("tile.value", value=fact.quantity), message("tile.reference", place=place)
        case FactKind.THRESHOLD:
            return message("tile.value", value=fact.quantity), _threshold(verdict, target)
        case FactKind.BASELINE:
            return message("tile.value", value=fact.quantity), message("tile.baseline", period=fact.when)
        case _:
            return _distance(fact, target)


def _threshold(verdict: Verdict, target: Target) -> Message:
    """What a limit is to the figure: a bar of its own, or the most that a reference allows."""
    if verdict.fact(FactKind.REFERENCE):
        return message("tile.threshold.allowed")
    strict = ".strict" if target.strict else ""
    return message(f"tile.threshold.{target.polarity}{strict}")


def _change(fact: Fact, verdict: Verdict, place: object) -> tuple[Message, Message]:
    value = message("tile.change", value=fact.quantity)
    if fact.kind is FactKind.REFERENCE_CHANGE:
        return value, message("tile.reference", place=place)
    before = verdict.fact(FactKind.BASELINE)
    kind = "points" if fact.quantity.unit is Unit.POINTS else "count"
    since = before.when if before else None
    name = f"tile.since.{kind}" if before and before.when.months <= 1 else f"tile.in_a_year.{kind}"
    return value, message(name, period=since)


def _distance(fact: Fact, target: Target) -> tuple[Message, Message]:
    kind = "points" if fact.quantity.unit is Unit.POINTS else "count"
    way = "over" if fact.quantity.value > 0 else "under"
    mark = target.reference.name if target.reference else message("tile.the_target")
    return message("tile.size", value=fact.quantity), message(f"tile.{way}.{kind}", mark=mark)


def _moved(verdict: Verdict) -> Iterator[tuple[Message, Message]]:
    """One criterion of several in one tile: the figure now, and what it was."""
    figure, before = verdict.fact(FactKind.FIGURE), verdict.fact(FactKind.BASELINE)
    if figure is None or before is None:
        return
    yield (
        message("tile.value", value=figure.quantity),
        message("tile.before", period=figure.when, value=before.quantity, before=before.when),
    )
