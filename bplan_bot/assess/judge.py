"""Which rule decides a target, and the assessment of a goal by it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Protocol

from bplan_bot.assess.assessment import Assessment, Verdict
from bplan_bot.assess.chance import within_chance
from bplan_bot.assess.evidence import CannotTell, Evidence
from bplan_bot.assess.rules import (
    all_of,
    at_most_reference_plus,
    bar,
    below_expected,
    by_date,
    equals_reference,
    follows_reference,
    maintain,
    qualitative,
    year_on_year,
)
from bplan_bot.errors import Refused
from bplan_bot.fact import FactKind
from bplan_bot.goal import Goal, Plan
from bplan_bot.message import Message, message
from bplan_bot.observation import Series
from bplan_bot.quantity import Unit
from bplan_bot.status import Status
from bplan_bot.target import Polarity, Target


class Rule(Protocol):
    """A module of rules/: the fields of a Target it cannot do without, and its judgement."""

    NEEDS: tuple[str, ...]
    judge: Callable[[Target, Evidence], Verdict]


RULES = MappingProxyType(
    {
        "all_of": all_of,
        "at_least": bar,
        "at_most": bar,
        "at_most_reference_plus": at_most_reference_plus,
        "below_expected": below_expected,
        "by_date": by_date,
        "decrease": year_on_year,
        "equals_reference": equals_reference,
        "follows_reference": follows_reference,
        "increase": year_on_year,
        "maintain": maintain,
        "qualitative": qualitative,
    }
)
"""Target.type -> its module. A new rule is one new module and one line here."""


_WAYS = MappingProxyType(
    {
        "at_least": Polarity.HIGHER,
        "at_most": Polarity.LOWER,
        "at_most_reference_plus": Polarity.LOWER,
        "below_expected": Polarity.LOWER,
        "decrease": Polarity.LOWER,
        "increase": Polarity.HIGHER,
    }
)
"""Target.type -> the only polarity that it makes sense with."""


def check_target(target: Target) -> None:
    """Refuses a target of unknown type, without a field its rule needs, or whose polarity contradicts it."""
    rule = RULES.get(target.type)
    if rule is None:
        raise Refused("target.unknown_type", type=target.type, known=", ".join(RULES))
    for name in rule.NEEDS:
        if getattr(target, name) in (None, "", ()):
            raise Refused("target.lacks", type=target.type, field=name)
    if _contradicts_itself(target):
        raise Refused("target.lacks", type=target.type, field="polarity")
    if rule is by_date and target.inner and RULES.get(target.inner.type) is not bar:
        raise Refused("target.lacks", type=target.type, field="inner")
    for inner in (*(part.target for part in target.parts), *((target.inner,) if target.inner else ())):
        check_target(inner)


def _contradicts_itself(target: Target) -> bool:
    """Whether the type says one way and the polarity the other, as in "at most" with more as better."""
    way = _WAYS.get(target.type)
    return way is not None and way is not target.polarity


def judge(target: Target, evidence: Evidence) -> Verdict:
    """The verdict of the target's rule; a lacking figure gives its own status and reason."""
    try:
        if target.type == "all_of":
            verdict = all_of.judge(target, evidence, judge)
        else:
            rule: Rule = RULES[target.type]
            verdict = rule.judge(target, evidence)
    except CannotTell as lacking:
        verdict = lacking.verdict
    return _with_what_is_not_measured(verdict, target)


def assess(plan: Plan, goal: Goal, series: Series, today: date) -> Assessment:
    """Where a goal stands on `today` by the figures in `series` (known on that day)."""
    if goal.withdrawn and goal.withdrawn.day <= today:
        gone = goal.withdrawn
        reason = message("withdrawn.reason", day=gone.day, case=gone.case, why=gone.reason)
        return Assessment(goal=goal.number, verdict=Verdict(status=Status.WITHDRAWN, reasons=(reason,)))
    verdict = judge(goal.target, Evidence(plan, goal, series, today))
    return Assessment(goal=goal.number, verdict=verdict, chance=_chance(verdict))


def _with_what_is_not_measured(verdict: Verdict, target: Target) -> Verdict:
    """Says which part of a goal no figure covers. Unless it was decided to set that part aside, meeting the
    rest is not enough to call the goal met."""
    left_out = target.not_measured
    if left_out is None:
        return verdict
    said = message("not_measured.reason", what=left_out.what, why=left_out.why)
    status = verdict.status
    if left_out.set_aside is None and status in (Status.MET, Status.ON_TRACK):
        status = Status.NEEDS_JUDGEMENT
    return replace(verdict, status=status, reasons=(*verdict.reasons, said))


def _chance(verdict: Verdict) -> Message | None:
    """Whether a change in a small count is one that chance alone could give."""
    figure, before = verdict.fact(FactKind.FIGURE), verdict.fact(FactKind.BASELINE)
    if figure is None or before is None or figure.quantity.unit is not Unit.COUNT:
        return None
    if figure.quantity.value == before.quantity.value:
        return None
    if figure.when.months != before.when.months:
        return None  # half a year against a whole one: the comparison is of equally long periods
    if not within_chance(before.quantity.value, figure.quantity.value):
        return None
    return message("chance.explains", before=before.quantity, now=figure.quantity)
