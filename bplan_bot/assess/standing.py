"""What several rules share: turning "does it hold" into a status, and stating a figure in a sentence."""

from dataclasses import replace
from decimal import Decimal

from bplan_bot.assess.assessment import Verdict
from bplan_bot.assess.evidence import Evidence
from bplan_bot.fact import Fact, FactKind
from bplan_bot.goal import Indicator
from bplan_bot.message import Message, Phrase, message
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.status import Status
from bplan_bot.target import Polarity, Target


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


def against_last_year(figure: Fact, baseline: Fact, indicator: Indicator) -> Message:
    """Say "I 2024 startede 326 ledige ... mod 288 i 2023."."""
    return message(
        "year_on_year.reason",
        stated=stated(figure, indicator),
        baseline=baseline.quantity,
        period=baseline.period,
    )


def against_reference(figure: Fact, reference: Fact, indicator: Indicator, target: Target) -> Message:
    """Say "I 2024 var 36,7 % ... mod 43,8 % på landsplan."""
    return message(
        "reference.reason",
        stated=stated(figure, indicator),
        reference=reference.quantity,
        place=target.against.place,
    )


def size(difference: Quantity) -> Quantity:
    """The difference without its sign, for sentences that carry the sign in words."""
    return replace(difference, value=abs(difference.value))


def shortfall(difference: Quantity, polarity: Polarity) -> Quantity:
    """How far a figure is on the wrong side, from figure minus mark: positive when it falls short."""
    if polarity is Polarity.NEITHER:
        return size(difference)
    return -difference if polarity is Polarity.HIGHER else difference


def stated(figure: Fact, indicator: Indicator) -> Message:
    """The figure in its indicator's own words: "I 2024 var 36,7 % ..."."""
    observation = figure.observation
    args: dict[str, object] = {"value": figure.quantity}
    text = indicator.statement
    if indicator.statement_of_parts and observation and observation.numerator is not None:
        text = indicator.statement_of_parts
        args["numerator"] = Quantity(observation.numerator, Unit.COUNT)
        args["denominator"] = Quantity(observation.denominator or Decimal(0), Unit.COUNT)
    return message("figure.stated", period=figure.period, statement=Phrase(text, args))


def distance(difference: Quantity) -> Message:
    """A difference in words, the sign as a word: "16 flere", "1,1 procentpoint lavere"."""
    if difference.value == 0:
        return message("difference.none")
    kind = "count" if difference.unit is Unit.COUNT else "level"
    way = "up" if difference.value > 0 else "down"
    return message(f"difference.{kind}.{way}", size=difference)


def movement(difference: Quantity) -> Message:
    """A movement as a verb: rose, fell, stood still."""
    way = "still" if difference.value == 0 else "up" if difference.value > 0 else "down"
    return message(f"moved.{way}")
