"""`follows_reference`: the own figure must move as well as the reference's, whatever their levels."""

from dataclasses import replace

from bplan_bot.assess.assessment import Verdict
from bplan_bot.assess.evidence import Evidence
from bplan_bot.assess.sentences import movement, size
from bplan_bot.assess.standing import conclude, gap_of, shortfall, standing
from bplan_bot.fact import Fact, FactKind
from bplan_bot.message import Message, message
from bplan_bot.period import PeriodKind
from bplan_bot.target import Target

NEEDS = ("indicator", "reference")
_SHORT = frozenset({PeriodKind.YEAR, PeriodKind.MONTH, PeriodKind.POINT, PeriodKind.QUARTER})
"""Periods short enough to be said twice in one sentence."""


def judge(target: Target, evidence: Evidence) -> Verdict:
    """Met when the own change since the year before is no worse than the reference's, by polarity."""
    figure = evidence.figure(target)
    baseline = evidence.baseline(figure, target)
    reference = evidence.reference(figure, target)
    reference_baseline = evidence.reference_baseline(figure, target)
    change = figure.difference(FactKind.CHANGE, baseline)
    reference_change = reference.difference(FactKind.REFERENCE_CHANGE, reference_baseline)
    level = figure.difference(FactKind.DISTANCE, reference)
    behind = replace(change.quantity, value=change.quantity.value - reference_change.quantity.value)
    gap = gap_of(shortfall(behind, target.polarity), change, reference_change)
    status = standing(gap.quantity.value <= 0, figure, evidence=evidence)
    facts = (figure, baseline, reference, reference_baseline, change, reference_change, level, gap)
    reasons = (_moved(facts, target, evidence), _level(level, gap, target, evidence))
    return conclude(status, reasons=reasons, facts=facts, evidence=evidence)


def _moved(facts: tuple[Fact, ...], target: Target, evidence: Evidence) -> Message:
    figure, baseline, reference, reference_baseline, change, reference_change, *_ = facts
    name = "follows.reason" if figure.when.kind in _SHORT else "follows.reason_window"
    return message(
        name,
        subject=evidence.indicator(target).subject,
        moved=movement(change.quantity),
        before=baseline.quantity,
        before_period=baseline.period,
        now=figure.quantity,
        period=figure.period,
        change=change.quantity,
        place=target.against.place,
        reference_moved=movement(reference_change.quantity),
        reference_before=reference_baseline.quantity,
        reference_now=reference.quantity,
        reference_change=reference_change.quantity,
    )


def _level(level: Fact, gap: Fact, target: Target, evidence: Evidence) -> Message:
    """The level is told too, since readers see it first; above all where it points the other way."""
    name = target.against.name
    if level.quantity.value == 0:
        return message("follows.level.equal", reference=name)
    way = "over" if level.quantity.value > 0 else "under"
    better_level = shortfall(level.quantity, target.polarity).value < 0
    away = size(level.quantity)
    if better_level and gap.quantity.value > 0:
        return message(
            f"follows.still.{way}", municipality=evidence.plan.short_name, distance=away, reference=name
        )
    return message(f"follows.level.{way}", distance=away, reference=name)
