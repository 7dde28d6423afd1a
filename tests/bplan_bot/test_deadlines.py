"""The dates of a round, and the dates that cannot be."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bplan_bot.deadlines import Lead, Wanted, half_of, new_round, odd_days, plan_followed_up
from bplan_bot.errors import Refused
from bplan_bot.period import Period
from bplan_bot.working_days import WorkingDays
from tests.factories import make_plan, make_round

PLAN = make_plan()
MARCH = datetime(2025, 3, 24, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
COMMITTEE = date(2025, 5, 14)


def refusal(wanted: Wanted, now: datetime = MARCH) -> str:
    with pytest.raises(Refused) as refused:
        new_round(PLAN, wanted, Lead(), by="planner", now=now)
    return refused.value.said.id


def test_the_dates_are_counted_back_from_the_committee_s_meeting() -> None:
    opened = new_round(PLAN, Wanted(half=2, committee_on=COMMITTEE), Lead(), by="planner", now=MARCH)

    assert opened == make_round(
        2, agenda_on=date(2025, 5, 8), figures_by=date(2025, 4, 24), opened_at=MARCH, opened_by="planner"
    )


@pytest.mark.parametrize(
    ("lead", "agenda_on", "figures_by"),
    [
        (Lead(agenda=5), "2025-05-07", "2025-04-23"),
        (Lead(figures=5), "2025-05-08", "2025-05-01"),
        (Lead(working=WorkingDays(saturdays=True)), "2025-05-09", "2025-04-28"),
        (Lead(working=WorkingDays(closed=frozenset({date(2025, 5, 2)}))), "2025-05-08", "2025-04-23"),
        (Lead(agenda=0, figures=0), "2025-05-14", "2025-05-14"),
    ],
    ids=["agenda", "figures", "Saturdays", "a closing day", "no lead"],
)
def test_the_settings_count(lead: Lead, agenda_on: str, figures_by: str) -> None:
    opened = new_round(PLAN, Wanted(half=2, committee_on=COMMITTEE), lead, by="planner", now=MARCH)

    assert (opened.agenda_on.isoformat(), opened.figures_by.isoformat()) == (agenda_on, figures_by)


@pytest.mark.parametrize(
    ("wanted", "agenda_on", "figures_by"),
    [
        (
            Wanted(half=2, committee_on=COMMITTEE, agenda_on=date(2025, 5, 5)),
            "2025-05-05",
            "2025-04-16",
        ),
        (
            Wanted(half=2, committee_on=COMMITTEE, figures_by=date(2025, 5, 2)),
            "2025-05-08",
            "2025-05-02",
        ),
    ],
    ids=["agenda", "figures"],
)
def test_a_date_that_is_given_overrules_the_count(wanted: Wanted, agenda_on: str, figures_by: str) -> None:
    opened = new_round(PLAN, wanted, Lead(), by="planner", now=MARCH)

    assert (opened.agenda_on.isoformat(), opened.figures_by.isoformat()) == (agenda_on, figures_by)


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (Wanted(half=3, committee_on=COMMITTEE), "round.unknown_half"),
        (Wanted(half=0, committee_on=COMMITTEE), "round.unknown_half"),
        (Wanted(half=2, committee_on=date(2025, 3, 23)), "round.committee_passed"),
        (Wanted(half=2, committee_on=date(2025, 4, 2)), "round.figures_passed"),
        (Wanted(half=2, committee_on=COMMITTEE, figures_by=date(2025, 3, 23)), "round.figures_passed"),
        (Wanted(half=2, committee_on=COMMITTEE, agenda_on=date(2025, 5, 15)), "round.order"),
        (Wanted(half=2, committee_on=COMMITTEE, figures_by=date(2025, 5, 9)), "round.order"),
    ],
)
def test_dates_that_cannot_be_kept_are_refused(wanted: Wanted, says: str) -> None:
    assert refusal(wanted) == says


@pytest.mark.parametrize(
    ("half", "now", "committee_on", "says"),
    [
        (1, "2023-12-31", "2024-09-11", "round.too_early"),
        (2, "2024-06-30", "2025-05-14", "round.too_early"),
        (1, "2024-05-01", "2024-06-30", "round.half_not_over"),
        (2, "2024-10-01", "2024-12-31", "round.half_not_over"),
    ],
)
def test_a_half_that_has_not_come_so_far_is_refused(
    half: int, now: str, committee_on: str, says: str
) -> None:
    wanted = Wanted(half=half, committee_on=date.fromisoformat(committee_on))

    assert refusal(wanted, datetime.fromisoformat(f"{now}T12:00+01:00")) == says


@pytest.mark.parametrize(
    ("half", "now", "committee_on"),
    [(1, "2024-05-01", "2024-08-14"), (2, "2024-12-01", "2025-02-12"), (2, "2024-07-01", "2025-05-14")],
)
def test_a_half_can_be_opened_once_it_has_begun_and_for_a_meeting_after_it(
    half: int, now: str, committee_on: str
) -> None:
    wanted = Wanted(half=half, committee_on=date.fromisoformat(committee_on))

    opened = new_round(PLAN, wanted, Lead(), by="planner", now=datetime.fromisoformat(f"{now}T12:00+01:00"))

    assert opened.is_open


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, ()),
        ({"committee_on": date(2025, 5, 11)}, ("round.odd_committee_day",)),
        ({"agenda_on": date(2025, 5, 3)}, ("round.odd_agenda_day",)),
        ({"figures_by": date(2025, 4, 18)}, ("round.odd_figures_day",)),
    ],
)
def test_a_day_off_among_the_dates_is_spoken_of(changes: dict[str, Any], says: tuple[str, ...]) -> None:
    assert tuple(one.id for one in odd_days(make_round(**changes), Lead())) == says


def test_the_second_half_ends_with_the_plan() -> None:
    assert half_of(PLAN, 1) == Period.half_year(2024, 1)
    assert half_of(PLAN, 2) == Period.half_year(2024, 2)
    longer = make_plan(end=date(2025, 12, 31))
    assert half_of(longer, 2) == Period(date(2024, 7, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("half", "committee_on", "key"),
    [
        (2, "2025-05-14", "norddjurs-2024"),  # 2025's plan is in force, and its second half ahead
        (1, "2025-05-14", "norddjurs-2024"),
        (1, "2025-09-10", "norddjurs-2025"),
        (2, "2026-02-11", "norddjurs-2025"),
        (1, "2023-09-13", "norddjurs-2024"),  # no plan's half is over, so the oldest one says so
        (3, "2025-05-14", "norddjurs-2024"),
    ],
)
def test_a_round_is_of_the_newest_plan_whose_half_is_over_at_the_meeting(
    half: int, committee_on: str, key: str
) -> None:
    newer = make_plan("norddjurs-2025", start=date(2025, 1, 1), end=date(2025, 12, 31))
    wanted = Wanted(half=half, committee_on=date.fromisoformat(committee_on))

    assert plan_followed_up([newer, PLAN], wanted).key == key


def test_without_a_plan_there_is_no_round() -> None:
    with pytest.raises(Refused) as refused:
        plan_followed_up([], Wanted(half=2, committee_on=COMMITTEE))

    assert refused.value.said.id == "database.no_plan"
