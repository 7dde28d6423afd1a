"""When an alert is still news to somebody, and what its card may show."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bplan_bot.access import Person
from bplan_bot.alert_state import Acknowledgement, AlertState, Snooze
from bplan_bot.notice import NoticeKind
from bplan_bot.status import Status
from bplan_bot.status_change import StatusChange
from tests.norddjurs import HEAD, LATER, NOON, every_alert

FELL = every_alert()["alert-fell"][0]
BACK = every_alert()["alert-recovered"][0]


def went(before: Status, after: Status, *, hours: int) -> StatusChange:
    """A change so many hours after the one that is told, or before it where the clock was set back since."""
    at, number = NOON + timedelta(hours=hours), FELL.notice.facts["number"] + abs(hours)
    return StatusChange(plan="norddjurs-2024", goal="6.2", before=before, after=after, at=at, number=number)


THE_FALL = went(Status.MET, Status.NOT_MET, hours=0)
RECOVERED = went(Status.NOT_MET, Status.MET, hours=1)
FELL_AGAIN = went(Status.MET, Status.NOT_MET, hours=2)
WORSE = went(Status.UNLIKELY, Status.NOT_MET, hours=1)


def put_off(days: int, person: str = "head") -> Snooze:
    until = LATER.date() + timedelta(days=days)
    return Snooze(plan="norddjurs-2024", goal="6.2", person=person, until=until, reason="Ferie", at=LATER)


def acknowledged(notice: str, person: str = "head") -> Acknowledgement:
    return Acknowledgement(plan="norddjurs-2024", goal="6.2", person=person, at=LATER, notice=notice)


REPEATED = replace(FELL, notice=replace(FELL.notice, key="again", repeat_of=FELL.notice.key))


@pytest.mark.parametrize(
    ("state", "is_news"),
    [
        pytest.param(FELL, True, id="a fall"),
        pytest.param(replace(FELL, history=(THE_FALL,)), True, id="a fall and nothing since"),
        pytest.param(replace(FELL, history=(THE_FALL, WORSE)), True, id="a fall that got worse"),
        pytest.param(replace(FELL, history=(THE_FALL, RECOVERED)), False, id="a fall that is over"),
        pytest.param(replace(FELL, history=(THE_FALL, RECOVERED, FELL_AGAIN)), False, id="the fall before"),
        pytest.param(replace(FELL, reader=Person("head")), False, id="to somebody without a role now"),
        pytest.param(replace(FELL, opted_out=True), False, id="to somebody who wants none"),
        pytest.param(replace(FELL, snoozes=(put_off(1),)), False, id="of a goal put off until tomorrow"),
        pytest.param(replace(FELL, snoozes=(put_off(0),)), True, id="of a goal put off until today"),
        pytest.param(replace(FELL, snoozes=(put_off(1, "bo"),)), True, id="of a goal a colleague put off"),
        pytest.param(REPEATED, True, id="repeated"),
        pytest.param(
            replace(REPEATED, acknowledgements=(acknowledged(FELL.notice.key),)), False, id="was answered"
        ),
        pytest.param(BACK, True, id="a recovery"),
        pytest.param(replace(BACK, fall_untold=True), False, id="a recovery from what was never told"),
        pytest.param(
            replace(BACK, history=(went(Status.MET, Status.NOT_MET, hours=1),)), False, id="and fell"
        ),
        pytest.param(
            replace(
                BACK,
                history=(
                    went(Status.MET, Status.NOT_MET, hours=1),
                    went(Status.NOT_MET, Status.MET, hours=2),
                ),
            ),
            False,
            id="a recovery that another one tells",
        ),
        pytest.param(replace(BACK, opted_out=True), False, id="a recovery nobody asked for"),
    ],
)
def test_an_alert_is_news_while_it_is_true_and_wanted(state: AlertState, is_news: bool):
    assert state.is_news is is_news


def test_what_somebody_set_a_day_for_comes_though_they_opted_out_and_the_goal_recovered():
    notice = replace(FELL.notice, kind=NoticeKind.FOLLOW_UP)

    assert replace(FELL, notice=notice, opted_out=True, history=(THE_FALL, RECOVERED)).is_news


@pytest.mark.parametrize(
    ("history", "status", "answerable"),
    [
        ((), Status.NOT_MET, True),
        ((THE_FALL,), Status.NOT_MET, True),
        ((THE_FALL, RECOVERED), Status.MET, False),
        ((THE_FALL, RECOVERED, FELL_AGAIN), Status.MET, False),
        ((THE_FALL, went(Status.NOT_MET, Status.NOT_ASSESSABLE, hours=1)), Status.NOT_ASSESSABLE, True),
    ],
)
def test_a_card_tells_its_own_fall_to_the_end(history, status, answerable):
    state = replace(FELL, history=history)

    assert (state.status, state.may_be_answered) == (status, answerable)


def test_turns_of_one_moment_are_told_apart_by_their_order():
    first = FELL.notice.facts["number"]
    turns = (
        replace(THE_FALL, number=first),
        replace(RECOVERED, at=NOON, number=first + 1),
        replace(FELL_AGAIN, at=NOON, number=first + 2),
    )
    again = replace(FELL.notice, facts={**FELL.notice.facts, "number": first + 2})

    assert not replace(FELL, history=turns).is_news
    assert replace(FELL, notice=again, history=turns).is_news


def test_the_order_of_changes_counts_when_the_clock_was_set_back():
    earlier_by_the_clock = went(Status.NOT_MET, Status.MET, hours=-1)

    assert replace(FELL, history=(THE_FALL, earlier_by_the_clock)).recovery == earlier_by_the_clock


@pytest.mark.parametrize(("person", "found"), [(HEAD.id, True), ("owner", False)])
def test_only_the_readers_own_answer_takes_the_button_away(person, found):
    state = replace(FELL, acknowledgements=(acknowledged(FELL.notice.key, person),))

    assert (state.own_acknowledgement is not None) is found
