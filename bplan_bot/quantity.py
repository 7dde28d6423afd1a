"""A figure with its unit, so that percentage points can never pass for per cent."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from bplan_bot.local_text import LocalText


class Unit(StrEnum):
    """What a figure counts; a difference between two percentages is `POINTS`."""

    PERCENT = "percent"
    POINTS = "points"
    COUNT = "count"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class Noun:
    """What a count counts, in singular and plural ("sag", "sager")."""

    one: LocalText
    many: LocalText


@dataclass(frozen=True, slots=True)
class Quantity:
    """A Decimal with its unit; `noun` names what a count counts."""

    value: Decimal
    unit: Unit
    noun: Noun | None = None

    def __sub__(self, other: "Quantity") -> "Quantity":
        """The difference, in percentage points where both are percentages."""
        if self.unit is not other.unit:
            raise ValueError(f"cannot subtract {other.unit} from {self.unit}")
        unit = Unit.POINTS if self.unit is Unit.PERCENT else self.unit
        return Quantity(self.value - other.value, unit, self.noun)

    def __neg__(self) -> "Quantity":
        return replace(self, value=-self.value)

    def plus(self, points: Decimal) -> "Quantity":
        """The level moved by `points` of its own difference unit."""
        return replace(self, value=self.value + points)

    def rounded(self, decimals: int = 1) -> Decimal:
        """The value as people read it: never more than `decimals`, half away from zero, no invented zeros."""
        _, _, exponent = self.value.as_tuple()
        if isinstance(exponent, int) and exponent >= -decimals:
            return self.value
        return self.value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
