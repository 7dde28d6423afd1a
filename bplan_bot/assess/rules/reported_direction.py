"""A movement told in words without a value: what it says of a goal that must rise or fall."""

from bplan_bot.assess.assessment import Verdict
from bplan_bot.assess.evidence import Evidence
from bplan_bot.message import message
from bplan_bot.observation import Direction, Observation
from bplan_bot.status import Status
from bplan_bot.target import Polarity, Target

_RISEN = {Direction.INCREASED: True, Direction.NOT_INCREASED: False, Direction.UNCHANGED: False}
_FALLEN = {Direction.DECREASED: True, Direction.NOT_DECREASED: False, Direction.UNCHANGED: False}


def judge(target: Target, evidence: Evidence, reported: Observation) -> Verdict:
    """Met or not by the direction alone. There is no figure, so there are no facts and no gap.

    "Not decreased" says nothing of a goal that must rise, so that needs a person.
    """
    indicator = evidence.indicator(target)
    told, other = (_RISEN, _FALLEN) if target.polarity is Polarity.HIGHER else (_FALLEN, _RISEN)
    direction = reported.direction or Direction.UNCHANGED  # only reports with a direction get here
    holds = told.get(direction, False if other.get(direction) else None)
    reasons = (
        message(
            f"direction.{direction}",
            source=evidence.source_name(indicator) or message("direction.source_unnamed"),
            subject=indicator.subject,
        ),
        message("direction.no_figures"),
    )
    final = evidence.covers(reported.period)
    if holds is None:
        undecided = (*reasons, message("direction.undecided"))
        return Verdict(status=Status.NEEDS_JUDGEMENT, reasons=undecided, provisional=not final)
    settled = Status.MET if holds else Status.NOT_MET
    pointing = Status.ON_TRACK if holds else Status.UNLIKELY
    return Verdict(status=settled if final else pointing, reasons=reasons, provisional=not final)
