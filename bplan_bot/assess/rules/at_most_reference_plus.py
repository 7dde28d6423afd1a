"""`at_most_reference_plus`: the own figure may lie above the reference, but by no more than N points."""

from decimal import Decimal

from bplan_bot.assess.assessment import Verdict
from bplan_bot.assess.evidence import Evidence
from bplan_bot.assess.sentences import against_reference
from bplan_bot.assess.standing import conclude, standing
from bplan_bot.fact import Fact, FactKind
from bplan_bot.message import Message, message
from bplan_bot.quantity import Quantity
from bplan_bot.target import Target

NEEDS = ("indicator", "reference", "value")


def judge(target: Target, evidence: Evidence) -> Verdict:
    """Met when the figure is at most the reference plus `value` percentage points (or units)."""
    indicator = evidence.indicator(target)
    figure = evidence.figure(target)
    reference = evidence.reference(figure, target)
    level = figure.difference(FactKind.DISTANCE, reference)
    margin = Quantity(target.value or Decimal(0), level.quantity.unit)
    threshold = Fact(
        kind=FactKind.THRESHOLD,
        quantity=reference.quantity.plus(margin.value),
        period=reference.period,
        operation="sum",
        of=(reference,),
    )
    over = figure.difference(FactKind.GAP, threshold)
    status = standing(over.quantity.value <= 0, figure, evidence=evidence)
    allowed = _margin(level, over, threshold, margin, subject=indicator.short_subject)
    reasons = (against_reference(figure, reference, indicator, target), allowed)
    facts = (figure, reference, level, threshold, over)
    return conclude(status, reasons=reasons, facts=facts, evidence=evidence)


def _margin(level: Fact, over: Fact, threshold: Fact, margin: Quantity, *, subject: object) -> Message:
    if over.quantity.value > 0:
        return message(
            "margin.exceeded",
            difference=level.quantity,
            margin=margin,
            subject=subject,
            limit=threshold.quantity,
            gap=over.quantity,
        )
    if level.quantity.value > 0:
        return message("margin.kept", difference=level.quantity, margin=margin)
    return message("margin.not_needed", margin=margin, subject=subject)
