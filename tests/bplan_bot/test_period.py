"""Periods: their kinds, codes and order, and what lies a year before or after them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bplan_bot.period import Period, PeriodKind

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
spans = st.tuples(days, days).map(lambda two: Period(min(two), max(two)))
years = st.integers(1990, 2090)
whole_months = st.builds(Period.of_months, years, st.integers(1, 12), st.integers(1, 30))
periods = st.one_of(
    spans,
    whole_months,
    days.map(Period.point),
    st.builds(Period.rolling_year, years, st.integers(1, 4)),
    years.map(Period.school_year),
)


@pytest.mark.parametrize(
    ("period", "kind", "code"),
    [
        (Period.year(2024), PeriodKind.YEAR, "2024"),
        (Period.half_year(2024, 1), PeriodKind.HALF_YEAR, "2024-S1"),
        (Period.half_year(2024, 2), PeriodKind.HALF_YEAR, "2024-S2"),
        (Period.quarter(2024, 1), PeriodKind.QUARTER, "2024-Q1"),
        (Period.quarter(2024, 4), PeriodKind.QUARTER, "2024-Q4"),
        (Period.month(2024, 2), PeriodKind.MONTH, "2024-M02"),
        (Period.month(2024, 12), PeriodKind.MONTH, "2024-M12"),
        (Period.rolling_year(2023, 3), PeriodKind.ROLLING_YEAR, "2022-10-01/2023-09-30"),
        (Period.rolling_year(2021, 2), PeriodKind.ROLLING_YEAR, "2020-07-01/2021-06-30"),
        (Period.rolling_year(2024, 4), PeriodKind.YEAR, "2024"),
        (Period.school_year(2023), PeriodKind.SCHOOL_YEAR, "2023-08-01/2024-07-31"),
        (Period.point(date(2024, 12, 31)), PeriodKind.POINT, "2024-12-31"),
        (Period(date(2024, 1, 1), date(2024, 6, 15)), PeriodKind.SPAN, "2024-01-01/2024-06-15"),
        (Period.of_months(2024, 2, 3), PeriodKind.SPAN, "2024-02-01/2024-04-30"),
        (Period.of_months(2023, 1, 24), PeriodKind.SPAN, "2023-01-01/2024-12-31"),
    ],
)
def test_a_period_is_known_by_its_two_dates(period: Period, kind: PeriodKind, code: str) -> None:
    assert period.kind is kind
    assert period.code == code
    assert Period.from_code(code) == period


def test_the_same_days_are_the_same_period_however_they_are_written() -> None:
    assert Period.from_code("2024-S1") == Period.from_code("2024-01-01/2024-06-30")
    assert Period.from_code("2024") == Period.from_code("2024-01-01/2024-12-31")


@given(periods)
def test_every_period_is_read_back_from_its_code(period: Period) -> None:
    assert Period.from_code(period.code) == period


@pytest.mark.parametrize(
    "code",
    [
        "",
        "-",
        "24",
        "5",
        "02024",
        "2024-",
        "2024-Q",
        "2024-Q0",
        "2024-Q5",
        "2024-S3",
        "2024-M13",
        "2024-X1",
        "2024-02-30",
        "2024-06-30/2024-01-01",
        "2024/2025",
        "2024-01-01/2024-02-01/2024-03-01",
        "i fjor",
    ],
)
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Period.from_code(code)


@given(periods)
def test_the_next_period_comes_later_and_has_the_same_shape(period: Period) -> None:
    following = period.next()

    assert following > period
    assert following.start > period.start
    assert following.end > period.end
    assert following.months == period.months


@given(whole_months)
def test_the_next_of_a_recurring_period_begins_the_day_after_it(period: Period) -> None:
    follows = period.next().start == period.end + timedelta(days=1)

    assert follows or period.kind is PeriodKind.SPAN


@pytest.mark.parametrize(
    ("code", "after"),
    [
        ("2024", "2025"),
        ("2024-Q4", "2025-Q1"),
        ("2024-S2", "2025-S1"),
        ("2024-M12", "2025-M01"),
        ("2022-10-01/2023-09-30", "2023-10-01/2024-09-30"),
        ("2023-08-01/2024-07-31", "2024-08-01/2025-07-31"),
        ("2024-12-31", "2025-12-31"),
        ("2024-02-29", "2025-02-28"),
        ("2024-01-01/2024-06-15", "2025-01-01/2025-06-15"),
    ],
)
def test_next_and_year_before(code: str, after: str) -> None:
    period = Period.from_code(code)

    assert period.next().code == after
    assert Period.from_code(after).year_before().kind is period.kind


@pytest.mark.parametrize(
    ("code", "before"),
    [
        ("2024-S1", "2023-S1"),
        ("2024-M02", "2023-M02"),
        ("2025-M01", "2024-M01"),
        ("2023-10-01/2024-09-30", "2022-10-01/2023-09-30"),
        ("2024-01-01/2024-02-29", "2023-01-01/2023-02-28"),
        ("2025-01-01/2025-02-28", "2024-01-01/2024-02-29"),
        ("2024-02-29", "2023-02-28"),
        ("2023-06-30", "2022-06-30"),
    ],
)
def test_the_year_before_has_the_same_months(code: str, before: str) -> None:
    assert Period.from_code(code).year_before().code == before


@given(whole_months)
def test_a_year_back_and_forth_ends_where_it_began(period: Period) -> None:
    assert period.year_before().shifted(12) == period


def test_periods_are_ordered_by_start_and_then_by_end() -> None:
    codes = ["2024-Q2", "2024", "2023-M12", "2024-M01", "2024-S1"]

    assert [p.code for p in sorted(map(Period.from_code, codes))] == [
        "2023-M12",
        "2024-M01",
        "2024-S1",
        "2024",
        "2024-Q2",
    ]


@pytest.mark.parametrize(
    ("outer", "inner", "inside"),
    [
        ("2024", "2024-Q4", True),
        ("2024", "2024", True),
        ("2024", "2024-12-31", True),
        ("2024", "2025-01-01", False),
        ("2024", "2023-10-01/2024-09-30", False),
        ("2024-Q4", "2024", False),
    ],
)
def test_a_period_contains_what_lies_wholly_in_it(outer: str, inner: str, inside: bool) -> None:
    assert Period.from_code(outer).contains(Period.from_code(inner)) is inside


@pytest.mark.parametrize(
    ("day", "crosses"),
    [
        (date(2025, 1, 1), False),
        (date(2025, 1, 2), True),
        (date(2025, 12, 31), True),
        (date(2026, 1, 1), False),
    ],
)
def test_a_period_that_begins_with_something_new_does_not_mix_two(day: date, crosses: bool) -> None:
    assert Period.year(2025).crosses(day) is crosses


@pytest.mark.parametrize(
    ("part", "rest"),
    [
        ("2024-S1", "2024-S2"),
        ("2023-10-01/2024-09-30", "2024-Q4"),
        ("2024-01-01/2024-06-15", "2024-06-16/2024-12-31"),
        ("2024", None),
        ("2024-12-31", None),
        ("2023", "2024"),
        ("2025", None),
    ],
)
def test_the_rest_of_a_year_is_what_comes_after_the_part(part: str, rest: str | None) -> None:
    left = Period.from_code(part).rest_of(Period.year(2024))

    assert (left and left.code) == rest


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends 2024-01-01 before it starts 2024-06-30"):
        Period(date(2024, 6, 30), date(2024, 1, 1))
