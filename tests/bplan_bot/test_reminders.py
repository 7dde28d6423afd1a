"""Who is reminded when: by the dates of the round, once, in working hours, and also after days asleep."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bplan_bot.access import Grant, Person, Role
from bplan_bot.deadlines import Lead
from bplan_bot.notice import Notice, NoticeKind
from bplan_bot.observation import Series
from bplan_bot.picture import Picture
from bplan_bot.reminders import due_reminders, is_time, key_of, may_be_sent_from, reminder
from bplan_bot.round import Round, RoundAnswerKind
from bplan_bot.round_picture import RoundPicture
from bplan_bot.working_days import WorkingDays
from tests.factories import make_plan, make_round, make_round_answer

DENMARK = ZoneInfo("Europe/Copenhagen")
LEAD = Lead()
ROUND = make_round()
"""Figures by 24 April: first reminder 31 March, second 14 April, what is missing 22 April; agenda 8 May."""


def person(id_: str, role: Role, goal: str | None = None) -> Person:
    return Person(id_, frozenset({Grant(role, goal)}))


ANNA = person("anna", Role.REPORTER, "1.1")
BO = person("bo", Role.OWNER, "1.2")
PLANNER = person("planner", Role.PLANNER)
EVERYBODY = (ANNA, BO, PLANNER)


def seen(
    *people: Person, round_: Round = ROUND, answers: Sequence[str] = (), today: date = date(2025, 4, 1)
) -> RoundPicture:
    return RoundPicture(
        round=round_,
        picture=Picture(make_plan(), Series(()), (), today),
        answers=tuple(make_round_answer(goal) for goal in answers),
        people=people or EVERYBODY,
    )


def at(moment: str) -> datetime:
    """A time in Denmark, in 2025."""
    return datetime.fromisoformat(f"2025-{moment}").replace(tzinfo=DENMARK)


def looks(moments: Iterable[datetime], found: RoundPicture | None = None, lead: Lead = LEAD) -> list[Notice]:
    """Every notice that looking at these times queues, in order."""
    told: list[Notice] = []
    for now in moments:
        told += due_reminders(found or seen(), told, lead, now=now)
    return told


def every_hour(first: str, last: str) -> list[datetime]:
    """The looks of a clock that runs on the UTC, so that it knows no summer time."""
    moment, end = at(first).astimezone(UTC), at(last).astimezone(UTC)
    found = []
    while moment <= end:
        found.append(moment.astimezone(DENMARK))
        moment += timedelta(hours=1)
    return found


def said(notices: Iterable[Notice]) -> list[tuple[str, NoticeKind, str]]:
    return [(one.recipient, one.kind, f"{one.created_at:%m-%d %H:%M}") for one in notices]


WHOLE = [
    ("anna", NoticeKind.REMINDER, "03-31 08:00"),
    ("bo", NoticeKind.REMINDER, "03-31 08:00"),
    ("anna", NoticeKind.SECOND_REMINDER, "04-14 08:00"),
    ("bo", NoticeKind.SECOND_REMINDER, "04-14 08:00"),
    ("planner", NoticeKind.MISSING, "04-22 08:00"),
    ("planner", NoticeKind.MISSING, "04-25 08:00"),
]


def test_a_round_where_nobody_answers_reminds_twice_and_tells_the_planner_twice() -> None:
    assert said(looks(every_hour("03-24T00:00", "06-01T00:00"))) == WHOLE


@pytest.mark.parametrize(
    ("changes", "summer_time", "first", "second"),
    [
        (
            {
                "committee_on": date(2025, 5, 7),
                "agenda_on": date(2025, 4, 30),
                "figures_by": date(2025, 4, 22),
            },
            "2025-03-30",
            "03-27 08:00",
            "04-10 08:00",
        ),
        (
            {
                "committee_on": date(2025, 12, 3),
                "agenda_on": date(2025, 11, 27),
                "figures_by": date(2025, 11, 14),
            },
            "2025-10-26",
            "10-24 08:00",
            "11-07 08:00",
        ),
    ],
    ids=["March", "October"],
)
def test_the_hour_stays_the_same_when_the_clocks_change(
    changes: dict[str, Any], summer_time: str, first: str, second: str
) -> None:
    round_ = replace(make_round(), **changes)
    start = datetime.fromisoformat(summer_time) - timedelta(days=7)

    told = looks(every_hour(f"{start:%m-%dT00:00}", "12-31T00:00"), seen(ANNA, round_=round_))

    assert said(told) == [("anna", NoticeKind.REMINDER, first), ("anna", NoticeKind.SECOND_REMINDER, second)]


@pytest.mark.parametrize(
    ("asleep", "told"),
    [
        (("03-31T00:00", "04-03T00:00"), ["04-03 08:00", "04-14 08:00"]),
        (("04-14T00:00", "04-15T00:00"), ["03-31 08:00", "04-15 08:00"]),
        (("03-31T00:00", "04-10T12:00"), ["04-10 12:00", "04-14 08:00"]),
        (("03-31T00:00", "04-25T00:00"), ["04-25 08:00", "04-29 08:00"]),
        (("04-09T00:00", "05-05T00:00"), ["03-31 08:00", "05-05 08:00"]),
        (("03-24T00:00", "05-09T00:00"), []),
    ],
    ids=[
        "over the first",
        "over the second",
        "over both",
        "over the deadline",
        "over the second and the deadline",
        "until the agenda was out",
    ],
)
def test_days_asleep_lose_no_reminder_and_send_no_two_at_once(
    asleep: tuple[str, str], told: list[str]
) -> None:
    gone, back = map(at, asleep)
    awake = [each for each in every_hour("03-24T00:00", "06-01T00:00") if not gone <= each < back]

    assert [when for _, _, when in said(looks(awake, seen(ANNA)))] == told


def test_a_clock_set_back_reminds_nobody_again() -> None:
    days = [*every_hour("03-31T08:00", "04-15T10:00"), *every_hour("03-25T08:00", "04-16T10:00")]

    assert said(looks(days)) == WHOLE[:4]


def test_a_clock_set_ahead_and_back_reminds_nobody_again() -> None:
    days = [at("04-10T09:00"), *every_hour("03-24T08:00", "04-16T10:00")]

    told = looks(days, seen(ANNA))

    assert said(told) == [
        ("anna", NoticeKind.REMINDER, "04-10 09:00"),
        ("anna", NoticeKind.SECOND_REMINDER, "04-14 08:00"),
    ]


def test_a_round_opened_late_reminds_at_once_and_again_two_working_days_later() -> None:
    late = make_round(opened_at=at("04-23T14:00"))

    told = looks(every_hour("04-23T14:00", "06-01T00:00"), seen(ANNA, round_=late))

    assert said(told) == [
        ("anna", NoticeKind.REMINDER, "04-23 14:00"),
        ("anna", NoticeKind.SECOND_REMINDER, "04-25 08:00"),
    ]


@pytest.mark.parametrize(
    ("moment", "time"),
    [
        ("03-31T08:00", True),
        ("03-31T15:59", True),
        ("03-31T07:59", False),
        ("03-31T16:00", False),
        ("04-05T12:00", False),  # a Saturday
        ("04-17T12:00", False),  # skærtorsdag
    ],
)
def test_people_are_reminded_in_working_hours_only(moment: str, time: bool) -> None:
    assert is_time(at(moment), LEAD) is time
    assert bool(due_reminders(seen(), (), LEAD, now=at(moment))) is time


def test_a_closing_day_of_the_municipality_is_no_day_for_reminders() -> None:
    shut = Lead(working=WorkingDays(closed=frozenset({date(2025, 4, 1)})))

    assert due_reminders(seen(), (), shut, now=at("04-01T12:00")) == ()


@pytest.mark.parametrize(
    ("answers", "asked"), [([], ["anna", "bo"]), (["1.1"], ["bo"]), (["1.2"], ["anna"]), (["1.1", "1.2"], [])]
)
def test_whoever_has_nothing_left_to_report_is_not_reminded(answers: list[str], asked: list[str]) -> None:
    told = due_reminders(seen(answers=answers), (), LEAD, now=at("04-01T12:00"))

    assert [one.recipient for one in told] == asked


def test_the_planner_is_told_nothing_when_nothing_is_missing() -> None:
    assert due_reminders(seen(answers=["1.1", "1.2"]), (), LEAD, now=at("04-22T12:00")) == ()


def test_somebody_with_several_goals_is_reminded_once() -> None:
    both = Person("both", frozenset({Grant(Role.REPORTER, "1.1"), Grant(Role.OWNER, "1.2")}))

    (told,) = due_reminders(seen(both), (), LEAD, now=at("04-01T12:00"))

    assert told == Notice(
        key="norddjurs-2024/round-2/2025-04-24/first/both",
        kind=NoticeKind.REMINDER,
        recipient="both",
        facts={"plan": "norddjurs-2024", "half": 2},
        created_at=at("04-01T12:00"),
        next_at=at("04-01T12:00"),
        plan="norddjurs-2024",
    )


def test_goals_without_anybody_remind_nobody_but_the_planner() -> None:
    told = looks(every_hour("03-24T00:00", "06-01T00:00"), seen(PLANNER))

    assert [one.kind for one in told] == [NoticeKind.MISSING, NoticeKind.MISSING]


def test_an_administrator_is_told_where_there_is_no_planner() -> None:
    boss = person("boss", Role.ADMINISTRATOR)

    (told,) = due_reminders(seen(boss), (), LEAD, now=at("04-22T12:00"))

    assert (told.recipient, told.kind) == ("boss", NoticeKind.MISSING)


def test_a_colleague_who_was_handed_a_goal_is_not_reminded_of_it_once_more_the_same_day() -> None:
    handing = make_round_answer("1.1", kind=RoundAnswerKind.HANDED_ON, person="anna", handed_to="carl")
    found = replace(seen(ANNA), answers=(handing,))
    handed = reminder(ROUND, NoticeKind.REMINDER, "carl", about="1.1-from-anna", now=at("04-11T09:00"))

    assert due_reminders(found, [handed], LEAD, now=at("04-11T09:15")) == ()
    (second,) = due_reminders(found, [handed], LEAD, now=at("04-15T09:15"))
    assert (second.recipient, second.kind) == ("carl", NoticeKind.SECOND_REMINDER)


def test_a_round_opened_again_with_another_deadline_has_keys_of_its_own() -> None:
    assert key_of(ROUND) != key_of(replace(ROUND, figures_by=date(2025, 5, 2)))


@given(st.lists(st.integers(0, 90 * 24 * 4), max_size=60))
def test_whenever_the_clock_looks_nobody_is_told_twice_or_at_a_wrong_time(quarters: list[int]) -> None:
    times = [at("03-01T00:00") + timedelta(minutes=15 * each) for each in quarters]

    told = looks(times)

    assert len({one.key for one in told}) == len(told)
    assert all(is_time(one.created_at, LEAD) for one in told)
    reporting = [one for one in told if one.kind is not NoticeKind.MISSING]
    days = [(one.recipient, one.created_at.date()) for one in reporting]
    assert len(set(days)) == len(days)
    within = [t for t in times if is_time(t, LEAD) and date(2025, 3, 31) <= t.date() <= ROUND.agenda_on]
    assert {one.recipient for one in reporting} == ({"anna", "bo"} if within else set())


@pytest.mark.parametrize(
    ("now", "from_when"),
    [
        ("06-06 08:00", "06-06 08:00"),
        ("06-06 15:59", "06-06 15:59"),
        ("06-06 16:00", "06-10 08:00"),
        ("06-07 12:00", "06-10 08:00"),
        ("06-09 00:00", "06-10 08:00"),
        ("06-10 07:59", "06-10 08:00"),
        ("03-28 16:00", "03-31 08:00"),
        ("10-24 23:00", "10-27 08:00"),
    ],
    ids=["opens", "closes", "closed", "Saturday", "Whitsun", "too early", "summer time", "winter time"],
)
def test_a_reminder_may_be_sent_from_the_next_working_hour_and_an_alert_at_once(now, from_when):
    told = reminder(ROUND, NoticeKind.REMINDER, "anna", about="first", now=at("03-31 08:00"))
    alert = replace(told, kind=NoticeKind.GOAL_FELL)

    assert may_be_sent_from(told, LEAD, now=at(now)) == at(from_when)
    assert may_be_sent_from(alert, LEAD, now=at(now)) == at(now)
