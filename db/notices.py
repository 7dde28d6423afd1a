"""The outbox in the database: what is to be told unasked, and the states it goes through on its way.

A deliverer claims what is due, says that it begins to send, sends, and settles with the outcome; each in a
transaction of its own, the sending in none. Each step holds only where the row is still as the step before
left it, so whoever comes late changes nothing and is told so.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.alert_state import came_after
from bplan_bot.notice import (
    ALERT_CARDS,
    LEASE,
    REPEAT_AFTER,
    Notice,
    NoticeKind,
    NoticeState,
    moment_after,
    renewal,
)
from bplan_bot.status_change import StatusChange
from db.dialect import insert_new
from db.tables import notice as table

_REPEATED = frozenset(NoticeKind) - {NoticeKind.CARD_UPDATE, NoticeKind.ADMINISTRATION}
"""What is told twice rather than perhaps never, when nobody can say whether it arrived."""

_UNSENT = (NoticeState.QUEUED, NoticeState.CLAIMED)
_WAITING = (*_UNSENT, NoticeState.SENDING)
ENDED_UNSEEN = (NoticeState.UNCERTAIN, NoticeState.FAILED, NoticeState.CANCELLED)
"""How a notice ends without a card that can be found again."""

_AS_STORED = {one.name for one in fields(Notice)} - {"kind", "state"}
"""What of a notice stands in its row as it is."""

_LEFT = (NoticeState.SENDING, NoticeState.DELIVERED, NoticeState.UNCERTAIN)


async def enqueue(session: AsyncSession, notices: Iterable[Notice]) -> int:
    """Queue those notices whose key is new, and say how many that was."""
    rows = {given.key: _row(given) for given in notices}
    # In one order always, or two processes that queue the same ones could wait for each other.
    return await insert_new(session, table, [rows[key] for key in sorted(rows)])


async def claim(session: AsyncSession, *, now: datetime, limit: int, by: str) -> tuple[Notice, ...]:
    """Take up to `limit` notices that are due, or whose claim ran out, for `by`; those due longest first.

    The `next_at` of a claimed notice is the end of its lease, and tells the steps that follow which claim
    they belong to. Other deliverers get other notices, without waiting.
    """
    claimed = {"held_by": by, "claimed_at": now, "next_at": moment_after(now, LEASE)}
    due = await _lock_due(session, _UNSENT, now=now, limit=limit)
    if not due:
        return ()
    found = {
        row.id: row for row in await _move(session, table.c.id.in_(due), NoticeState.CLAIMED, now, claimed)
    }
    return tuple(found[id_] for id_ in due)


async def begin_sending(session: AsyncSession, notice: Notice, *, now: datetime, by: str) -> bool:
    """Say that the network call begins, to be committed before it does. False: it is not `by`'s to send.

    `notice` is, here and below, as `claim` gave it; `now` is the time of this step, not of the claim.
    """
    mine = and_(_in(notice, NoticeState.CLAIMED), table.c.held_by == by, table.c.next_at > now)
    begun = {"attempt": table.c.attempt + 1, "next_at": moment_after(now, LEASE)}
    return bool(await _move(session, mine, NoticeState.SENDING, now, begun))


async def settle_delivered(
    session: AsyncSession, notice: Notice, *, conversation: str, activity: str, now: datetime
) -> bool:
    """It arrived, as that activity of that conversation. False, here and below: this came too late."""
    sent = {"conversation": conversation, "activity": activity, "last_error": ""}
    return bool(await _move(session, _in(notice, NoticeState.SENDING), NoticeState.DELIVERED, now, sent))


async def settle_retry(
    session: AsyncSession,
    notice: Notice,
    *,
    next_at: datetime,
    error: str,
    now: datetime,
    opened_in_vain: bool = False,
) -> bool:
    """It certainly did not arrive, or was not even sent: it is queued again, for `next_at`."""
    mine = _in(notice, NoticeState.CLAIMED, NoticeState.SENDING)
    openings = notice.openings + opened_in_vain
    again = {"next_at": next_at, "last_error": error, "openings": openings}
    return bool(await _move(session, mine, NoticeState.QUEUED, now, again))


async def settle_uncertain(session: AsyncSession, notice: Notice, *, error: str, now: datetime) -> bool:
    """Nobody can tell whether it arrived: that is how it ends, and an alert is queued once more for later."""
    return bool(await _leave_uncertain(session, _in(notice, NoticeState.SENDING), error=error, now=now))


async def settle_failed(session: AsyncSession, notice: Notice, *, error: str, now: datetime) -> bool:
    """It will never arrive."""
    mine = _in(notice, NoticeState.CLAIMED, NoticeState.SENDING)
    return bool(await _move(session, mine, NoticeState.FAILED, now, {"last_error": error}))


async def cancel(session: AsyncSession, key: str, *, now: datetime) -> bool:
    """Do not send the notice or its repetition, whichever has not begun; False where neither waits."""
    waiting = and_(table.c.key.in_([key, _repetition_key(key)]), table.c.state.in_(_UNSENT))
    return bool(await _move(session, waiting, NoticeState.CANCELLED, now, {}))


async def recover(session: AsyncSession, *, now: datetime) -> int:
    """Leave uncertain what began to be sent and never was settled; how many that were.

    A card's renewal is queued again instead, since doing it twice does no harm.
    """
    lost = await _lock_due(session, [NoticeState.SENDING], now=now)
    if not lost:
        return 0
    error = "the lease ran out while it was being sent"
    renewal, due = table.c.updates != "", table.c.id.in_(lost)
    again = await _move(session, and_(due, renewal), NoticeState.QUEUED, now, {"last_error": error})
    left = await _leave_uncertain(session, and_(due, ~renewal), error=error, now=now)
    return len(again) + len(left)


async def renew_cards(
    session: AsyncSession, plan: str, goal: str, *, after: StatusChange | None, cause: str, now: datetime
) -> int:
    """Queue the renewal of every card of a goal's fall that came `after` a change; how many.

    `cause` names why, so that one cause renews a card once. Cards on their way are among them, since they
    may have been worded before the cause. They are not told apart from delivered ones before the renewal.
    """
    query = (
        select(table)
        .where(table.c.plan == plan, table.c.goal == goal, table.c.kind.in_(ALERT_CARDS))
        .where(table.c.state.in_([*_WAITING, NoticeState.DELIVERED]))
    )
    cards = [_notice(row) for row in (await session.execute(query)).mappings()]
    open_ = [card for card in cards if after is None or came_after(card, after)]
    return await enqueue(session, [renewal(card, cause, now) for card in open_])


async def left_of_falls(
    session: AsyncSession, plan: str, goal: str, recipient: str, *, after: StatusChange | None
) -> tuple[bool, ...]:
    """Of each alert of a goal's fall that came to somebody `after` a change, whether it has left."""
    query = select(table).where(table.c.plan == plan, table.c.goal == goal)
    query = query.where(table.c.recipient == recipient, table.c.kind == NoticeKind.GOAL_FELL)
    told = [_notice(row) for row in (await session.execute(query)).mappings()]
    return tuple(one.state in _LEFT for one in told if after is None or came_after(one, after))


async def by_id(session: AsyncSession, id_: int) -> Notice | None:
    """The notice of that row, or None."""
    return await _one(session, table.c.id == id_)


async def by_key(session: AsyncSession, key: str) -> Notice | None:
    """The notice of that key, or None."""
    return await _one(session, table.c.key == key)


async def known(session: AsyncSession, keys: Collection[str]) -> frozenset[str]:
    """Those of the keys that were ever queued."""
    return frozenset(await session.scalars(select(table.c.key).where(table.c.key.in_(keys))))


async def waiting(session: AsyncSession) -> int:
    """How many notices have not ended yet."""
    counting = select(func.count()).select_from(table).where(table.c.state.in_(_WAITING))
    return await session.scalar(counting) or 0


async def by_state(session: AsyncSession) -> dict[NoticeState, int]:
    """How many notices are in each state, none where there are none."""
    found = await session.execute(select(table.c.state, func.count()).group_by(table.c.state))
    counted = {NoticeState(state): count for state, count in found}
    return {state: counted.get(state, 0) for state in NoticeState}


async def with_prefix(session: AsyncSession, prefix: str) -> tuple[Notice, ...]:
    """Every notice whose key begins like that, in whatever state, by key."""
    query = select(table).where(table.c.key.startswith(prefix, autoescape=True)).order_by(table.c.key)
    return tuple(_notice(row) for row in (await session.execute(query)).mappings())


async def _one(session: AsyncSession, which: ColumnElement[bool]) -> Notice | None:
    row = (await session.execute(select(table).where(which))).mappings().first()
    return _notice(row) if row else None


def _in(notice: Notice, *states: NoticeState) -> ColumnElement[bool]:
    """The notice while it is in one of these states and in the same claim."""
    claimed_at = notice.next_at - LEASE
    return and_(table.c.key == notice.key, table.c.state.in_(states), table.c.claimed_at == claimed_at)


async def _lock_due(
    session: AsyncSession, states: Iterable[NoticeState], *, now: datetime, limit: int | None = None
) -> list[int]:
    """The ids of notices whose time has come, longest first, without those another process is moving."""
    # What came into its state later than now waits for a clock that was set back since. Less than a lease may
    # be two machines that do not agree, and passes by itself.
    set_back = table.c.changed_at > moment_after(now, LEASE)
    query = (
        select(table.c.id)
        .where(table.c.state.in_(list(states)), or_(table.c.next_at <= now, set_back))
        .order_by(table.c.next_at, table.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list((await session.scalars(query)).all())


async def _move(
    session: AsyncSession,
    which: ColumnElement[bool],
    state: NoticeState,
    now: datetime,
    values: Mapping[str, Any],
) -> list[Notice]:
    """Bring these notices into a state; gives them as they are then."""
    moving = update(table).where(which).values(state=state.value, changed_at=now, **values).returning(table)
    return [_notice(row) for row in (await session.execute(moving)).mappings()]


async def _leave_uncertain(
    session: AsyncSession, which: ColumnElement[bool], *, error: str, now: datetime
) -> list[Notice]:
    left = await _move(session, which, NoticeState.UNCERTAIN, now, {"last_error": error})
    await enqueue(session, [_repetition(one, now) for one in left if _is_repeated(one)])
    return left


def _is_repeated(uncertain: Notice) -> bool:
    return uncertain.kind in _REPEATED and not uncertain.repeat_of


def _repetition_key(key: str) -> str:
    return f"{key}#repeat"


def _repetition(uncertain: Notice, now: datetime) -> Notice:
    return replace(
        uncertain,
        key=_repetition_key(uncertain.key),
        repeat_of=uncertain.key,
        created_at=now,
        next_at=moment_after(now, REPEAT_AFTER),
    )


def _row(given: Notice) -> dict[str, Any]:
    """A notice as it is queued."""
    return {
        "key": given.key,
        "kind": given.kind.value,
        "recipient": given.recipient,
        "plan": given.plan,
        "goal": given.goal,
        "facts": dict(given.facts),
        "created_at": given.created_at,
        "state": NoticeState.QUEUED.value,
        "next_at": given.next_at,
        "held_by": "",
        "attempt": 0,
        "openings": 0,
        "conversation": "",
        "activity": "",
        "last_error": "",
        "repeat_of": given.repeat_of,
        "updates": given.updates,
        "changed_at": given.created_at,
    }


def _notice(row: Mapping[Any, Any]) -> Notice:
    same = {name: row[name] for name in _AS_STORED}
    return Notice(kind=NoticeKind(row["kind"]), state=NoticeState(row["state"]), **same)
