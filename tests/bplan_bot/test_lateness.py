"""A table is late three working days after the day it named, or a day after it began to fail, and back only
by what its source does."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bplan_bot.access import Grant, Person, Role
from bplan_bot.feed import FeedSource
from bplan_bot.lateness import Turns, back_notices, is_back, late_notices, late_since, still_late, turns
from bplan_bot.notice import NoticeKind, NoticeState
from bplan_bot.source_state import Failure, FailureKind, SourceState, fault
from bplan_bot.working_days import WorkingDays

WORKING = WorkingDays()
NAMED = date(2025, 6, 26)
"""A Thursday."""

WELL = SourceState(
    source=FeedSource.JOBINDSATS,
    table="otij01",
    succeeded_at=datetime(2025, 5, 26, 6, tzinfo=UTC),
    published=date(2025, 5, 26),
    expected=NAMED,
)
FAILED_AT = datetime(2025, 6, 10, 6, 20, tzinfo=UTC)
FAILING = replace(WELL, failure=Failure(FailureKind.TRY_LATER, "HTTP 503"), failing_since=FAILED_AT)
ANEW = replace(WELL, published=date(2025, 7, 2), expected=date(2025, 7, 26))
PEOPLE = (
    Person("it", frozenset({Grant(Role.ADMINISTRATOR)})),
    Person("head", frozenset({Grant(Role.HEAD)})),
)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "now", "since"),
    [
        (WELL, noon(NAMED), None),
        (WELL, noon(date(2025, 6, 29)), None),
        (WELL, noon(date(2025, 7, 1)), None),  # Friday, Monday and Tuesday are three working days
        (WELL, noon(date(2025, 7, 2)), NAMED),
        (replace(WELL, expected=None), noon(date(2026, 1, 1)), None),
        (replace(WELL, published=None), noon(date(2025, 7, 2)), NAMED),
        # What came out on its day or later is not late, though the source has not named another one.
        (replace(WELL, published=NAMED), noon(date(2025, 9, 1)), None),
        (FAILING, FAILED_AT + timedelta(hours=24), None),
        (FAILING, FAILED_AT + timedelta(hours=25), FAILED_AT.date()),
        (FAILING, FAILED_AT - timedelta(days=3), None),
    ],
)
def test_when_a_table_is_late(state, now, since):
    assert late_since(state, WORKING, now=now) == since


def test_holidays_and_closing_days_do_not_count():
    named = date(2025, 12, 23)
    state = replace(WELL, expected=named)

    assert late_since(state, WORKING, now=noon(date(2025, 12, 30))) is None
    assert late_since(state, WORKING, now=noon(date(2026, 1, 3))) == named


TOLD = replace(WELL, told_late=NAMED)


@pytest.mark.parametrize(
    ("state", "back"),
    [
        (WELL, False),
        (TOLD, False),
        (replace(TOLD, failure=FAILING.failure, failing_since=FAILED_AT), False),
        (replace(ANEW, told_late=NAMED), True),
        (replace(TOLD, published=NAMED), True),
        (replace(TOLD, expected=date(2025, 7, 10)), True),  # the source has named another day
        (replace(FAILING, told_late=FAILED_AT.date()), False),
        (replace(WELL, told_late=FAILED_AT.date()), True),
    ],
)
def test_when_a_table_that_was_told_to_be_late_is_back(state, back):
    assert is_back(state) is back


def test_a_clock_that_is_set_back_makes_nothing_that_was_told_untrue():
    assert not turns([TOLD], WORKING, now=noon(date(2025, 6, 1)))


def test_the_administrator_is_told_of_all_tables_of_a_source_at_once():
    other = replace(FAILING, table="y30r21")

    turned = turns([WELL, other], WORKING, now=noon(date(2025, 7, 2)))

    (notice,) = late_notices(turned, PEOPLE, now=noon(date(2025, 7, 2)))
    assert (notice.recipient, notice.kind) == ("it", NoticeKind.SOURCE_LATE)
    assert notice.key == "source_late/jobindsats/otij01/2025-06-26/it"
    assert notice.facts["tables"] == {"otij01": "2025-06-26", "y30r21": "2025-06-10"}


def test_what_was_told_is_kept_so_that_the_next_look_tells_nothing():
    now = noon(date(2025, 7, 2))
    turned = turns([WELL], WORKING, now=now)

    assert [state.told_late for state in turned.kept] == [NAMED]
    assert not turns(turned.kept, WORKING, now=now + timedelta(days=9))


@pytest.mark.parametrize(
    ("reached", "told"),
    [
        (NoticeState.QUEUED, 0),
        (NoticeState.SENDING, 1),
        (NoticeState.DELIVERED, 1),
        (NoticeState.UNCERTAIN, 1),
        (NoticeState.FAILED, 0),
        (NoticeState.CANCELLED, 0),
    ],
)
def test_that_a_source_is_back_is_told_to_those_who_heard_that_it_was_late(reached, told):
    (late,) = late_notices(Turns((TOLD,), ()), PEOPLE, now=noon(NAMED))
    back = Turns((), (replace(ANEW, told_late=NAMED),))

    found = back_notices(back, [replace(late, state=reached)], now=noon(date(2025, 7, 3)))

    assert [notice.key for notice in found] == ["source_back/jobindsats/otij01/2025-06-26/it"] * told


def test_a_notice_is_about_the_tables_that_are_late_of_the_same_day_still():
    (late,) = late_notices(Turns((TOLD, replace(TOLD, table="y30r21")), ()), PEOPLE, now=noon(NAMED))

    left = still_late(late.facts, [TOLD, replace(TOLD, table="y30r21", told_late=date(2025, 7, 26)), WELL])

    assert left == (TOLD,)


def test_the_same_fault_has_the_same_number_and_another_has_another():
    def number(kind: type[Exception]) -> str:
        try:
            raise kind("what somebody wrote")
        except Exception as problem:
            return fault(problem).reason

    first, again, other = number(KeyError), number(KeyError), number(ValueError)

    assert first == again
    assert first.startswith("KeyError, ")
    assert first.split()[1] != other.split()[1]
    assert "somebody" not in first


@pytest.mark.parametrize(
    ("minutes", "waits"), [(-24 * 60, False), (-1, False), (0, True), (49, True), (51, False)]
)
def test_a_source_is_left_alone_for_a_while_but_not_by_a_clock_that_was_set_back(minutes, waits):
    state = replace(FAILING, asked_at=FAILED_AT)

    assert state.is_waiting(FAILED_AT + timedelta(minutes=minutes)) is waits
