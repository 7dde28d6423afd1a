"""The sums behind a verdict in words, and where a document printed another result than its own parts give."""

from collections.abc import Iterator

from bplan_bot.assess.assessment import Verdict
from bplan_bot.fact import Fact, FactKind
from bplan_bot.message import Message, message
from bplan_bot.quantity import Quantity

_SAID = {
    "difference": "derived.difference",
    "sum": "derived.limit",
    "per_year": "derived.pace",
    "pace": "derived.at_this_pace",
}


def sums(verdict: Verdict) -> Iterator[Message]:
    """A line for each figure that was calculated, and then those that a document printed otherwise."""
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
    for fact in verdict.facts:
        yield from _printed_otherwise(fact)


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
