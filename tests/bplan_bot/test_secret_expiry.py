"""The bot's secret runs out: said in time, to those who can do something, once at each of three times."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bplan_bot.access import Grant, Person, Role
from bplan_bot.secret_expiry import notices, warning

LAST_DAY = date(2027, 11, 20)
PEOPLE = [
    Person("it", frozenset({Grant(Role.ADMINISTRATOR)})),
    Person("head", frozenset({Grant(Role.HEAD)})),
]


def noon(days_before: int) -> datetime:
    return datetime(2027, 11, 20, 12, tzinfo=UTC) - timedelta(days=days_before)


@pytest.mark.parametrize(
    ("days_before", "said"),
    [
        (31, None),
        (30, "secret.expires"),
        (1, "secret.expires"),
        (0, "secret.expires_today"),
        (-1, "secret.expired"),
        (-400, "secret.expired"),
    ],
)
def test_a_secret_is_warned_of_from_thirty_days_before(days_before, said):
    found = warning(LAST_DAY, noon(days_before).date())
    assert (found.id if found else None) == said


@pytest.mark.parametrize(
    ("days_before", "mark"),
    [(31, None), (30, 30), (29, 30), (8, 30), (7, 7), (2, 7), (1, 1), (0, 1), (-1, None)],
)
def test_administrators_are_told_thirty_days_a_week_and_a_day_before_or_as_soon_as_possible(
    days_before, mark
):
    found = notices(LAST_DAY, noon(days_before), PEOPLE)
    assert [notice.key for notice in found] == ([f"secret/2027-11-20/{mark}/it"] if mark else [])


def test_in_a_whole_life_an_administrator_is_told_three_times():
    keys = {notice.key for days in range(400, -10, -1) for notice in notices(LAST_DAY, noon(days), PEOPLE)}
    assert len(keys) == 3


def test_a_renewed_secret_has_notices_of_its_own():
    (old,) = notices(LAST_DAY, noon(7), PEOPLE)
    (new,) = notices(LAST_DAY + timedelta(days=365), noon(7 - 365), PEOPLE)
    assert old.key != new.key
