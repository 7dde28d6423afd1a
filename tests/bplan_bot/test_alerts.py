"""Which changes are told to whom, which are held back, and which plan is over."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bplan_bot.access import Grant, Person, Role
from bplan_bot.alerts import Turn, changes, notice_of_many, notices_of, plan_is_closed, turn
from bplan_bot.notice import NoticeKind
from bplan_bot.status import Status
from tests.norddjurs import last_changes, picture

NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
HEAD = Person("head", frozenset({Grant(Role.HEAD)}))
OWNER = Person("owner of 6.2", frozenset({Grant(Role.OWNER, "6.2")}))
STRANGER = Person("owner of 6.3", frozenset({Grant(Role.OWNER, "6.3")}))
ADMINISTRATOR = Person("administrator", frozenset({Grant(Role.ADMINISTRATOR)}))


@pytest.mark.parametrize(
    ("before", "after", "meaning"),
    [
        (Status.MET, Status.NOT_MET, Turn.FELL),
        (Status.MET, Status.UNLIKELY, Turn.FELL),
        (Status.ON_TRACK, Status.UNLIKELY, Turn.FELL),
        (Status.AT_RISK, Status.UNLIKELY, Turn.FELL),
        (Status.NOT_MET, Status.MET, Turn.RECOVERED),
        (Status.UNLIKELY, Status.ON_TRACK, Turn.RECOVERED),
        (Status.UNLIKELY, Status.NOT_MET, Turn.NEITHER),
        (Status.MET, Status.ON_TRACK, Turn.NEITHER),
        (Status.NOT_ASSESSABLE, Status.NOT_MET, Turn.NEITHER),
        (Status.MET, Status.NOT_ASSESSABLE, Turn.NEITHER),
        (None, Status.NOT_MET, Turn.NEITHER),
    ],
)
def test_only_a_fall_and_a_recovery_are_news(before, after, meaning):
    assert turn(before, after) is meaning


def test_nothing_has_changed_when_all_is_as_it_was():
    assert changes(picture(), last_changes(picture()), now=NOON) == ()


def test_the_first_look_records_every_goal_and_tells_nobody():
    found = changes(picture(), {}, now=NOON)

    assert len(found) == 22
    assert not any(change.held for change in found)
    assert [n for c in found for n in notices_of(c, status(c.goal), [HEAD])] == []


def test_a_fall_is_told_to_the_head_and_the_goals_own_people_once_each():
    (change,) = changes(picture(), last_changes(picture(), {"6.2": Status.MET}), now=NOON)
    told = notices_of(change, status("6.2"), [HEAD, OWNER, STRANGER, ADMINISTRATOR])

    assert [notice.recipient for notice in told] == ["head", "owner of 6.2"]
    assert {notice.kind for notice in told} == {NoticeKind.GOAL_FELL}
    assert len({notice.key for notice in told}) == 2
    assert told[0].facts["figures"]["da"] == "36,7 % mod 43,8 %"


def test_a_change_names_the_figures_it_rests_on():
    (change,) = changes(picture(), last_changes(picture(), {"6.2": Status.MET}), now=NOON)

    assert change.figures == "6.2.share 707 2024 = 36.7; 6.2.share 000 2024 = 43.8"


def test_turns_of_one_moment_are_told_each_for_itself():
    last = last_changes(picture(), {"6.2": Status.MET})
    later = last | {"6.2": replace(last["6.2"], number=3)}
    told = [
        notice
        for known in (last, later)
        for change in changes(picture(), known, now=NOON)
        for notice in notices_of(change, status("6.2"), [HEAD])
    ]

    assert [notice.created_at for notice in told] == [NOON, NOON]
    assert len({notice.key for notice in told}) == 2


def test_a_recovery_is_told_as_one():
    (change,) = changes(picture(), last_changes(picture(), {"6.9": Status.NOT_MET}), now=NOON)

    assert [notice.kind for notice in notices_of(change, status("6.9"), [HEAD])] == [
        NoticeKind.GOAL_RECOVERED
    ]


def test_changes_on_more_than_a_quarter_of_the_goals_are_held_and_put_to_the_administrator():
    last = last_changes(picture(), dict.fromkeys(("1.2", "1.3", "3.1", "4.1", "6.3", "6.5"), Status.NOT_MET))
    found = changes(picture(), last, now=NOON)

    assert all(change.held for change in found)
    assert [n for c in found for n in notices_of(c, status(c.goal), [HEAD])] == []
    (notice,) = notice_of_many(found, [HEAD, ADMINISTRATOR], picture().plan)
    assert notice.recipient == "administrator"
    assert notice.facts["goals"] == ["1.2", "1.3", "3.1", "4.1", "6.3", "6.5"]


def test_changes_on_a_quarter_of_the_goals_are_not_held():
    last = last_changes(picture(), dict.fromkeys(("1.2", "1.3", "3.1", "4.1", "6.3"), Status.NOT_MET))

    assert not any(change.held for change in changes(picture(), last, now=NOON))


def test_a_plan_is_closed_when_every_goal_was_handled_after_it_ended():
    assert plan_is_closed(picture(date(2026, 11, 21)).all())
    assert not plan_is_closed(picture(date(2025, 5, 13)).all())


def status(number: str):
    return next(found for found in picture().all() if found.goal.number == number)
