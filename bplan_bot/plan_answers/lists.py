"""Lists of goals by source, follow-up, what they are judged on, and who has judged or handled them."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from bplan_bot.access import OF_GOALS, Person
from bplan_bot.answers import GoalsAnswer
from bplan_bot.goal import Goal
from bplan_bot.goal_status import GoalStatus, own_targets
from bplan_bot.message import Message, message
from bplan_bot.observation import COUNTRY
from bplan_bot.picture import Picture
from bplan_bot.status import Status
from bplan_bot.target import Target

_ON_CHANGE = frozenset({"increase", "decrease", "maintain", "follows_reference"})
_NO_FIGURES = frozenset({"qualitative", "reported_direction"})


class Kind(StrEnum):
    """What the goals of a list have in common: what they are judged on (one goal may be judged on several),
    what the plan does not tell of them, who has dealt with them, or whose they are."""

    CHANGE = "change"
    LEVEL = "level"
    LIMIT = "limit"
    COUNTRY = "country"
    REFERENCE = "reference"
    DUE = "due"
    STAND_IN = "stand_in"
    NO_SOURCE = "no_source"
    NO_RHYTHM = "no_rhythm"
    HANDLED = "handled"
    NOT_HANDLED = "not_handled"
    JUDGED = "judged"
    OWN = "own"


def of_sources(picture: Picture, keys: tuple[str, ...]) -> GoalsAnswer:
    """The goals with a figure from one of these sources (their keys); KeyError for a stranger."""
    names = tuple(picture.plan.source(key).name for key in keys)
    heading = message(
        "heading.source", sources=tuple(message("text.as_written", text=name) for name in names)
    )
    return _listed(picture, heading, lambda goal: bool(set(keys) & _sources(goal)))


def followed_up(picture: Picture, times: tuple[int, ...]) -> GoalsAnswer:
    """The goals that are followed up so many times a year (1, 2 or 4)."""
    told = tuple(message(f"heading.times.{each}") for each in times)
    return _listed(picture, message("heading.rhythm", times=told), lambda goal: goal.times_a_year in times)


def of_kind(picture: Picture, kind: Kind) -> GoalsAnswer:
    """The goals of that kind; for one's `OWN` see `of_person`."""
    return _listed(picture, message(f"heading.kind.{kind}"), lambda goal: _is_of_kind(picture, goal, kind))


def of_person(picture: Picture, person: Person) -> GoalsAnswer:
    """The goals that somebody has a role on."""
    return _listed(picture, message("heading.kind.own"), lambda goal: person.has_for(goal.number, *OF_GOALS))


def _listed(picture: Picture, heading: Message, wanted: Callable[[Goal], bool]) -> GoalsAnswer:
    goals = tuple(picture.of(goal) for goal in picture.plan.goals if wanted(goal))
    return GoalsAnswer(
        plan=picture.plan,
        heading=heading,
        goals=goals,
        handled_only=picture.handled_only,
        tally=met_among(goals),
    )


def met_among(goals: Sequence[GoalStatus]) -> Message | None:
    """How many of these goals are met; None of a single one, whose status says it."""
    met = sum(goal.leading.status is Status.MET for goal in goals)
    return message("overview.met", met=met, n=len(goals)) if len(goals) > 1 else None


def _sources(goal: Goal) -> set[str]:
    named = (goal.source, *(indicator.source for indicator in goal.indicators))
    return {key for key in named if key}


def _is_of_kind(picture: Picture, goal: Goal, kind: Kind) -> bool:
    match kind:
        case Kind.NO_SOURCE:
            return not _sources(goal)
        case Kind.NO_RHYTHM:
            return goal.times_a_year is None
        case Kind.HANDLED | Kind.NOT_HANDLED:
            return (picture.of(goal).handled is not None) is (kind is Kind.HANDLED)
        case Kind.JUDGED:
            return picture.of(goal).judged is not None
        case Kind.DUE:
            return any(target.due is not None for target in (goal.target, *_parts(goal)))
        case Kind.STAND_IN:
            return goal.measured_by is not None
        case _:
            return any(_rule_is(target, kind) for target in own_targets(goal.target))


def _parts(goal: Goal) -> tuple[Target, ...]:
    return tuple(part.target for part in goal.target.parts)


def _rule_is(target: Target, kind: Kind) -> bool:
    match kind:
        case Kind.CHANGE:
            return target.type in _ON_CHANGE
        case Kind.LEVEL:
            return target.type not in _ON_CHANGE | _NO_FIGURES
        case Kind.LIMIT:
            return target.type in ("at_least", "at_most")
        case Kind.REFERENCE:
            return target.reference is not None
        case _:
            return target.reference is not None and target.reference.area == COUNTRY
