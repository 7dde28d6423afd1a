"""Which days Danish municipalities work, and how working days are counted back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bplan_bot.working_days import WorkingDays

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))
WEEK = WorkingDays()


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2025-01-01", "nytårsdag"),
        ("2025-04-17", "skærtorsdag"),
        ("2025-04-18", "langfredag"),
        ("2025-04-21", "2. påskedag"),
        ("2024-03-28", "skærtorsdag i marts"),
        ("2023-05-05", "store bededag, the last one"),
        ("2025-05-29", "Kristi himmelfartsdag"),
        ("2025-06-05", "grundlovsdag"),
        ("2025-06-09", "2. pinsedag"),
        ("2025-12-24", "juleaften"),
        ("2025-12-25", "1. juledag"),
        ("2025-12-26", "2. juledag"),
        ("2025-12-31", "nytårsaften"),
        ("2025-05-03", "a Saturday"),
        ("2025-05-04", "a Sunday"),
        ("2008-05-01", "1 May that is Kristi himmelfartsdag"),
        ("2015-05-01", "1 May that is store bededag"),
    ],
)
def test_a_day_off(day: str, why: str) -> None:
    assert not WEEK.is_working_day(date.fromisoformat(day)), why


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2025-05-01", "1 May"),
        ("2024-04-26", "store bededag is gone"),
        ("2025-04-16", "the day before skærtorsdag"),
        ("2025-04-22", "the day after Easter"),
        ("2025-05-30", "the day after Kristi himmelfartsdag"),
        ("2025-12-23", "lille juleaften"),
        ("2025-12-29", "between Christmas and New Year"),
    ],
)
def test_a_working_day(day: str, why: str) -> None:
    assert WEEK.is_working_day(date.fromisoformat(day)), why


def test_saturdays_count_where_the_setting_says_so() -> None:
    saturday, easter_saturday = date(2025, 5, 3), date(2025, 4, 19)

    assert WorkingDays(saturdays=True).is_working_day(saturday)
    assert WorkingDays(saturdays=True).is_working_day(easter_saturday)  # which is no public holiday
    assert not WorkingDays(saturdays=True).is_working_day(date(2025, 5, 4))


def test_the_municipality_s_own_closing_days_do_not_count() -> None:
    bridge = date(2025, 5, 30)

    assert not WorkingDays(closed=frozenset({bridge})).is_working_day(bridge)


@pytest.mark.parametrize(
    ("day", "n", "before"),
    [
        ("2025-05-14", 4, "2025-05-08"),
        ("2025-05-08", 10, "2025-04-24"),  # 1 May counts
        ("2025-04-24", 15, "2025-03-31"),  # Easter does not
        ("2025-04-22", 1, "2025-04-16"),
        ("2025-06-11", 4, "2025-06-03"),  # Whitsun and 5 June
        ("2026-01-07", 4, "2025-12-30"),
        ("2024-05-03", 5, "2024-04-26"),
        ("2023-05-10", 5, "2023-05-02"),  # store bededag
        ("2025-05-04", 1, "2025-05-02"),  # counted from a Sunday
        ("2025-05-04", 0, "2025-05-04"),
    ],
)
def test_working_days_are_counted_back(day: str, n: int, before: str) -> None:
    assert WEEK.working_days_before(date.fromisoformat(day), n) == date.fromisoformat(before)


def test_counting_back_with_saturdays_and_a_closing_day() -> None:
    own = WorkingDays(saturdays=True, closed=frozenset({date(2025, 5, 12)}))

    assert own.working_days_before(date(2025, 5, 14), 3) == date(2025, 5, 9)


@pytest.mark.parametrize(
    ("day", "after"),
    [("2025-04-16", "2025-04-22"), ("2025-05-02", "2025-05-05"), ("2025-12-30", "2026-01-02")],
)
def test_the_working_day_after(day: str, after: str) -> None:
    assert WEEK.working_day_after(date.fromisoformat(day)) == date.fromisoformat(after)


@given(DAYS, st.integers(min_value=1, max_value=40))
def test_exactly_n_working_days_lie_from_the_day_found_until_the_day(day: date, n: int) -> None:
    found = WEEK.working_days_before(day, n)

    assert WEEK.is_working_day(found)
    between = (found + timedelta(days=each) for each in range((day - found).days))
    assert sum(map(WEEK.is_working_day, between)) == n


@given(DAYS, st.integers(min_value=0, max_value=20), st.integers(min_value=0, max_value=20))
def test_counting_back_in_two_steps_is_counting_back_in_one(day: date, first: int, then: int) -> None:
    back = WEEK.working_days_before

    assert back(back(day, first), then) == back(day, first + then)


@given(DAYS)
def test_no_stretch_of_days_off_is_longer_than_a_week(day: date) -> None:
    assert any(WEEK.is_working_day(day + timedelta(days=each)) for each in range(7))
