"""`increase` and `decrease`: an own figure against the same months of the year before."""

from bplan_bot.assess.assessment import Verdict
from bplan_bot.assess.evidence import Evidence
from bplan_bot.assess.rules import reported_direction
from bplan_bot.assess.sentences import against_last_year, distance
from bplan_bot.assess.standing import conclude, gap_of, shortfall, standing
from bplan_bot.fact import Fact, FactKind
from bplan_bot.message import message
from bplan_bot.target import Polarity, Target

NEEDS = ("indicator",)


def judge(target: Target, evidence: Evidence) -> Verdict:
    """Met when the figure moved the right way, however little; a reported direction stands in for figures."""
    latest = evidence.latest(target)
    if latest is not None and latest.direction is not None:
        return reported_direction.judge(target, evidence, latest)
    indicator = evidence.indicator(target)
    figure = evidence.figure(target, latest)
    passed = _last_year_if_passed(figure, target, evidence)
    baseline = passed or evidence.baseline(figure, target)
    change = figure.difference(FactKind.CHANGE, baseline)
    gap = gap_of(shortfall(change.quantity, target.polarity), change)
    status = standing(
        gap.quantity.value < 0,
        figure,
        evidence=evidence,
        settled=passed is not None,
        undecided=change.quantity.value == 0,
    )
    way = "rise" if target.polarity is Polarity.HIGHER else "fall"
    aim = message(f"year_on_year.aim.{way}", subject=indicator.short_subject)
    moved = message("year_on_year.change", distance=distance(change.quantity), aim=aim)
    reasons = (against_last_year(figure, baseline, indicator), moved)
    return conclude(status, reasons=reasons, facts=(figure, baseline, change, gap), evidence=evidence)


def _last_year_if_passed(figure: Fact, target: Target, evidence: Evidence) -> Fact | None:
    """All of last year, once a count that is still growing settles the goal against it: it has risen past
    it, or has come as far where it should have stayed below."""
    if not evidence.is_growing(figure, target):
        return None
    last_year = evidence.whole_year_before(figure, target)
    if last_year is None:
        return None
    so_far, then = figure.quantity.value, last_year.quantity.value
    settled = so_far > then if target.polarity is Polarity.HIGHER else so_far >= then
    return last_year if settled else None
