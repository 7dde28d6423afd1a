"""A notice goes from hand to hand with a lease, and only who holds it says what became of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.notice import LEASE, REPEAT_AFTER, Notice, NoticeKind, NoticeState
from bplan_bot.status_change import StatusChange
from db import notices
from db.engine import Database
from tests.factories import NOW, make_change, make_notice

SOON = NOW + timedelta(seconds=10)
EXPIRED = NOW + LEASE
Settle = Callable[..., Awaitable[bool]]

DELIVERED = partial(notices.settle_delivered, conversation="a:1", activity="17")
RETRY = partial(notices.settle_retry, next_at=SOON + timedelta(minutes=1), error="429")
UNCERTAIN = partial(notices.settle_uncertain, error="time-out")
FAILED = partial(notices.settle_failed, error="403")
SETTLES = [
    pytest.param(DELIVERED, NoticeState.DELIVERED, id="delivered"),
    pytest.param(RETRY, NoticeState.QUEUED, id="retry"),
    pytest.param(UNCERTAIN, NoticeState.UNCERTAIN, id="uncertain"),
    pytest.param(FAILED, NoticeState.FAILED, id="failed"),
]


class Outbox:
    """The outbox with each step in a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def enqueue(self, *given: Notice) -> int:
        async with self.database.transaction() as session:
            return await notices.enqueue(session, given)

    async def claim(self, now: datetime = NOW, *, by: str = "p", limit: int = 9) -> tuple[Notice, ...]:
        async with self.database.transaction() as session:
            return await notices.claim(session, now=now, limit=limit, by=by)

    async def begin(self, notice: Notice, now: datetime = NOW, *, by: str = "p") -> bool:
        async with self.database.transaction() as session:
            return await notices.begin_sending(session, notice, now=now, by=by)

    async def settle(self, settle: Settle, notice: Notice, now: datetime = SOON) -> bool:
        async with self.database.transaction() as session:
            return await settle(session, notice, now=now)

    async def cancel(self, key: str, now: datetime = NOW) -> bool:
        async with self.database.transaction() as session:
            return await notices.cancel(session, key, now=now)

    async def recover(self, now: datetime) -> int:
        async with self.database.transaction() as session:
            return await notices.recover(session, now=now)

    async def states(self) -> dict[NoticeState, int]:
        """How many are in each state, of the states that any is in."""
        async with self.database.reading() as session:
            return {state: count for state, count in (await notices.by_state(session)).items() if count}

    async def waiting(self) -> int:
        async with self.database.reading() as session:
            return await notices.waiting(session)

    async def found(self, key: str) -> Notice:
        async with self.database.reading() as session:
            found = await notices.by_key(session, key)
        assert found is not None
        return found

    async def renew(self, cause: str = "why", *, after: StatusChange | None = None) -> int:
        async with self.database.transaction() as session:
            return await notices.renew_cards(session, "plan", "1.1", after=after, cause=cause, now=SOON)

    async def sending(self, **changes: Any) -> Notice:
        """A notice whose sending has begun, as it was claimed."""
        await self.enqueue(make_notice(**changes))
        (claimed,) = await self.claim()
        assert await self.begin(claimed)
        return claimed


@pytest.fixture
def outbox(database: Database) -> Outbox:
    """An empty outbox."""
    return Outbox(database)


@pytest.fixture
async def other(database_url: str) -> AsyncIterator[Outbox]:
    """The same outbox, as another process has it."""
    database = Database(database_url)
    yield Outbox(database)
    await database.close()


async def test_a_notice_is_claimed_as_it_was_queued(outbox: Outbox) -> None:
    queued = make_notice(repeat_of="earlier")

    assert await outbox.enqueue(queued) == 1

    (claimed,) = await outbox.claim()
    expected = replace(queued, state=NoticeState.CLAIMED, next_at=NOW + LEASE, id=claimed.id)
    assert claimed == expected


async def test_a_key_is_queued_once_whatever_becomes_of_it(outbox: Outbox) -> None:
    assert await outbox.enqueue(make_notice("a"), make_notice("a"), make_notice("b")) == 2
    await outbox.cancel("a")

    assert await outbox.enqueue(make_notice("b"), make_notice("a", recipient="bo")) == 0
    assert await outbox.enqueue() == 0


async def test_what_is_due_longest_is_claimed_first_and_no_more_than_asked_for(outbox: Outbox) -> None:
    due = {"late": -3, "now": 0, "later": -2, "last": -1}
    await outbox.enqueue(*(make_notice(key, next_at=NOW + timedelta(hours=h)) for key, h in due.items()))

    assert [one.key for one in await outbox.claim(limit=3)] == ["late", "later", "last"]
    assert [one.key for one in await outbox.claim(limit=3)] == ["now"]


async def test_a_notice_is_not_claimed_before_its_time(outbox: Outbox) -> None:
    await outbox.enqueue(make_notice(next_at=SOON))

    assert await outbox.claim(SOON - timedelta(microseconds=1)) == ()
    assert len(await outbox.claim(SOON)) == 1


async def test_a_claim_that_ran_out_is_another_s_and_no_longer_the_first_s(outbox: Outbox) -> None:
    await outbox.enqueue(make_notice())
    (first,) = await outbox.claim(by="p")

    assert await outbox.claim(EXPIRED - timedelta(microseconds=1), by="q") == ()
    (second,) = await outbox.claim(EXPIRED, by="q")

    assert not await outbox.begin(first, EXPIRED, by="p")
    assert not await outbox.begin(second, EXPIRED, by="p")
    assert await outbox.begin(second, EXPIRED, by="q")


async def test_who_comes_after_the_end_of_the_lease_may_not_send(outbox: Outbox) -> None:
    await outbox.enqueue(make_notice())
    (claimed,) = await outbox.claim()

    assert not await outbox.begin(claimed, EXPIRED)
    assert await outbox.begin(claimed, EXPIRED - timedelta(microseconds=1))


async def test_of_two_claims_of_one_process_only_the_newer_may_send_and_once(outbox: Outbox) -> None:
    await outbox.enqueue(make_notice())
    (first,) = await outbox.claim()
    (second,) = await outbox.claim(EXPIRED)

    assert not await outbox.begin(first, EXPIRED)
    assert [await outbox.begin(second, EXPIRED) for _ in range(2)] == [True, False]


async def test_two_processes_that_claim_at_once_get_different_notices_without_waiting(
    outbox: Outbox, other: Outbox, dialect: str
) -> None:
    await outbox.enqueue(*(make_notice(f"n{i}") for i in range(6)))

    async with outbox.database.transaction() as session:
        first = await notices.claim(session, now=NOW, limit=3, by="p")
        claiming = asyncio.create_task(other.claim(by="q", limit=9))
        if dialect == "postgresql":
            await asyncio.wait_for(asyncio.shield(claiming), 2)
    second = await claiming

    assert len(first) == len(second) == 3
    assert {one.key for one in first} | {one.key for one in second} == {f"n{i}" for i in range(6)}


async def test_two_processes_that_queue_the_same_at_once_queue_it_once(outbox: Outbox, other: Outbox) -> None:
    given = [make_notice(f"n{i}") for i in range(5)]
    async with outbox.database.transaction() as session:
        assert await notices.enqueue(session, given) == 5
        queueing = asyncio.create_task(other.enqueue(*reversed(given)))
        await asyncio.sleep(0.1)

    assert await queueing == 0


@pytest.mark.parametrize(("settle", "state"), SETTLES)
async def test_the_outcome_is_kept_once(outbox: Outbox, settle: Settle, state: NoticeState) -> None:
    sending = await outbox.sending(kind=NoticeKind.ADMINISTRATION)

    assert await outbox.settle(settle, sending)
    assert await outbox.states() == {state: 1}

    assert not await outbox.settle(settle, sending)
    assert await outbox.states() == {state: 1}


@pytest.mark.parametrize(("settle", "state"), SETTLES)
async def test_an_outcome_that_comes_after_the_sending_was_given_up_changes_nothing(
    outbox: Outbox, settle: Settle, state: NoticeState
) -> None:
    sending = await outbox.sending(kind=NoticeKind.ADMINISTRATION)
    assert await outbox.recover(EXPIRED) == 1

    assert not await outbox.settle(settle, sending, EXPIRED)
    assert await outbox.states() == {NoticeState.UNCERTAIN: 1}


@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize(("settle", "state"), SETTLES)
async def test_an_outcome_of_a_claim_that_ran_out_changes_nothing_of_the_next_one(
    outbox: Outbox, settle: Settle, state: NoticeState, begun: bool
) -> None:
    await outbox.enqueue(make_notice())
    (first,) = await outbox.claim(by="p")
    (second,) = await outbox.claim(EXPIRED, by="q")
    if begun:
        await outbox.begin(second, EXPIRED, by="q")
    before = await outbox.states()

    assert not await outbox.settle(settle, first, EXPIRED)
    assert await outbox.states() == before


@pytest.mark.parametrize(
    ("settle", "holds"),
    [(DELIVERED, False), (UNCERTAIN, False), (RETRY, True), (FAILED, True)],
    ids=["delivered", "uncertain", "retry", "failed"],
)
async def test_before_the_call_begins_a_notice_can_be_given_back_or_up_but_not_have_been_sent(
    outbox: Outbox, settle: Settle, holds: bool
) -> None:
    await outbox.enqueue(make_notice())
    (claimed,) = await outbox.claim()

    assert await outbox.settle(settle, claimed) is holds


async def test_what_is_told_to_retry_is_due_when_it_was_told_and_counts_its_calls(outbox: Outbox) -> None:
    sending = await outbox.sending()
    await outbox.settle(RETRY, sending)

    assert await outbox.claim(SOON) == ()
    (again,) = await outbox.claim(SOON + timedelta(minutes=1))
    assert (again.attempt, again.last_error) == (1, "429")
    assert await outbox.begin(again, SOON + timedelta(minutes=1))
    assert await outbox.settle(DELIVERED, again, SOON + timedelta(minutes=2))

    found = await outbox.found(again.key)
    assert (found.attempt, found.conversation, found.activity, found.last_error) == (2, "a:1", "17", "")


@pytest.mark.parametrize("kind", [NoticeKind.GOAL_FELL, NoticeKind.GOAL_RECOVERED, NoticeKind.MANY_CHANGES])
async def test_an_uncertain_alert_is_repeated_once_and_says_what_it_repeats(
    outbox: Outbox, kind: NoticeKind
) -> None:
    sending = await outbox.sending(kind=kind)
    await outbox.settle(UNCERTAIN, sending, SOON)
    due = SOON + REPEAT_AFTER

    assert await outbox.claim(due - timedelta(seconds=1)) == ()
    (repetition,) = await outbox.claim(due)
    assert repetition == replace(
        make_notice(f"{sending.key}#repeat", kind=kind, repeat_of=sending.key, created_at=SOON),
        state=NoticeState.CLAIMED,
        next_at=due + LEASE,
        id=repetition.id,
    )

    assert await outbox.begin(repetition, due)
    assert await outbox.settle(UNCERTAIN, repetition, due)
    assert await outbox.waiting() == 0
    assert await outbox.states() == {NoticeState.UNCERTAIN: 2}


async def test_what_only_informs_the_administration_is_not_repeated(outbox: Outbox) -> None:
    await outbox.settle(UNCERTAIN, await outbox.sending(kind=NoticeKind.ADMINISTRATION))

    assert await outbox.states() == {NoticeState.UNCERTAIN: 1}


async def test_a_sending_nobody_settled_becomes_uncertain_when_its_lease_runs_out(outbox: Outbox) -> None:
    await outbox.enqueue(make_notice())
    (claimed,) = await outbox.claim()
    begun = NOW + LEASE / 2
    await outbox.begin(claimed, begun)

    assert await outbox.recover(EXPIRED) == 0  # the lease began anew with the call
    assert await outbox.claim(begun + LEASE) == ()
    assert await outbox.recover(begun + LEASE) == 1
    assert await outbox.recover(begun + LEASE) == 0
    assert await outbox.states() == {NoticeState.UNCERTAIN: 1, NoticeState.QUEUED: 1}


async def test_two_processes_that_recover_at_once_repeat_once(outbox: Outbox, other: Outbox) -> None:
    await outbox.sending()

    async with outbox.database.transaction() as session:
        assert await notices.recover(session, now=EXPIRED) == 1
        recovering = asyncio.create_task(other.recover(EXPIRED))
        await asyncio.sleep(0.1)

    assert await recovering == 0
    assert await outbox.states() == {NoticeState.UNCERTAIN: 1, NoticeState.QUEUED: 1}


async def test_what_is_no_longer_true_is_cancelled_before_it_is_sent(outbox: Outbox) -> None:
    await outbox.enqueue(make_notice("queued"), make_notice("claimed"))
    (claimed,) = await outbox.claim(limit=1)

    assert [await outbox.cancel(key) for key in ("queued", "claimed", "queued", "unknown")] == [
        True,
        True,
        False,
        False,
    ]
    assert not await outbox.begin(claimed)
    assert await outbox.states() == {NoticeState.CANCELLED: 2}


@pytest.mark.parametrize("settle", [None, DELIVERED, FAILED], ids=["sending", "delivered", "failed"])
async def test_what_has_begun_or_ended_cannot_be_cancelled(outbox: Outbox, settle: Settle | None) -> None:
    sending = await outbox.sending()
    if settle:
        await outbox.settle(settle, sending)
    before = await outbox.states()

    assert not await outbox.cancel(sending.key)
    assert await outbox.states() == before


async def test_cancelling_an_uncertain_notice_cancels_its_repetition(outbox: Outbox) -> None:
    sending = await outbox.sending()
    await outbox.settle(UNCERTAIN, sending)

    assert await outbox.cancel(sending.key)
    assert await outbox.states() == {NoticeState.UNCERTAIN: 1, NoticeState.CANCELLED: 1}


async def test_every_card_of_a_fall_is_renewed_unless_it_ended_unseen(outbox: Outbox) -> None:
    for key, settle in (("seen", DELIVERED), ("lost", FAILED), ("perhaps", UNCERTAIN)):
        await outbox.settle(settle, await outbox.sending(key=key, plan="plan"))
    await outbox.sending(key="on its way", plan="plan")
    await outbox.enqueue(
        make_notice("queued", plan="plan"),
        make_notice("other plan", plan="another"),
        make_notice("other goal", plan="plan", goal="1.2"),
        make_notice("good news", plan="plan", kind=NoticeKind.GOAL_RECOVERED),
    )

    # The repetition of the uncertain one waits to be sent.
    assert await outbox.renew() == 4
    renewal = await outbox.found("seen#renewed/why")
    assert (renewal.kind, renewal.updates, renewal.recipient) == (NoticeKind.CARD_UPDATE, "seen", "anna")


async def test_cards_of_an_earlier_fall_are_left_alone(outbox: Outbox) -> None:
    await outbox.enqueue(make_notice("then", plan="plan"))
    await outbox.enqueue(make_notice("now", plan="plan", created_at=NOW + timedelta(days=2)))

    assert await outbox.renew(after=make_change(at=NOW)) == 1
    assert (await outbox.found("now#renewed/why")).updates == "now"


async def test_one_cause_renews_a_card_once_and_another_one_again(outbox: Outbox) -> None:
    await outbox.enqueue(make_notice(plan="plan"))

    assert [await outbox.renew(cause) for cause in ("one", "one", "two")] == [1, 0, 1]


async def test_a_renewal_that_was_lost_while_it_was_sent_is_queued_again_and_not_repeated(
    outbox: Outbox,
) -> None:
    sending = await outbox.sending(key="renewal", kind=NoticeKind.CARD_UPDATE, updates="card")

    assert await outbox.recover(EXPIRED) == 1
    assert await outbox.states() == {NoticeState.QUEUED: 1}
    assert [one.key for one in await outbox.claim(EXPIRED)] == [sending.key]


async def test_notices_are_counted_by_state_and_those_that_wait_together(outbox: Outbox) -> None:
    await outbox.sending(key="sending")
    await outbox.enqueue(make_notice("claimed"), make_notice("queued"))
    await outbox.claim(limit=1)

    async with outbox.database.reading() as session:
        counted = await notices.by_state(session)
    assert counted == dict.fromkeys(NoticeState, 0) | {
        NoticeState.QUEUED: 1,
        NoticeState.CLAIMED: 1,
        NoticeState.SENDING: 1,
    }
    assert await outbox.waiting() == 3


async def test_a_step_that_is_rolled_back_has_not_happened(outbox: Outbox) -> None:
    await outbox.enqueue(make_notice())

    async def claim_and_fail(session: AsyncSession) -> None:
        await notices.claim(session, now=NOW, limit=1, by="p")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        async with outbox.database.transaction() as session:
            await claim_and_fail(session)

    assert await outbox.states() == {NoticeState.QUEUED: 1}


async def test_notices_are_found_by_how_their_key_begins(outbox: Outbox) -> None:
    await outbox.enqueue(*(make_notice(key) for key in ("a_b/2", "a_b/1", "axb/1", "other")))

    async with outbox.database.reading() as session:
        found = await notices.with_prefix(session, "a_b/")

    assert [one.key for one in found] == ["a_b/1", "a_b/2"]
