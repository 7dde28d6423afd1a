"""Reads what is written in the fields of a figure: its number, its parts, and whether they go together."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from bplan_bot.message import Message, message
from bplan_bot.notation.numbers import read_number
from bplan_bot.quantity import Quantity, Unit

LARGEST = Decimal(10_000_000)
"""More people than there are in Denmark: no count of this plan's reaches it."""


MOST_DECIMALS = 10
"""More is no figure anybody published, and more than can be calculated with exactly."""


class Field(StrEnum):
    """A field of the form."""

    PERIOD = "period"
    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    REASON = "reason"
    COLLEAGUE = "colleague"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody wrote, as they wrote it; empty where they wrote nothing."""

    period: str = ""
    value: str = ""
    numerator: str = ""
    denominator: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether no figure was written."""
        return not (self.value.strip() or self.numerator.strip() or self.denominator.strip())


@dataclass(frozen=True, slots=True)
class Values:
    """A figure in its unit as it was read, with its parts where they were written."""

    value: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, and what to write there."""

    field: Field
    said: Message


NumberReader = Callable[[str, Field, Unit], Decimal | Problem]
"""Reads the number in a field, of the unit it is for."""


def read_values(typed: Typed, unit: Unit) -> Values | Problem:
    """The figure in its unit with its parts, or the first thing that is wrong with how it is written."""
    return read_written(typed.value, typed.numerator, typed.denominator, unit, number=read_field)


def read_written(
    value: str, numerator: str, denominator: str, unit: Unit, *, number: NumberReader
) -> Values | Problem:
    """The same of three texts; `number` reads one of them as `read_field` does, and may remember it."""
    parts: tuple[Decimal, Decimal] | None = None
    if unit is Unit.PERCENT and (numerator.strip() or denominator.strip()):
        read = _parts(numerator, denominator, number)
        if isinstance(read, Problem):
            return read
        parts = read
    found = _value(value, parts, unit, number)
    if isinstance(found, Problem):
        return found
    return Values(found, parts[0], parts[1]) if parts else Values(found)


def _value(
    written: str, parts: tuple[Decimal, Decimal] | None, unit: Unit, number: NumberReader
) -> Decimal | Problem:
    """The value as written, or as its parts give it."""
    if parts and not written.strip():
        return _share(parts, Decimal("0.1"))
    value = number(written, Field.VALUE, unit)
    if isinstance(value, Problem) or not parts:
        return value
    # As exact as it is written: 82,7 must be what 48 of 58 rounds to, and 83 too.
    if _share(parts, value) == value:
        return value
    numerator, denominator = (Quantity(part, Unit.COUNT) for part in parts)
    exact = Quantity(_share(parts, Decimal("0.1")), Unit.PERCENT)
    typed = Quantity(value, Unit.PERCENT)
    return Problem(
        Field.VALUE,
        message(
            "figures.parts.differ", numerator=numerator, denominator=denominator, share=exact, typed=typed
        ),
    )


def _share(parts: tuple[Decimal, Decimal], exact: Decimal) -> Decimal:
    """The share with as many decimals as `exact` has."""
    numerator, denominator = parts
    return (100 * numerator / denominator).quantize(exact, rounding=ROUND_HALF_UP)


def _parts(
    written_numerator: str, written_denominator: str, number: NumberReader
) -> tuple[Decimal, Decimal] | Problem:
    """Numerator and denominator, of which at least one is written."""
    if not (written_numerator.strip() and written_denominator.strip()):
        lacking = Field.DENOMINATOR if written_numerator.strip() else Field.NUMERATOR
        return Problem(lacking, message("figures.parts.one_lacking"))
    numerator = number(written_numerator, Field.NUMERATOR, Unit.COUNT)
    denominator = number(written_denominator, Field.DENOMINATOR, Unit.COUNT)
    if isinstance(numerator, Problem):
        return numerator
    if isinstance(denominator, Problem):
        return denominator
    if not denominator:
        return Problem(Field.DENOMINATOR, message("figures.parts.nothing"))
    if numerator > denominator:
        part, whole = Quantity(numerator, Unit.COUNT), Quantity(denominator, Unit.COUNT)
        return Problem(Field.NUMERATOR, message("figures.parts.larger", numerator=part, denominator=whole))
    return numerator, denominator


def read_field(written: str, field: Field, unit: Unit) -> Decimal | Problem:
    """The number in a field, of the unit it is for; else the one thing that is wrong with it."""
    share = unit is Unit.PERCENT
    name = message(f"figures.field.{field}")
    example = Quantity(Decimal("36.7"), Unit.PERCENT) if share else Quantity(Decimal(38), Unit.COUNT)
    found = read_number(written)

    def problem(message_id: str) -> Problem:
        return Problem(field, message(message_id, field=name, example=example))

    if not written.strip():
        return problem("figures.blank")
    if found is None or _decimals(found.value) > MOST_DECIMALS:
        return problem("figures.not_a_number")
    if found.unit is Unit.POINTS or (found.unit is Unit.PERCENT and not share):
        return problem("figures.unit.share" if share else "figures.unit.count")
    if found.value < 0 or (unit is Unit.RANK and found.value == 0):
        return problem("figures.negative" if found.value < 0 else "figures.rank")
    if share and found.value > 100:
        return problem("figures.over_100")
    if not share and found.value != found.value.to_integral_value():
        return problem("figures.not_whole")
    if found.value >= LARGEST:
        return problem("figures.too_large")
    return found.value


def _decimals(value: Decimal) -> int:
    return -int(value.as_tuple().exponent)
