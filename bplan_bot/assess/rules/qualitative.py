"""`qualitative`: a goal that no figure decides; a person must judge it."""

from bplan_bot.assess.assessment import Verdict
from bplan_bot.assess.evidence import Evidence
from bplan_bot.message import message
from bplan_bot.status import Status
from bplan_bot.target import Target

NEEDS: tuple[str, ...] = ()


def judge(target: Target, evidence: Evidence) -> Verdict:
    """Always needs a judgement; what the municipality wrote is kept beside it as stated."""
    return Verdict(status=Status.NEEDS_JUDGEMENT, reasons=(message("qualitative.reason"),))
