"""Lists of goals by the source of their figures, how often they are followed up, and how they are judged."""

from collections.abc import Callable
from enum import StrEnum

from bplan_bot.answers import GoalsAnswer
from bplan_bot.goal import Goal
from bplan_bot.goal_status import own_targets
from bplan_bot.message import Message, message
from bplan_bot.observation import COUNTRY
from bplan_bot.picture import Picture
from bplan_bot.target import Target

_ON_CHANGE = frozenset({"increase", "decrease", "maintain", "follows_reference"})


class Basis(StrEnum):
    """What a goal is judged on. One goal may be judged on several of them."""

    CHANGE = "change"
    LIMIT = "limit"
    COUNTRY = "country"
    REFERENCE = "reference"
    DUE = "due"
    STAND_IN = "stand_in"


def of_sources(picture: Picture, keys: tuple[str, ...]) -> GoalsAnswer:
    """The goals with a figure from one of these sources (their keys); KeyError for a stranger."""
    names = tuple(picture.plan.source(key).name for key in keys)
    heading = message(
        "heading.source", sources=tuple(message("text.as_written", text=name) for name in names)
    )
    return _listed(picture, heading, lambda goal: bool(set(keys) & _sources(goal)))


def without_source(picture: Picture) -> GoalsAnswer:
    """The goals whose source the plan does not tell."""
    return _listed(picture, message("heading.no_source"), lambda goal: not _sources(goal))


def followed_up(picture: Picture, times: tuple[int, ...]) -> GoalsAnswer:
    """The goals that are followed up so many times a year (1, 2 or 4)."""
    told = tuple(message(f"heading.times.{each}") for each in times)
    return _listed(picture, message("heading.rhythm", times=told), lambda goal: goal.times_a_year in times)


def without_rhythm(picture: Picture) -> GoalsAnswer:
    """The goals of which the plan does not tell how often they are followed up."""
    return _listed(picture, message("heading.no_rhythm"), lambda goal: goal.times_a_year is None)


def judged_on(picture: Picture, basis: Basis) -> GoalsAnswer:
    """The goals that are judged on a change, a fixed limit, the country, any reference or a later year, or
    that are measured by something else than they are about."""
    return _listed(picture, message(f"heading.basis.{basis}"), lambda goal: _is_judged_on(goal, basis))


def _listed(picture: Picture, heading: Message, wanted: Callable[[Goal], bool]) -> GoalsAnswer:
    return GoalsAnswer(
        plan=picture.plan,
        heading=heading,
        goals=tuple(picture.of(goal) for goal in picture.plan.goals if wanted(goal)),
        handled_only=picture.handled_only,
    )


def _sources(goal: Goal) -> set[str]:
    named = (goal.source, *(indicator.source for indicator in goal.indicators))
    return {key for key in named if key}


def _is_judged_on(goal: Goal, basis: Basis) -> bool:
    if basis is Basis.DUE:
        return any(target.due is not None for target in (goal.target, *_parts(goal)))
    if basis is Basis.STAND_IN:
        return goal.measured_by is not None
    return any(_rule_is(target, basis) for target in own_targets(goal.target))


def _parts(goal: Goal) -> tuple[Target, ...]:
    return tuple(part.target for part in goal.target.parts)


def _rule_is(target: Target, basis: Basis) -> bool:
    match basis:
        case Basis.CHANGE:
            return target.type in _ON_CHANGE
        case Basis.LIMIT:
            return target.type in ("at_least", "at_most")
        case Basis.REFERENCE:
            return target.reference is not None
        case _:
            return target.reference is not None and target.reference.area == COUNTRY
