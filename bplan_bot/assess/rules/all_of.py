"""`all_of`: several criteria that must all hold; the whole stands where its worst part stands."""

from collections.abc import Callable

from bplan_bot.assess.assessment import PartVerdict, Verdict
from bplan_bot.assess.evidence import Evidence
from bplan_bot.status import WORST_FIRST
from bplan_bot.target import Target

NEEDS = ("parts",)


def judge(target: Target, evidence: Evidence, judge_part: Callable[[Target, Evidence], Verdict]) -> Verdict:
    """Judges each part by its own rule. The whole has no figure or gap of its own; a part nobody reported
    keeps it from being plainly met."""
    parts = tuple(
        PartVerdict(part.label, part.target.indicator, judge_part(part.target, evidence))
        for part in target.parts
    )
    worst = min((part.verdict for part in parts), key=_weight)
    return Verdict(
        status=worst.status,
        reasons=tuple(dict.fromkeys(reason for part in parts for reason in part.verdict.reasons)),
        obstacle=worst.obstacle,
        provisional=worst.provisional,
        due=worst.due,
        parts=parts,
    )


def _weight(verdict: Verdict) -> tuple[int, bool]:
    """The less, the worse. Missed now is worse than missed so far with years to go."""
    return WORST_FIRST.index(verdict.status), verdict.due is not None
