"""How each figure of an answer came about, in lines: what "Hvorfor?" unfolds."""

from collections.abc import Iterator

from bplan_bot.assess.assessment import Verdict
from bplan_bot.fact import Fact, FactKind
from bplan_bot.goal import Goal, StatedAssessment
from bplan_bot.goal_status import GoalStatus
from bplan_bot.message import Message, message
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.target import Target

_SAID = {
    "difference": "derived.difference",
    "sum": "derived.limit",
    "per_year": "derived.pace",
    "pace": "derived.at_this_pace",
}


def derivations(status: GoalStatus) -> tuple[Message, ...]:
    """The rule in words, the sums behind it, what a document printed otherwise, whether chance could explain
    it, and what each of the three said: the figures, the administration, the committee."""
    verdict = status.assessment.verdict
    lines = list(_rules(status.goal))
    for one in [part.verdict for part in verdict.parts] or [verdict]:
        lines += _sums(one)
        lines += [line for fact in one.facts for line in _printed_otherwise(fact)]
    if status.assessment.chance:
        lines.append(status.assessment.chance)
    return (*lines, _statuses(status))


def _rules(goal: Goal) -> Iterator[Message]:
    """The rule in words; of several criteria each its own."""
    if goal.target.parts:
        yield message("derived.all_of")
    for part in goal.target.parts:
        yield message("derived.part_rule", label=part.label, rule=_rule(part.target, goal))
    if not goal.target.parts:
        yield message("derived.rule", rule=_rule(goal.target, goal))


def _rule(target: Target, goal: Goal) -> Message:
    inner = target.inner or target
    return message(
        f"rule.{target.type}",
        limit=_limit(inner, goal),
        margin=_margin(inner, goal),
        reference=target.reference.name if target.reference else None,
        due=target.due,
    )


def _limit(target: Target, goal: Goal) -> Message | None:
    if target.type not in ("at_least", "at_most") or target.value is None:
        return None
    value = Quantity(target.value, goal.indicator(target.indicator).unit)
    return message(f"limit.{target.type}.strict" if target.strict else f"limit.{target.type}", value=value)


def _margin(target: Target, goal: Goal) -> Quantity | None:
    """The distance a reference may be passed by, in the unit of a difference."""
    if target.value is None or target.reference is None:
        return None
    unit = goal.indicator(target.indicator).unit
    return Quantity(target.value, Unit.POINTS if unit is Unit.PERCENT else unit)


def _statuses(status: GoalStatus) -> Message:
    def said(stated: StatedAssessment | None) -> Message:
        return message(f"status.{stated.status}") if stated else message("derived.nothing")

    if status.handled_only:
        return message("derived.handled", handled=said(status.handled))
    return message(
        "derived.statuses",
        computed=message(f"status.{status.assessment.status}"),
        judged=said(status.judged),
        handled=said(status.handled),
    )


def _sums(verdict: Verdict) -> Iterator[Message]:
    for fact in verdict.facts:
        name = _SAID.get(fact.operation)
        if name is None:
            continue
        first, *rest = fact.of
        yield message(
            name,
            result=fact.quantity,
            first=first.quantity,
            second=rest[0].quantity if rest else None,
            period=fact.period,
        )
    change, other = verdict.fact(FactKind.CHANGE), verdict.fact(FactKind.REFERENCE_CHANGE)
    if change and other:
        yield message("derived.compared", first=change.quantity, second=other.quantity)


def _printed_otherwise(fact: Fact) -> Iterator[Message]:
    """A share that its own numerator and denominator give otherwise than the document prints it."""
    seen = fact.observation
    if seen is None or seen.value is None or seen.numerator is None:
        return
    if fact.quantity.rounded() != seen.value:
        yield message(
            "derived.printed",
            printed=Quantity(seen.value, fact.quantity.unit),
            right=fact.quantity,
            numerator=Quantity(seen.numerator, fact.quantity.unit),
            denominator=Quantity(seen.denominator or seen.numerator, fact.quantity.unit),
            period=fact.when,
        )
