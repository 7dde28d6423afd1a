"""How each figure of an answer came about, in lines: what "Hvorfor?" unfolds."""

from collections.abc import Iterator

from bplan_bot.assess.assessment import Verdict
from bplan_bot.fact import Fact, FactKind
from bplan_bot.goal_status import GoalStatus
from bplan_bot.message import Message, message

_SAID = {
    "difference": "derived.difference",
    "sum": "derived.limit",
    "per_year": "derived.pace",
    "pace": "derived.at_this_pace",
}


def derivations(status: GoalStatus) -> tuple[Message, ...]:
    """The rule in words, the sums behind it, what a source printed otherwise, and whether chance could
    explain it."""
    verdict = status.assessment.verdict
    lines = [message("derived.rule", target=status.goal.target_text)]
    for one in [part.verdict for part in verdict.parts] or [verdict]:
        lines += _sums(one)
        lines += [m for fact in one.facts for m in _printed_otherwise(fact)]
    chance = status.assessment.chance
    return (*lines, *((chance,) if chance else ()))


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
            printed=type(fact.quantity)(seen.value, fact.quantity.unit),
            right=fact.quantity,
            numerator=type(fact.quantity)(seen.numerator, fact.quantity.unit),
            denominator=type(fact.quantity)(seen.denominator or seen.numerator, fact.quantity.unit),
            period=fact.when,
        )
