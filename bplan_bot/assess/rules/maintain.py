"""`maintain`: a level to be held, with the tolerance people agreed on, or none."""

from bplan_bot.assess.assessment import Verdict
from bplan_bot.assess.chance import half_as_much_again, within_chance
from bplan_bot.assess.evidence import Evidence
from bplan_bot.assess.sentences import against_last_year, distance
from bplan_bot.assess.standing import conclude, gap_of, shortfall, standing
from bplan_bot.fact import Fact, FactKind
from bplan_bot.message import message
from bplan_bot.quantity import Unit
from bplan_bot.status import Status
from bplan_bot.target import Target

NEEDS = ("indicator",)


def judge(target: Target, evidence: Evidence) -> Verdict:
    """Same or better is met. Worse: within the agreed tolerance met; without one, a person must judge what
    chance could explain (exact one-sided Poisson comparison at 95 %, never more than half as much again)."""
    indicator = evidence.indicator(target)
    figure = evidence.figure(target)
    baseline = evidence.baseline(figure, target)
    change = figure.difference(FactKind.CHANGE, baseline)
    gap = gap_of(shortfall(change.quantity, target.polarity), change)
    held, why = _held(gap, figure, baseline, target)
    status = Status.NEEDS_JUDGEMENT
    if held is not None:
        status = standing(held, figure, evidence=evidence)
    judged = message(why, distance=distance(change.quantity))
    reasons = (against_last_year(figure, baseline, indicator), judged)
    return conclude(status, reasons=reasons, facts=(figure, baseline, change, gap), evidence=evidence)


def _held(gap: Fact, figure: Fact, baseline: Fact, target: Target) -> tuple[bool | None, str]:
    """Whether the level was held (None: a person must say) and the sentence that says why."""
    if gap.quantity.value <= 0:
        return True, "maintain.held"
    if target.tolerance is not None:
        tolerated = gap.quantity.value <= target.tolerance.value
        return tolerated, "maintain.tolerated" if tolerated else "maintain.beyond_tolerance"
    before, now = baseline.quantity.value, figure.quantity.value
    if half_as_much_again(before, now):
        return False, "maintain.beyond_chance"
    if figure.quantity.unit is not Unit.COUNT:
        return None, "maintain.no_tolerance"
    if within_chance(before, now):
        return None, "maintain.within_chance"
    return False, "maintain.beyond_chance"
