"""`equals_reference`: the own figure must be on the reference's level, or better where one way is better."""

from decimal import Decimal

from bplan_bot.assess.assessment import Verdict
from bplan_bot.assess.evidence import Evidence
from bplan_bot.assess.sentences import against_reference, size
from bplan_bot.assess.standing import conclude, gap_of, shortfall, standing
from bplan_bot.fact import FactKind
from bplan_bot.message import message
from bplan_bot.target import Target

NEEDS = ("indicator", "reference")


def judge(target: Target, evidence: Evidence) -> Verdict:
    """Met when the figure is as good as the reference in the same period, within an agreed tolerance."""
    indicator = evidence.indicator(target)
    figure = evidence.figure(target)
    reference = evidence.reference(figure, target)
    level = figure.difference(FactKind.DISTANCE, reference)
    short = shortfall(level.quantity, target.polarity)
    tolerated = target.tolerance.value if target.tolerance else Decimal(0)
    gap = gap_of(short, level)
    status = standing(short.value <= tolerated, figure, evidence=evidence)
    way = "equal" if level.quantity.value == 0 else "over" if level.quantity.value > 0 else "under"
    placed = message(
        f"equals.{way}",
        subject=indicator.short_subject,
        reference=target.against.name,
        distance=size(level.quantity),
    )
    reasons = (against_reference(figure, reference, indicator, target), placed)
    return conclude(status, reasons=reasons, facts=(figure, reference, level, gap), evidence=evidence)
