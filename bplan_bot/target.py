"""The machine-readable rule of a goal: what must hold, of which figure, against what."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bplan_bot.local_text import LocalText


class Polarity(StrEnum):
    """Which way is better; `NEITHER` where the figure should lie on its mark."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Reference:
    """What an own figure is held against: the same indicator in another area, or another indicator."""

    name: LocalText
    place: LocalText
    area: str | None = None
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How much worse still counts as held: a choice made by a named role on a date, never a default."""

    value: Decimal
    decided_by: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class Part:
    """One of several criteria of a goal, with the short name people know it by."""

    label: LocalText
    target: "Target"


@dataclass(frozen=True, slots=True)
class NotMeasured:
    """Something the goal mentions that cannot be measured; `set_aside` names the case that decided so."""

    what: LocalText
    why: LocalText
    set_aside: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One rule. `type` names a module of assess/rules; which fields that rule needs it says itself.

    `value` is in the unit of `indicator`, or percentage points for a margin to a reference. `inner` is the
    rule that `by_date` puts a year on; `parts` those that `all_of` joins.
    """

    type: str
    indicator: str = ""
    polarity: Polarity = Polarity.HIGHER
    value: Decimal | None = None
    strict: bool = False
    reference: Reference | None = None
    tolerance: Tolerance | None = None
    due: int | None = None
    inner: "Target | None" = None
    parts: tuple[Part, ...] = ()
    not_measured: NotMeasured | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    decision: str = ""

    @property
    def against(self) -> Reference:
        """The reference of a comparing rule; ValueError where the rule has none."""
        if self.reference is None:
            raise ValueError(f"{self.type} has no reference")
        return self.reference

    def indicators(self) -> tuple[str, ...]:
        """The indicators this rule reads, own ones first."""
        reference = (self.reference.indicator,) if self.reference and self.reference.indicator else ()
        inner = self.inner.indicators() if self.inner else ()
        parts = tuple(i for part in self.parts for i in part.target.indicators())
        own = (self.indicator,) if self.indicator else ()
        return tuple(dict.fromkeys((*own, *reference, *inner, *parts)))
