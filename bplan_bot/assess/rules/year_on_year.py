"""`increase` and `decrease`: an own figure against the same months of the year before."""

from dataclasses import replace

from bplan_bot.assess.assessment import Verdict
from bplan_bot.assess.evidence import CannotTell, Evidence
from bplan_bot.assess.rules import reported_direction
from bplan_bot.assess.standing import (
    against_last_year,
    conclude,
    distance,
    gap_of,
    shortfall,
    standing,
)
from bplan_bot.fact import Fact, FactKind
from bplan_bot.message import message
from bplan_bot.status import Obstacle
from bplan_bot.target import Polarity, Target

NEEDS = ("indicator",)


def judge(target: Target, evidence: Evidence) -> Verdict:
    """Met when the figure moved the right way, however little; a reported direction stands in for figures."""
    latest = evidence.latest(target)
    if latest is not None and latest.direction is not None:
        return reported_direction.judge(target, evidence, latest)
    indicator = evidence.indicator(target)
    figure = evidence.figure(target, latest)
    baseline = _baseline(figure, target, evidence)
    change = figure.difference(FactKind.CHANGE, baseline)
    gap = gap_of(shortfall(change.quantity, target.polarity), change)
    status = standing(
        gap.quantity.value < 0,
        figure,
        evidence=evidence,
        target=target,
        undecided=change.quantity.value == 0,
    )
    way = "rise" if target.polarity is Polarity.HIGHER else "fall"
    aim = message(f"year_on_year.aim.{way}", subject=indicator.short_subject)
    moved = message("year_on_year.change", distance=distance(change.quantity), aim=aim)
    reasons = (against_last_year(figure, baseline, indicator), moved)
    return conclude(status, reasons=reasons, facts=(figure, baseline, change, gap), evidence=evidence)


def _baseline(figure: Fact, target: Target, evidence: Evidence) -> Fact:
    """The same months last year; for a growing count also all of last year, once it has passed that."""
    try:
        return evidence.baseline(figure, target)
    except CannotTell as lacking:
        growing = evidence.indicator(target).accumulates and target.polarity is Polarity.HIGHER
        if lacking.verdict.obstacle is not Obstacle.REFERENCE_MISSING or not growing:
            raise
        whole_year = evidence.series.at(
            target.indicator, evidence.plan.area, evidence.goal.assessed_on.year_before()
        )
        if whole_year is None or whole_year.amount is None or whole_year.amount >= figure.quantity.value:
            raise
        return replace(evidence.figure(target, whole_year), kind=FactKind.BASELINE)
