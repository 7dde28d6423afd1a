"""Whether two counts differ by more than chance alone would give, by the exact conditional Poisson test."""

from decimal import Decimal
from fractions import Fraction
from math import comb

CERTAINTY = Fraction(95, 100)
LUCK = 1 - CERTAINTY


def chance_of_as_many(before: int, now: int) -> Fraction:
    """The chance that `now` or more of all events fall in the second of two equally long periods.

    Given before + now events in all, the later count is binomial with p = 1/2 when nothing has changed
    (Przyborowski and Wilenski 1940). Exact; `before` and `now` are counts of events, not below zero.
    """
    return Fraction(_ways(before, now), 2 ** (before + now))


def within_chance(before: Decimal, now: Decimal) -> bool:
    """Whether two whole counts differ by no more than chance does, one-sided at 95 %."""
    low, high = sorted((int(before), int(now)))
    # In whole numbers, since to reduce a fraction of such large ones takes longer than to add them up.
    return _ways(low, high) * LUCK.denominator > LUCK.numerator << (low + high)


def _ways(before: int, now: int) -> int:
    """In how many ways all events can fall so that `now` or more are in the second period."""
    events = before + now
    ways = found = comb(events, now)
    for k in range(now, events):
        # The next binomial coefficient from the last: to make each anew takes most of an assessment.
        ways = ways * (events - k) // (k + 1)
        found += ways
    return found


def half_as_much_again(before: Decimal, now: Decimal) -> bool:
    """Whether the larger is more than one and a half times the smaller."""
    low, high = sorted((before, now))
    return high > low * Decimal("1.5")
