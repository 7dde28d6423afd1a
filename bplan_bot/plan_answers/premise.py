"""Whether a question takes for granted what the plan says otherwise, and the sentence that says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bplan_bot.assess.rule_words import rules
from bplan_bot.fact import Fact, FactKind, observed
from bplan_bot.goal import BenchmarkLine, Goal
from bplan_bot.goal_status import own_targets
from bplan_bot.message import Message, message
from bplan_bot.observation import COUNTRY, Observation
from bplan_bot.picture import Picture
from bplan_bot.quantity import Quantity, Unit


class ClaimKind(StrEnum):
    """What a figure in a question is said to be."""

    TARGET = "target"
    FIGURE = "figure"
    RANK = "rank"
    GOALS = "goals"


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure named in a question; `theme` is the Theme.number where goals of one theme are counted, `line`
    the line of a benchmark whose rank it is, the whole's where none was named."""

    kind: ClaimKind
    quantity: Quantity
    theme: int | None = None
    line: BenchmarkLine | None = None


def premise(picture: Picture, claim: Claim, goal: Goal | None = None) -> Message | None:
    """The sentence that corrects a claim, about `goal` where it is about one; None where it is right, and
    where nothing is known that it could be held against."""
    if claim.kind is ClaimKind.GOALS:
        return _goals(picture, claim)
    if goal is None:
        return None
    match claim.kind:
        case ClaimKind.TARGET:
            return _target(goal, claim.quantity)
        case ClaimKind.RANK:
            return _rank(picture, goal, claim)
        case _:
            return _figure(picture, goal, claim.quantity)


def _goals(picture: Picture, claim: Claim) -> Message | None:
    """How many goals the plan or one of its themes has."""
    among = [goal for goal in picture.plan.goals if claim.theme in (None, goal.theme)]
    if claim.quantity.value == len(among):
        return None
    number = Fact(
        kind=FactKind.GOALS, quantity=Quantity(Decimal(len(among)), Unit.COUNT), operation="count_of_goals"
    )
    said = {"number": number.quantity, "claimed": claim.quantity, "n": len(among)}
    if claim.theme is None:
        return message("premise.goals", plan=picture.plan.title, **said)
    return message("premise.goals.theme", title=picture.plan.theme(claim.theme).title, **said)


def _target(goal: Goal, claimed: Quantity) -> Message | None:
    """The goal's own limit, where another was named; its wording, where it has none."""
    limits = _limits(goal)
    if claimed.value in limits | {Decimal(due) for due in _dues(goal)}:
        return None
    if not limits:
        return message("premise.no_limit", number=goal.number, claimed=claimed, target=goal.target_text)
    told = tuple(
        rule
        for (_, rule), target in zip(rules(goal), own_targets(goal.target), strict=True)
        if target.value is not None
    )
    return message("premise.target", number=goal.number, claimed=claimed, rules=told)


def _limits(goal: Goal) -> set[Decimal]:
    return {target.value for target in own_targets(goal.target) if target.value is not None}


def _dues(goal: Goal) -> Iterator[int]:
    parts = (part.target for part in goal.target.parts)
    return (target.due for target in (goal.target, *parts) if target.due is not None)


def _figure(picture: Picture, goal: Goal, claimed: Quantity) -> Message | None:
    """The goal's newest figure, where none of its figures and limits is the one that was named."""
    status = picture.of(goal)
    if not status.development or any(claimed.value in _sizes(one) for one in _known(picture, goal)):
        return None
    verdict = status.assessment.verdict
    of_parts = (fact for part in verdict.parts for fact in part.verdict.facts)
    facts = (*verdict.facts, *of_parts)
    if claimed.value in _limits(goal) | {size for fact in facts for size in _fact_sizes(fact)}:
        return None
    same = [one for one in status.development if _is_alike(one.now.quantity.unit, claimed.unit)]
    if not same:
        return None
    now = same[0].now
    return message(
        "premise.figure", number=goal.number, claimed=claimed, value=now.quantity, period=now.period
    )


def _is_alike(own: Unit, claimed: Unit) -> bool:
    """Whether both may be one figure; "36,7" is often said without its per cent."""
    return own is claimed or (own is Unit.PERCENT and claimed is Unit.COUNT)


def _known(picture: Picture, goal: Goal) -> Iterator[Observation]:
    areas = (picture.plan.area, COUNTRY)
    return (one for i in goal.indicators for area in areas for one in picture.series.of(i.key, area))


def _sizes(one: Observation) -> set[Decimal]:
    """A figure as it may be named: printed, exact, without decimals, and its parts."""
    found = [value for value in (one.value, one.amount, one.numerator, one.denominator) if value is not None]
    return {size for value in found for size in _as_named(value)}


def _fact_sizes(fact: Fact) -> set[Decimal]:
    return _as_named(abs(fact.quantity.value))


def _as_named(value: Decimal) -> set[Decimal]:
    """Exact, with one decimal and with none."""
    return {value, Quantity(value, Unit.COUNT).rounded(), Quantity(value, Unit.COUNT).rounded(0)}


def _rank(picture: Picture, goal: Goal, claim: Claim) -> Message | None:
    """The newest rank of the line, where another was named."""
    line = claim.line or next((line for line in goal.benchmark if line.whole), None)
    if line is None:
        return None
    reported = picture.series.of(line.rank, picture.plan.area)
    found = [observed(FactKind.FIGURE, goal.indicator(line.rank), one) for one in reported if one.amount]
    if not found or claim.quantity.value == found[-1].quantity.value:
        return None
    newest = found[-1]
    return message(
        "premise.rank",
        claimed=claim.quantity,
        rank=newest.quantity,
        label=line.label,
        period=newest.period,
    )
