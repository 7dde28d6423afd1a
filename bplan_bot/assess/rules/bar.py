"""`at_least` and `at_most`: a figure against a fixed bar, strict ("mere end") or not ("mindst")."""

from dataclasses import replace
from decimal import Decimal

from bplan_bot.assess.assessment import Verdict
from bplan_bot.assess.evidence import Evidence
from bplan_bot.assess.sentences import size, stated
from bplan_bot.assess.standing import conclude, gap_of, shortfall, standing
from bplan_bot.fact import Fact, FactKind
from bplan_bot.message import Message, message
from bplan_bot.period import Period
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.status import Status
from bplan_bot.target import Polarity, Target

NEEDS = ("indicator", "value")


def passes(amount: Decimal, target: Target) -> bool:
    """Whether an amount is on the right side of the bar."""
    bar = target.value or Decimal(0)
    if target.strict:
        return amount > bar if target.polarity is Polarity.HIGHER else amount < bar
    return amount >= bar if target.polarity is Polarity.HIGHER else amount <= bar


def limit(target: Target, bar: Quantity) -> Message:
    """The bar in words: "mindst 80 %", "mere end 80 %", "højst 10 %", "under 10 %"."""
    way = "at_least" if target.polarity is Polarity.HIGHER else "at_most"
    return message(f"limit.{way}.strict" if target.strict else f"limit.{way}", value=bar)


def bar_facts(figure: Fact, target: Target) -> tuple[Fact, Fact, Fact]:
    """The bar, the distance to it, and the gap (positive when short of it)."""
    bar = Quantity(target.value or Decimal(0), figure.quantity.unit, figure.quantity.noun)
    threshold = Fact(kind=FactKind.THRESHOLD, quantity=bar)
    away = figure.difference(FactKind.DISTANCE, threshold)
    return threshold, away, gap_of(shortfall(away.quantity, target.polarity), away)


def judge(target: Target, evidence: Evidence) -> Verdict:
    """Met when the figure passes the bar. A count still growing has met a floor, or missed a ceiling, for
    good once it is past it; until then it is judged by where its pace leads."""
    indicator = evidence.indicator(target)
    figure = evidence.figure(target)
    threshold, away, gap = bar_facts(figure, target)
    facts: tuple[Fact, ...] = (figure, threshold, away, gap)
    bar = limit(target, threshold.quantity)
    reasons = [message("bar.reason", stated=stated(figure, indicator), limit=bar), _distance(away)]
    holds = passes(figure.quantity.value, target)
    growing = evidence.is_growing(figure, target)
    settled = growing and holds == (target.polarity is Polarity.HIGHER)
    status = standing(holds, figure, evidence=evidence, settled=settled)
    if growing and not settled:
        ahead = _at_this_pace(figure, evidence)
        facts = (*facts, ahead)
        reasons.append(message("bar.pace", value=ahead.quantity, period=evidence.goal.assessed_on))
        status = Status.ON_TRACK if passes(ahead.quantity.value, target) else Status.UNLIKELY
    return conclude(status, reasons=tuple(reasons), facts=facts, evidence=evidence)


def _distance(away: Fact) -> Message:
    way = "equal" if away.quantity.value == 0 else "over" if away.quantity.value > 0 else "under"
    return message(f"bar.{way}", distance=size(away.quantity))


def _at_this_pace(figure: Fact, evidence: Evidence) -> Fact:
    """What a growing count comes to in the assessed period if it keeps its pace, in days; a share never
    comes to more than all."""
    whole = evidence.goal.assessed_on
    reached = figure.quantity.value * _days(whole) / _days(figure.when)
    if figure.quantity.unit is Unit.PERCENT:
        reached = min(reached, Decimal(100))
    quantity = replace(figure.quantity, value=reached)
    return Fact(kind=FactKind.PACE, quantity=quantity, period=whole, operation="pace", of=(figure,))


def _days(period: Period) -> int:
    return (period.end - period.start).days + 1
