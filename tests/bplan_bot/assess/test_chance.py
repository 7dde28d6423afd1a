"""Whether two counts differ by more than chance: held to an independent computation."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bplan_bot.assess.chance import chance_of_as_many, half_as_much_again, within_chance

counts = st.integers(0, 60)


def tossed(before: int, now: int) -> Fraction:
    """The same chance told otherwise: event by event, how likely each number of late ones is."""
    late = [Fraction(1)]
    for _ in range(before + now):
        late = [(a + b) / 2 for a, b in zip([*late, Fraction(0)], [Fraction(0), *late], strict=True)]
    return sum(late[now:], Fraction(0))


@given(counts, counts)
def test_the_chance_is_that_of_a_fair_coin_tossed_once_per_event(before: int, now: int) -> None:
    assert chance_of_as_many(before, now) == tossed(before, now)


@given(counts, counts)
def test_a_difference_is_within_chance_when_one_as_large_is_likelier_than_one_in_twenty(
    before: int, now: int
) -> None:
    likely = chance_of_as_many(min(before, now), max(before, now)) > Fraction(1, 20)

    assert within_chance(Decimal(before), Decimal(now)) == likely


@given(counts, counts)
def test_more_events_now_are_never_likelier(before: int, now: int) -> None:
    assert chance_of_as_many(before, now + 1) < chance_of_as_many(before, now)
    assert chance_of_as_many(before + 1, now) > chance_of_as_many(before, now) or now == 0


@given(counts, counts)
def test_the_two_sides_overlap_by_the_chance_of_exactly_that_many(before: int, now: int) -> None:
    both = chance_of_as_many(before, now) + chance_of_as_many(now, before)

    assert both == 1 + tossed(before, now) - tossed(before - 1, now + 1) if before else both >= 1


@pytest.mark.parametrize(
    ("before", "first_beyond"), [(1, 7), (2, 9), (5, 13), (10, 20), (20, 33), (50, 69), (100, 126)]
)
def test_beyond_chance_begins_where_less_than_5_per_cent_are_left(before: int, first_beyond: int) -> None:
    assert tossed(before, first_beyond) <= Fraction(5, 100) < tossed(before, first_beyond - 1)
    assert within_chance(Decimal(before), Decimal(first_beyond - 1))
    assert not within_chance(Decimal(before), Decimal(first_beyond))


@given(counts, counts)
def test_a_fall_weighs_as_much_as_a_rise(before: int, now: int) -> None:
    there, back = (Decimal(before), Decimal(now)), (Decimal(now), Decimal(before))

    assert within_chance(*there) is within_chance(*back)
    assert half_as_much_again(*there) is half_as_much_again(*back)


@pytest.mark.parametrize(
    ("before", "now", "more"),
    [
        ("10", "15", False),
        ("10", "16", True),
        ("0", "0", False),
        ("0", "1", True),
        ("2", "3", False),
        ("2", "4", True),
    ],
)
def test_exactly_half_as_much_again_is_not_more_than_that(before: str, now: str, more: bool) -> None:
    assert half_as_much_again(Decimal(before), Decimal(now)) is more


def test_no_events_at_all_are_within_chance() -> None:
    assert chance_of_as_many(0, 0) == 1
    assert within_chance(Decimal(0), Decimal(0))


def test_the_counts_of_the_benchmark_are_compared_exactly_and_in_time() -> None:
    assert within_chance(Decimal(1950), Decimal(2030))
    assert not within_chance(Decimal(1950), Decimal(2100))
