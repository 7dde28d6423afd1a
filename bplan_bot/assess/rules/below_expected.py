"""`below_expected`: fewer than a calculated number that was expected."""

from bplan_bot.assess.assessment import Verdict
from bplan_bot.assess.evidence import Evidence
from bplan_bot.assess.sentences import distance, stated
from bplan_bot.assess.standing import conclude, gap_of, standing
from bplan_bot.fact import FactKind
from bplan_bot.message import message
from bplan_bot.target import Target

NEEDS = ("indicator", "reference")


def judge(target: Target, evidence: Evidence) -> Verdict:
    """Met when the figure is below the expected one of the same period; as many as expected is not."""
    indicator = evidence.indicator(target)
    figure = evidence.figure(target)
    expected = evidence.reference(figure, target)
    away = figure.difference(FactKind.DISTANCE, expected)
    gap = gap_of(away.quantity, away)
    status = standing(away.quantity.value < 0, figure, evidence=evidence)
    compared = message("expected.differs", distance=distance(away.quantity))
    if away.quantity.value == 0:
        compared = message("expected.equal")
    reasons = (
        message("expected.reason", stated=stated(figure, indicator), expected=expected.quantity),
        compared,
    )
    return conclude(status, reasons=reasons, facts=(figure, expected, away, gap), evidence=evidence)
