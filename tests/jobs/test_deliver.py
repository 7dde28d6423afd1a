"""Deliver on a real database with a channel that answers as it is told: what each outcome leaves behind."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest

from bplan_bot.access import Grant, Role
from bplan_bot.conversation import Conversation, ConversationKind, ConversationState
from bplan_bot.delivery import Delivery, Sent
from bplan_bot.errors import Refused, Unavailable
from bplan_bot.notice import LEASE, REPEAT_AFTER, Notice, NoticeKind, NoticeState
from bplan_bot.reply import Reply
from db import conversations, notices, people
from jobs.deliver import ATTEMPTS, LONGEST_WAIT, PATIENCE, Deliverer
from jobs.letters import Letters
from tests.norddjurs import every_notice

NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
ARRIVED = Delivery(sent=Sent.DELIVERED, activity="activity-1")
CHAT = Conversation(
    id="chat of the head",
    kind=ConversationKind.PERSONAL,
    tenant_id="tenant",
    service_url="https://example.org/",
    bot_id="bot",
    person="head",
)


@dataclass
class Channel:
    """Answers sends one after the other as it is told, the last answer for all that follow."""

    answers: list[Delivery] = field(default_factory=lambda: [ARRIVED])
    opening: Conversation | Delivery = CHAT
    sent: list[Reply] = field(default_factory=list)
    updated: list[tuple[str, str]] = field(default_factory=list)
    opened: int = 0
    during: Callable[[], None] = lambda: None

    async def send(self, conversation: Conversation, reply: Reply) -> Delivery:
        self.sent.append(reply)
        self.during()
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    async def update(self, conversation: Conversation, activity: str, reply: Reply) -> Delivery:
        self.updated.append((conversation.id, activity))
        self.during()
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    async def open_personal(self, person: str) -> Conversation | Delivery:
        self.opened += 1
        return self.opening


@pytest.fixture
def channel() -> Channel:
    return Channel()


@pytest.fixture
async def deliverer(database, channel):
    """A deliverer with one notice to send to somebody whose chat is known."""
    async with database.transaction() as session:
        await conversations.remember(session, CHAT, now=NOON)
    await queue(database, every_notice()["alert-fell"])
    return Deliverer(database, channel, "one", Random(1), Letters(database))


async def queue(database, *given: Notice) -> None:
    """Queue notices to the head, who is one."""
    async with database.transaction() as session:
        await people.grant(session, "head", Grant(Role.HEAD), by="test", now=NOON)
        await notices.enqueue(session, given)


async def renew(database, cause: str, *, now: datetime = NOON) -> None:
    """Something happened that the head's card is to show."""
    told = every_notice()["alert-fell"]
    async with database.transaction() as session:
        await notices.renew_cards(session, told.plan, "6.2", after=None, cause=cause, now=now)


async def states(database) -> dict[NoticeState, int]:
    async with database.reading() as session:
        return {state: count for state, count in (await notices.by_state(session)).items() if count}


async def test_a_due_notice_is_sent_once_as_its_card(deliverer, channel, database):
    did = await deliverer.deliver(NOON)
    await deliverer.deliver(NOON + timedelta(minutes=1))

    assert did == {"claimed": 1, "recovered": 0, "delivered": 1}
    assert [reply.summary for reply in channel.sent] == ["Mål 6.2 er faldet: Ikke nået. 36,7 % mod 43,8 %"]
    assert await states(database) == {NoticeState.DELIVERED: 1}


async def test_what_was_delivered_can_be_found_again_to_be_updated(deliverer, database):
    await deliverer.deliver(NOON)

    async with database.reading() as session:
        found = await notices.by_key(session, every_notice()["alert-fell"].key)
    assert found is not None
    assert (found.conversation, found.activity) == (CHAT.id, "activity-1")


async def test_what_teams_did_not_take_is_sent_again_after_the_wait_it_asked_for(
    deliverer, channel, database
):
    channel.answers = [Delivery(sent=Sent.RETRY, error="429", retry_after=90), ARRIVED]
    await deliverer.deliver(NOON)
    await deliverer.deliver(NOON + timedelta(seconds=89))
    too_early = len(channel.sent)
    await deliverer.deliver(NOON + timedelta(seconds=90))

    assert too_early == 1
    assert len(channel.sent) == 2
    assert await states(database) == {NoticeState.DELIVERED: 1}


async def next_at(database) -> datetime:
    """When the alert is due."""
    async with database.reading() as session:
        found = await notices.by_key(session, every_notice()["alert-fell"].key)
    assert found is not None
    return found.next_at


@pytest.mark.parametrize("asked", [None, 1.0], ids=["no network", "told to come back in a second"])
async def test_a_notice_that_is_never_taken_fails_after_a_day_and_a_half(deliverer, channel, database, asked):
    channel.answers = [Delivery(sent=Sent.RETRY, error="429", retry_after=asked)]
    tries = [NOON]
    while NoticeState.FAILED not in await states(database):
        await deliverer.deliver(tries[-1])
        tries.append(await next_at(database))
    tried = tries[: len(channel.sent)]
    waits = [later - earlier for earlier, later in pairwise(tried)]

    assert len(tried) == ATTEMPTS
    assert timedelta(hours=36) < tried[-1] - NOON < timedelta(hours=38)
    assert waits == sorted(waits)
    assert (waits[0] < timedelta(minutes=1), waits[-1]) == (True, LONGEST_WAIT)


@pytest.mark.parametrize("asked", [365 * 86400.0, 1e300, float("inf")])
async def test_a_wait_that_teams_asks_for_is_never_longer_than_an_hour(deliverer, channel, database, asked):
    channel.answers = [Delivery(sent=Sent.RETRY, error="429", retry_after=asked), ARRIVED]
    await deliverer.deliver(NOON)
    await deliverer.deliver(NOON + LONGEST_WAIT - timedelta(seconds=1))
    too_early = len(channel.sent)
    await deliverer.deliver(NOON + LONGEST_WAIT)

    assert too_early == 1
    assert await states(database) == {NoticeState.DELIVERED: 1}


class Wordings(Letters):
    """Words every notice alike, as if what it tells of were there; `problem` is raised instead, once."""

    problem: ClassVar[list[Exception]] = []

    async def of(self, notice: Notice, now: datetime) -> Reply | None:
        if self.problem:
            raise self.problem.pop()
        return Reply(card={}, wording="", summary=notice.kind)


@pytest.mark.parametrize(
    ("kind", "sent_at"),
    [
        (NoticeKind.REMINDER, ["06 15:59", "10 08:00"]),
        (NoticeKind.SECOND_REMINDER, ["06 15:59", "10 08:00"]),
        (NoticeKind.MISSING, ["06 15:59", "10 08:00"]),
        (NoticeKind.GOAL_FELL, ["06 15:59", "06 16:00"]),
        (NoticeKind.ADMINISTRATION, ["06 15:59", "06 16:00"]),
    ],
)
async def test_a_reminder_that_did_not_get_through_by_closing_time_waits_for_the_next_working_day(
    database, channel, kind, sent_at
):
    # The Friday before Whitsun; the Monday is a holiday.
    closing = datetime(2025, 6, 6, 15, 59, tzinfo=ZoneInfo("Europe/Copenhagen"))
    await queue(database, replace(every_notice()["alert-fell"], kind=kind, next_at=closing))
    channel.answers = [Delivery(sent=Sent.RETRY, error="429", retry_after=30), ARRIVED]
    deliverer = Deliverer(database, channel, "one", Random(1), Wordings(database))
    tried = []
    for minutes in (0, 1, 16, *range(61, 4 * 24 * 60, 60)):
        before, now = len(channel.sent), closing + timedelta(minutes=minutes)
        await deliverer.deliver(now)
        tried += [f"{now:%d %H:%M}"] * (len(channel.sent) - before)

    assert tried == sent_at
    assert await states(database) == {NoticeState.DELIVERED: 1}


@pytest.mark.parametrize(
    ("problem", "left"),
    [(Refused("form.unknown"), NoticeState.FAILED), (Unavailable("database.locked"), NoticeState.CLAIMED)],
    ids=["the notice is at fault", "the database is away"],
)
async def test_only_a_database_that_is_away_stops_the_others(database, channel, problem, left):
    told = every_notice()["alert-fell"]
    await queue(database, replace(told, key="first"), replace(told, key="second"))
    deliverer = Deliverer(database, channel, "one", Random(1), Wordings(database))
    Wordings.problem.append(problem)
    with suppress(Unavailable):
        await deliverer.deliver(NOON)

    async with database.reading() as session:
        found = await notices.by_key(session, "first")
    assert found is not None
    assert found.state is left
    assert len(channel.sent) == (left is NoticeState.FAILED)


async def test_an_unknown_outcome_is_repeated_once_and_says_so(deliverer, channel, database):
    channel.answers = [Delivery(sent=Sent.UNCERTAIN, error="504")]
    for minutes in (0, 1, 15, 16, 40, 80):
        await deliverer.deliver(NOON + timedelta(minutes=minutes))

    assert len(channel.sent) == 2
    assert "Gentaget" not in channel.sent[0].text
    assert "Gentaget" in channel.sent[1].text
    assert await states(database) == {NoticeState.UNCERTAIN: 2}


async def test_a_sender_that_died_with_the_call_begun_leaves_an_unknown_outcome(deliverer, channel, database):
    def die() -> None:
        raise KeyboardInterrupt

    channel.during = die
    with pytest.raises(KeyboardInterrupt):
        await deliverer.deliver(NOON)
    channel.during = lambda: None
    later = NOON + LEASE + timedelta(seconds=1)
    did = await deliverer.deliver(later)
    await deliverer.deliver(later + REPEAT_AFTER)

    assert did["recovered"] == 1
    assert len(channel.sent) == 2
    assert await states(database) == {NoticeState.UNCERTAIN: 1, NoticeState.DELIVERED: 1}


async def test_a_refusal_ends_it_and_moves_the_conversation(deliverer, channel, database):
    refused = Delivery(sent=Sent.REFUSED, error="403 209", state=ConversationState.BLOCKED)
    channel.answers = [refused]
    await deliverer.deliver(NOON)

    assert await states(database) == {NoticeState.FAILED: 1}
    async with database.reading() as session:
        found = await conversations.conversation(session, CHAT.id)
    assert found is not None
    assert found.state is ConversationState.BLOCKED


async def test_a_person_without_a_chat_gets_one_opened(database, channel):
    await queue(database, every_notice()["alert-fell"])
    await Deliverer(database, channel, "one", Random(1), Letters(database)).deliver(NOON)

    assert len(channel.sent) == 1


async def test_a_chat_that_cannot_be_opened_is_tried_for_days_and_then_given_up(database, channel):
    channel.opening = Delivery(sent=Sent.RETRY, error="no conversation is known yet")
    await queue(database, every_notice()["alert-fell"])
    deliverer = Deliverer(database, channel, "one", Random(1), Letters(database))
    tries = [NOON]
    while NoticeState.FAILED not in await states(database):
        await deliverer.deliver(tries[-1])
        tries.append(await next_at(database))
    tried = tries[: channel.opened]
    waits = [later - earlier for earlier, later in pairwise(tried)]

    assert PATIENCE <= tried[-1] - NOON < PATIENCE + LONGEST_WAIT
    assert waits == sorted(waits)
    assert (waits[0] < timedelta(minutes=1), waits[-1]) == (True, LONGEST_WAIT)
    assert channel.sent == []


async def test_what_waited_for_its_chat_to_open_is_sent_with_the_patience_of_any_other(database, channel):
    channel.opening = Delivery(sent=Sent.RETRY, error="no network")
    channel.answers = [Delivery(sent=Sent.RETRY, error="429", retry_after=30), ARRIVED]
    await queue(database, every_notice()["alert-fell"])
    deliverer = Deliverer(database, channel, "one", Random(1), Letters(database))
    for _ in range(ATTEMPTS):
        await deliverer.deliver(await next_at(database))
    channel.opening = CHAT
    opened = await next_at(database)
    await deliverer.deliver(opened)
    again = await next_at(database)
    await deliverer.deliver(again)

    assert again - opened < timedelta(minutes=1)
    assert len(channel.sent) == 2
    assert await states(database) == {NoticeState.DELIVERED: 1}


async def test_a_card_is_renewed_in_the_place_where_it_was_delivered(deliverer, channel, database):
    await deliverer.deliver(NOON)
    await renew(database, "acknowledged")
    await deliverer.deliver(NOON + timedelta(minutes=1))

    assert len(channel.sent) == 1
    assert channel.updated == [(CHAT.id, "activity-1")]
    assert await states(database) == {NoticeState.DELIVERED: 2}


async def test_a_card_in_a_chat_that_only_the_bot_opened_is_renewed_too(database, channel):
    await queue(database, every_notice()["alert-fell"])
    deliverer = Deliverer(database, channel, "one", Random(1), Letters(database))
    await deliverer.deliver(NOON)
    await renew(database, "acknowledged")
    await deliverer.deliver(NOON + timedelta(minutes=1))

    assert channel.updated == [(CHAT.id, "activity-1")]


async def test_a_renewal_waits_for_its_card_to_arrive(deliverer, channel, database):
    channel.answers = [Delivery(sent=Sent.RETRY, error="429", retry_after=120), ARRIVED]
    await renew(database, "acknowledged")
    for minute in (0, 1, 2, 3, 4):
        await deliverer.deliver(NOON + timedelta(minutes=minute))

    assert len(channel.sent) == 2
    assert channel.updated == [(CHAT.id, "activity-1")]


async def test_a_renewal_of_unknown_outcome_is_simply_done_again(deliverer, channel, database):
    await deliverer.deliver(NOON)
    await renew(database, "acknowledged")
    channel.answers = [Delivery(sent=Sent.UNCERTAIN, error="504"), ARRIVED]
    for minute in (1, 2, 20, 40):
        await deliverer.deliver(NOON + timedelta(minutes=minute))

    assert len(channel.sent) == 1
    assert len(channel.updated) == 2
    assert await states(database) == {NoticeState.DELIVERED: 2}


async def test_a_renewal_whose_sender_died_is_done_again(deliverer, channel, database):
    def die() -> None:
        raise KeyboardInterrupt

    await deliverer.deliver(NOON)
    await renew(database, "acknowledged")
    channel.during = die
    with pytest.raises(KeyboardInterrupt):
        await deliverer.deliver(NOON)
    channel.during = lambda: None
    await deliverer.deliver(NOON + LEASE + timedelta(seconds=1))

    assert len(channel.updated) == 2
    assert await states(database) == {NoticeState.DELIVERED: 2}


async def test_a_card_that_somebody_deleted_is_left_alone(deliverer, channel, database):
    await deliverer.deliver(NOON)
    await renew(database, "acknowledged")
    channel.answers = [Delivery(sent=Sent.REFUSED, error="404 ActivityNotFound")]
    for minute in (1, 20):
        await deliverer.deliver(NOON + timedelta(minutes=minute))

    assert len(channel.sent) == 1
    assert len(channel.updated) == 1
    assert await states(database) == {NoticeState.DELIVERED: 1, NoticeState.FAILED: 1}


async def test_a_card_that_never_arrived_is_not_renewed(deliverer, channel, database):
    channel.answers = [Delivery(sent=Sent.REFUSED, error="413")]
    await deliverer.deliver(NOON)
    async with database.transaction() as session:
        await notices.enqueue(session, [_renewal_of_the_alert()])
    await deliverer.deliver(NOON + timedelta(minutes=1))

    assert channel.updated == []
    assert await states(database) == {NoticeState.FAILED: 1, NoticeState.CANCELLED: 1}


def _renewal_of_the_alert() -> Notice:
    told = every_notice()["alert-fell"]
    return replace(told, key="renewal", kind=NoticeKind.CARD_UPDATE, facts={}, updates=told.key)


async def test_a_notice_that_cannot_be_worded_fails_and_holds_up_no_other(deliverer, channel, database):
    broken = replace(every_notice()["alert-fell"], key="broken", facts={}, next_at=NOON - timedelta(hours=1))
    await queue(database, broken)
    await deliverer.deliver(NOON)

    assert len(channel.sent) == 1
    assert await states(database) == {NoticeState.DELIVERED: 1, NoticeState.FAILED: 1}


async def test_two_deliverers_never_send_the_same_notice(database, channel):
    template = every_notice()["alert-fell"]
    many = [replace(template, key=f"notice {number}") for number in range(15)]
    async with database.transaction() as session:
        await conversations.remember(session, CHAT, now=NOON)
    await queue(database, *many)
    for name in ("one", "two"):
        await Deliverer(database, channel, name, Random(1), Letters(database)).deliver(NOON)

    assert len(channel.sent) == 15
