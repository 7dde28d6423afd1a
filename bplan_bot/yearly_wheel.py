"""The committee's yearly wheel: what comes back every year, and in which months."""

from dataclasses import dataclass

from bplan_bot.local_text import LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelEntry:
    """One thing that comes back: `when` in words, and its `months` (1 to 12; none where only how often is
    known)."""

    what: LocalText
    when: LocalText
    months: tuple[int, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class YearlyWheel:
    """The wheel of the `year` it was drawn for."""

    year: int
    entries: tuple[WheelEntry, ...]

    def in_months(self, *months: int) -> tuple[WheelEntry, ...]:
        """What comes in any of these months, in the wheel's order."""
        return tuple(entry for entry in self.entries if set(months) & set(entry.months))
