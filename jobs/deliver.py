"""Deliver: takes due notices, sends each, and writes down what became of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, Protocol

import structlog

from bplan_bot.conversation import Conversation
from bplan_bot.deadlines import Lead
from bplan_bot.delivery import Delivery, Sent
from bplan_bot.errors import Unavailable, frames_of
from bplan_bot.notice import Notice, NoticeState, moment_after
from bplan_bot.reminders import may_be_sent_from
from bplan_bot.reply import Reply
from db import conversations as conversation_rows
from db import notices as notice_rows
from db.engine import Database
from jobs.letters import Letters
from jobs.running import Passing, Point, pass_by

log = structlog.get_logger(__name__)

AT_ONCE = 20
"""Notices claimed in one go; the rest waits for the next tick."""

ATTEMPTS = 43
"""After so many network calls that were told to try again later, a notice has failed: after a day and a half,
so that a night or a Saturday without network loses nothing."""

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
"""Also where Teams asks for more, or a header with a year in it would leave a notice hanging."""

MOST_DOUBLINGS = 10
"""Of the first wait, beyond which the longest one holds in any case."""

PATIENCE = timedelta(days=3)
"""A notice whose chat could not be opened for so long is no news any more, and has failed."""


class Messenger(Protocol):
    """What sends cards; dialogs/messenger.py does it in Teams."""

    async def send(self, conversation: Conversation, reply: Reply) -> Delivery:
        """Post a new card."""

    async def update(self, conversation: Conversation, activity: str, reply: Reply) -> Delivery:
        """Put a card in the place of one that was sent before."""

    async def open_personal(self, person: str) -> Conversation | Delivery:
        """Open the personal conversation with somebody; a Delivery says why that did not work."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card goes: to the end of a conversation, or in the place of an `activity` of it."""

    conversation: Conversation
    activity: str = ""


@dataclass(frozen=True, slots=True)
class Deliverer:
    """One deliverer. `name` tells it from others on the same database; `chance` spreads retries; `elapsed`
    counts seconds, since a lease must not run out unseen while twenty notices are sent one by one; `lead`
    knows the working days."""

    database: Database
    messenger: Messenger
    name: str
    chance: Random
    letters: Letters
    elapsed: Callable[[], float] = lambda: 0.0
    passing: Passing = pass_by
    lead: Lead = field(default_factory=Lead)

    async def deliver(self, now: datetime) -> Mapping[str, Any]:
        """Send what is due at `now`, one notice after the other.

        1. Notices whose sender died with the call begun become uncertain (and are repeated once, later).
        2. Due notices are claimed with a lease.
        3. A reminder outside of working hours waits for the next ones.
        4. Each: the conversation is found or opened, "sending" is committed, the card is sent, and the
           outcome is committed. Nothing of the network happens inside a transaction.
        """
        async with self.database.transaction() as session:
            recovered = await notice_rows.recover(session, now=now)
            claimed = await notice_rows.claim(session, now=now, limit=AT_ONCE, by=self.name)
        self.passing(Point.AFTER_CLAIM)
        begun = self.elapsed()

        def at() -> datetime:
            return moment_after(now, timedelta(seconds=self.elapsed() - begun)).astimezone(now.tzinfo)

        outcomes = [await self._send(notice, at) for notice in claimed]
        counts = {sent.value: outcomes.count(sent) for sent in Sent if sent in outcomes}
        return {"claimed": len(claimed), "recovered": recovered, **counts}

    async def _send(self, notice: Notice, at: Callable[[], datetime]) -> Sent | None:
        if (opens := may_be_sent_from(notice, self.lead, now=at())) > at():
            async with self.database.transaction() as session:
                await notice_rows.settle_retry(session, notice, next_at=opens, error="", now=at())
            return None
        try:
            reply = await self.letters.of(notice, at())
        except Unavailable:
            raise  # the database is in the way, of all notices
        except Exception as problem:
            # One that cannot be worded must not hold up those behind it, now and at every later tick.
            log.error("notice_not_worded", notice=notice.key, traceback=frames_of(problem))
            return await self._settle(notice, None, _unworded(problem), at())
        found = await self._place(notice, at()) if reply else None
        if reply is None or found is None:
            async with self.database.transaction() as session:
                await notice_rows.cancel(session, notice.key, now=at())
            return None
        if isinstance(found, Delivery):
            return await self._settle(notice, None, found, at())
        async with self.database.transaction() as session:
            if not await notice_rows.begin_sending(session, notice, now=at(), by=self.name):
                return None  # its lease ran out and somebody else has it
        self.passing(Point.BEFORE_SEND)
        delivery = await self._speak(found, reply)
        self.passing(Point.AFTER_SEND)
        return await self._settle(notice, found.conversation, delivery, at())

    async def _speak(self, place: Place, reply: Reply) -> Delivery:
        if place.activity:
            return await self.messenger.update(place.conversation, place.activity, reply)
        return await self.messenger.send(place.conversation, reply)

    async def _place(self, notice: Notice, now: datetime) -> Place | Delivery | None:
        """Where it goes; None where there is no card to renew, a Delivery where that cannot be told yet."""
        if notice.updates:
            return await self._place_of_card(notice.updates)
        async with self.database.reading() as session:
            known = await conversation_rows.personal_of(session, notice.recipient)
        if known:
            return Place(known)
        found = await self.messenger.open_personal(notice.recipient)
        if isinstance(found, Delivery):
            return found
        async with self.database.transaction() as session:
            # Kept, or a card in it could not be renewed before the person has said something.
            await conversation_rows.remember(session, found, now=now)
        return Place(found)

    async def _place_of_card(self, key: str) -> Place | Delivery | None:
        async with self.database.reading() as session:
            card = await notice_rows.by_key(session, key)
            if card is None or card.state in notice_rows.ENDED_UNSEEN:
                return None
            if card.state is not NoticeState.DELIVERED:
                return Delivery(sent=Sent.RETRY, error="the card is still on its way")
            conversation = await conversation_rows.conversation(session, card.conversation)
        return Place(conversation, card.activity) if conversation and card.activity else None

    async def _settle(
        self, notice: Notice, conversation: Conversation | None, delivery: Delivery, now: datetime
    ) -> Sent:
        """Write the outcome down; what Teams said of the conversation moves its state."""
        if delivery.sent is not Sent.DELIVERED:
            # That a card cannot be renewed any more is no fault: people delete messages.
            tell = log.info if notice.updates else log.warning
            tell("notice_not_delivered", notice=notice.key, sent=delivery.sent, error=delivery.error)
        async with self.database.transaction() as session:
            if conversation and delivery.state:
                await conversation_rows.set_state(
                    session, conversation.id, delivery.state, error=delivery.error, now=now
                )
            match delivery.sent:
                case Sent.DELIVERED:
                    chat = conversation.id if conversation else ""
                    in_time = await notice_rows.settle_delivered(
                        session, notice, conversation=chat, activity=delivery.activity, now=now
                    )
                    if not in_time:
                        # Somebody gave it up as uncertain meanwhile; it did arrive, so nothing is repeated.
                        await notice_rows.cancel(session, notice.key, now=now)
                case Sent.UNCERTAIN if not notice.updates:
                    await notice_rows.settle_uncertain(session, notice, error=delivery.error, now=now)
                case Sent.RETRY | Sent.UNCERTAIN if notice.attempt + 1 < ATTEMPTS and (
                    # A machine that slept for days wakes before its network does.
                    conversation or now - notice.created_at < PATIENCE
                ):
                    in_vain = conversation is None and not notice.updates
                    before = notice.openings if in_vain else notice.attempt
                    later = moment_after(now, self._wait(before, delivery.retry_after))
                    await notice_rows.settle_retry(
                        session,
                        notice,
                        next_at=later,
                        error=delivery.error,
                        now=now,
                        opened_in_vain=in_vain,
                    )
                case _:
                    await notice_rows.settle_failed(session, notice, error=delivery.error, now=now)
        return delivery.sent

    def _wait(self, before: int, asked: float | None) -> timedelta:
        """Twice as long for each time `before`, spread by up to half so that many do not come back at once,
        and no shorter than Teams `asked` for in seconds; but never longer than an hour."""
        longest = LONGEST_WAIT.total_seconds()
        doubled = (
            FIRST_WAIT.total_seconds() * 2.0 ** min(before, MOST_DOUBLINGS) * (1 + self.chance.random() / 2)
        )
        return timedelta(seconds=min(longest, max(doubled, asked or 0.0)))


def _unworded(problem: Exception) -> Delivery:
    return Delivery(sent=Sent.REFUSED, error=f"not worded: {type(problem).__name__}")
