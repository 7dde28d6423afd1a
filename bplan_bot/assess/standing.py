"""What several rules share: turning "does it hold" into a status, a gap and a verdict."""

from dataclasses import replace

from bplan_bot.assess.assessment import Verdict
from bplan_bot.assess.evidence import Evidence
from bplan_bot.fact import Fact, FactKind
from bplan_bot.message import Message
from bplan_bot.quantity import Quantity
from bplan_bot.status import Status
from bplan_bot.target import Polarity


def standing(
    holds: bool, figure: Fact, *, evidence: Evidence, settled: bool = False, undecided: bool = False
) -> Status:
    """The status of a rule that holds or not on figures that may fall short of the assessed period.

    Such figures only point to a status, unless the rule says it is `settled`: a count that can only rise
    has passed its mark for good.
    """
    if settled or evidence.is_final(figure):
        return Status.MET if holds else Status.NOT_MET
    if undecided:
        return Status.AT_RISK
    return Status.ON_TRACK if holds else Status.UNLIKELY


def conclude(
    status: Status,
    *,
    reasons: tuple[Message, ...],
    facts: tuple[Fact, ...],
    evidence: Evidence,
) -> Verdict:
    """The verdict on the figure that `facts` begins with. It is provisional, and says which part of the
    period is lacking, while that figure falls short of the period and nothing was settled early."""
    figure = facts[0]
    settled = status in (Status.MET, Status.NOT_MET)
    provisional = not settled and not evidence.is_final(figure)
    rest = evidence.missing_rest(figure) if provisional else ()
    return Verdict(status=status, reasons=(*reasons, *rest), facts=facts, provisional=provisional)


def gap_of(size: Quantity, *of: Fact) -> Fact:
    """The gap to the target, positive when short of it, with the facts it was made of."""
    return Fact(kind=FactKind.GAP, quantity=size, period=of[0].period, operation="gap", of=of)


def shortfall(difference: Quantity, polarity: Polarity) -> Quantity:
    """How far a figure is on the wrong side, from figure minus mark: positive when it falls short."""
    if polarity is Polarity.NEITHER:
        return replace(difference, value=abs(difference.value))
    return -difference if polarity is Polarity.HIGHER else difference
