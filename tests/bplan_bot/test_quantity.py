"""Figures with their units, and rounding as people read them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bplan_bot.quantity import Noun, Quantity, Unit
from tests.factories import text

CASES = Noun(text("sag"), text("sager"))
decimals = st.decimals(-10_000, 10_000, places=3)


def test_a_difference_of_two_percentages_is_in_points() -> None:
    assert Quantity(Decimal("17.2"), Unit.PERCENT) - Quantity(Decimal("16.1"), Unit.PERCENT) == Quantity(
        Decimal("1.1"), Unit.POINTS
    )


def test_a_difference_of_two_counts_counts_the_same_thing() -> None:
    difference = Quantity(Decimal(12), Unit.COUNT, CASES) - Quantity(Decimal(10), Unit.COUNT, CASES)

    assert difference == Quantity(Decimal(2), Unit.COUNT, CASES)


@pytest.mark.parametrize("other", [Unit.POINTS, Unit.COUNT, Unit.RANK])
def test_different_units_are_never_subtracted(other: Unit) -> None:
    with pytest.raises(ValueError, match="cannot subtract"):
        Quantity(Decimal(1), Unit.PERCENT) - Quantity(Decimal(1), other)


def test_arithmetic_is_exact() -> None:
    difference = Quantity(Decimal("0.3"), Unit.PERCENT) - Quantity(Decimal("0.1"), Unit.PERCENT)

    assert type(difference.value) is Decimal
    assert difference.value == Decimal("0.2")
    assert -difference == Quantity(Decimal("-0.2"), Unit.POINTS)
    assert Quantity(Decimal("69.2"), Unit.PERCENT).plus(Decimal(4)) == Quantity(Decimal("73.2"), Unit.PERCENT)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("36.7", "36.7"),
        ("2066", "2066"),
        ("2066.0", "2066.0"),
        ("82.75862068", "82.8"),
        ("16.2008", "16.2"),
        ("0.05", "0.1"),
        ("-0.05", "-0.1"),
        ("0.04", "0.0"),
        ("1.25", "1.3"),
        ("1E+3", "1E+3"),
    ],
)
def test_figures_are_rounded_half_away_from_zero_and_never_given_decimals(value: str, shown: str) -> None:
    assert str(Quantity(Decimal(value), Unit.PERCENT).rounded()) == shown


@given(decimals, st.integers(0, 2))
def test_rounding_moves_a_figure_by_at_most_half_its_last_place(value: Decimal, places: int) -> None:
    rounded = Quantity(value, Unit.COUNT).rounded(places)

    assert type(rounded) is Decimal
    assert abs(rounded - value) <= Decimal(1).scaleb(-places) / 2
    assert Quantity(-value, Unit.COUNT).rounded(places) == -rounded
