"""Reads and writes figures: "2.066", "36,7 %", "1,6 procentpoint"."""

import re
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import get_args

from babel.numbers import get_decimal_symbol, get_group_symbol

from bplan_bot.local_text import Language
from bplan_bot.quantity import Quantity, Unit

MINUS = "\N{MINUS SIGN}"

_NUMBER = re.compile(
    r"""(?P<sign>[+\-\N{MINUS SIGN}]?)\s*
        (?P<whole>[1-9]\d{0,2}(?:[.\s]\d{3})+|\d+)(?:(?P<mark>[,.])(?P<decimals>\d+))?\s*
        (?P<unit>%\s*-?\s*point|pct\.?\s*-?\s*point|procent\s*-?\s*point|percentage\s+points?|pp\b|%|pct\.?|procent\b|per\s?cent\b)?""",
    re.VERBOSE | re.IGNORECASE,
)


_MARKS = {
    language: str.maketrans({",": get_group_symbol(language), ".": get_decimal_symbol(language)})
    for language in get_args(Language)
}
"""From the marks of Python's notation to those of a language. Babel knows them; its own formatting parses
a pattern for each number, and a card has dozens."""


def read_number(text: str) -> Quantity | None:
    """The one figure that `text` is, in Danish notation; None when it is anything else or more.

    A point groups thousands ("2.066"); before one, two or four digits, or after a lone nought, it is taken
    for the decimal mark that foreign keyboards give ("36.7", "0.125"). Without a unit it is a count.
    """
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    whole = re.sub(r"[.\s]", "", match["whole"])
    value = Decimal(f"{whole}.{match['decimals']}" if match["decimals"] else whole)
    return Quantity(-value if match["sign"] in ("-", MINUS) else value, _unit(match["unit"]))


def _unit(written: str | None) -> Unit:
    if not written:
        return Unit.COUNT
    return Unit.POINTS if "point" in written.lower() or written.lower() == "pp" else Unit.PERCENT


def write_decimal(value: Decimal, language: Language, *, signed: bool = False) -> str:
    """The number alone, grouped, with as many decimals as it has: "2.066", "36,7", "+1,9"."""
    digits = f"{value.copy_abs():,f}".translate(_MARKS[language])
    if value < 0:
        return MINUS + digits
    return f"+{digits}" if signed and value > 0 else digits


def write_quantity(quantity: Quantity, language: Language, *, signed: bool = False) -> str:
    """The figure with its unit: "36,7 %", "7,1 procentpoint"; a count or a rank stands alone."""
    number = write_decimal(quantity.rounded(), language, signed=signed)
    match quantity.unit, language:
        case Unit.PERCENT, "da":
            return f"{number} %"
        case Unit.PERCENT, _:
            return f"{number}%"
        case Unit.POINTS, "da":
            return f"{number} procentpoint"
        case Unit.POINTS, _:
            return f"{number} percentage points"
        case _:
            return number


def write_about(value: Decimal, language: Language) -> str:
    """The nearest whole number and on which side of it the value lies: "godt 2", "knap 3", "2"."""
    below = value.to_integral_value(ROUND_FLOOR)
    nearest = value.to_integral_value(ROUND_HALF_UP)
    number = write_decimal(nearest, language)
    if value == nearest:
        return number
    if language == "da":
        return f"godt {number}" if nearest == below else f"knap {number}"
    return f"just over {number}" if nearest == below else f"just under {number}"
