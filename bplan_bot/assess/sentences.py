"""The sentences that several rules say about their figures."""

from dataclasses import replace
from decimal import Decimal

from bplan_bot.fact import Fact
from bplan_bot.goal import Indicator
from bplan_bot.message import Message, Phrase, message
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.target import Target


def stated(figure: Fact, indicator: Indicator) -> Message:
    """The figure in its indicator's own words, as in "I 2024 var 36,7 % ..."."""
    observation = figure.observation
    args: dict[str, object] = {"value": figure.quantity}
    text = indicator.statement
    if indicator.statement_of_parts and observation and observation.numerator is not None:
        text = indicator.statement_of_parts
        args["numerator"] = Quantity(observation.numerator, Unit.COUNT)
        args["denominator"] = Quantity(observation.denominator or Decimal(0), Unit.COUNT)
    return message("figure.stated", period=figure.period, statement=Phrase(text, args))


def against_last_year(figure: Fact, baseline: Fact, indicator: Indicator) -> Message:
    """The figure beside that of the year before, as in "326 ledige ... mod 288 i 2023"."""
    return message(
        "year_on_year.reason",
        stated=stated(figure, indicator),
        baseline=baseline.quantity,
        period=baseline.period,
    )


def against_reference(figure: Fact, reference: Fact, indicator: Indicator, target: Target) -> Message:
    """The figure beside the reference, as in "36,7 % ... mod 43,8 % på landsplan"."""
    return message(
        "reference.reason",
        stated=stated(figure, indicator),
        reference=reference.quantity,
        place=target.against.place,
    )


def distance(difference: Quantity) -> Message:
    """A difference with its sign as a word, as in "16 flere", "1,1 procentpoint lavere"."""
    if difference.value == 0:
        return message("difference.none")
    kind = "count" if difference.unit is Unit.COUNT else "level"
    way = "up" if difference.value > 0 else "down"
    return message(f"difference.{kind}.{way}", size=difference)


def movement(difference: Quantity) -> Message:
    """A movement as a verb: rose, fell, stood still."""
    way = "still" if difference.value == 0 else "up" if difference.value > 0 else "down"
    return message(f"moved.{way}")


def size(difference: Quantity) -> Quantity:
    """The difference without its sign, for sentences that carry the sign in words."""
    return replace(difference, value=abs(difference.value))
