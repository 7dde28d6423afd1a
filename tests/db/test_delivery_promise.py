"""Whatever dies, stalls or comes late: every notice ends, and none is sent more often than was told."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from bplan_bot.notice import LEASE, REPEAT_AFTER, Notice, NoticeKind, NoticeState
from db import notices, tables
from db.engine import Database
from tests.factories import NOW, make_notice

ENDS = {NoticeState.DELIVERED, NoticeState.UNCERTAIN, NoticeState.FAILED, NoticeState.CANCELLED}
KINDS = (NoticeKind.GOAL_FELL, NoticeKind.GOAL_RECOVERED, NoticeKind.ADMINISTRATION)
PROCESSES = st.integers(0, 2)
OUTCOMES = st.sampled_from(["delivered", "retry", "uncertain", "failed"])
STEPS = {
    "claim": st.tuples(st.just("claim"), PROCESSES, st.integers(1, 3)),
    "begin": st.tuples(st.just("begin"), PROCESSES, st.integers(0, 3)),
    "settle": st.tuples(st.just("settle"), PROCESSES, st.integers(0, 3), OUTCOMES),
    "kill": st.tuples(st.just("kill"), PROCESSES),
    "cancel": st.tuples(st.just("cancel"), st.integers(0, 3)),
    "recover": st.tuples(st.just("recover")),
    "sleep": st.tuples(st.just("sleep"), st.sampled_from([1, 30, 119, 120, 121, 900, -90, -3600, -86400])),
}
OFTEN = [*STEPS, *("claim", "begin", "settle", "sleep") * 3]
"""The steps by how often they come: dying and cancelling are rarer than working."""


class World:
    """Three deliverers, a clock that only this moves, and a book of what they did on the network.

    A process that is not asked to do anything stalls and comes late; one that is killed forgets what it had
    and starts again under its old name.
    """

    def __init__(self, database: Database, kinds: Sequence[NoticeKind]) -> None:
        self.database = database
        self.now = NOW
        self.slept = 0
        self.given = [make_notice(f"n{i}", kind=kind) for i, kind in enumerate(kinds)]
        self.hands: list[list[Notice]] = [[], [], []]
        self.calls: Counter[str] = Counter()
        self.retries: Counter[str] = Counter()
        self.on_the_line: set[str] = set()
        self.last_claim: dict[str, Notice] = {}
        self.sent_claims: set[tuple[str, datetime]] = set()

    async def start(self) -> None:
        async with self.database.transaction() as session:
            await session.execute(delete(tables.notice))
            await notices.enqueue(session, self.given)

    async def sleep(self, seconds: float) -> None:
        # No two moments are the same, also where the clock is set back.
        self.slept += 1
        self.now += timedelta(seconds=seconds, microseconds=self.slept)

    async def claim(self, process: int, limit: int) -> None:
        async with self.database.transaction() as session:
            taken = await notices.claim(session, now=self.now, limit=limit, by=f"p{process}")
        self.hands[process] += taken
        self.last_claim |= {notice.key: notice for notice in taken}

    async def kill(self, process: int) -> None:
        self.hands[process] = []

    async def cancel(self, number: int) -> None:
        async with self.database.transaction() as session:
            await notices.cancel(session, f"n{number}", now=self.now)

    async def begin(self, process: int, pick: int) -> None:
        hand = self.hands[process]
        if not hand:
            return
        notice = hand[pick % len(hand)]
        async with self.database.transaction() as session:
            mine = await notices.begin_sending(session, notice, now=self.now, by=f"p{process}")
        if mine:
            assert notice == self.last_claim[notice.key]
            claim = (notice.key, notice.next_at)
            assert claim not in self.sent_claims
            assert notice.key not in self.on_the_line
            self.sent_claims.add(claim)
            self.on_the_line.add(notice.key)
            self.calls[notice.key] += 1

    async def settle(self, process: int, pick: int, outcome: str) -> bool:
        hand = self.hands[process]
        if not hand:
            return False
        notice, now = hand[pick % len(hand)], self.now
        async with self.database.transaction() as session:
            match outcome:
                case "delivered":
                    settling = notices.settle_delivered(
                        session, notice, conversation="c", activity="a", now=now
                    )
                case "retry":
                    later = now + timedelta(seconds=30)
                    settling = notices.settle_retry(session, notice, next_at=later, error="429", now=now)
                case "uncertain":
                    settling = notices.settle_uncertain(session, notice, error="time-out", now=now)
                case _:
                    settling = notices.settle_failed(session, notice, error="403", now=now)
            held = await settling
        if held:
            assert notice == self.last_claim[notice.key]
            hand.remove(notice)
            if notice.key in self.on_the_line:
                self.retries[notice.key] += outcome == "retry"
            self.on_the_line.discard(notice.key)
        return held

    async def recover(self) -> None:
        async with self.database.transaction() as session:
            await notices.recover(session, now=self.now)
        self.on_the_line &= {key for key, (state, _) in (await self.rows()).items() if state not in ENDS}

    async def finish(self) -> None:
        """One process that works on alone until nothing is left to do."""
        for _ in range(4):
            await self.sleep((LEASE + REPEAT_AFTER).total_seconds())
            await self.recover()
            self.hands.append([])
            await self.claim(3, limit=99)
            for _ in tuple(self.hands[3]):
                await self.begin(3, 0)
                await self.settle(3, 0, "delivered")
            self.hands.pop()

    async def rows(self) -> dict[str, tuple[NoticeState, int]]:
        columns = (tables.notice.c.key, tables.notice.c.state, tables.notice.c.attempt)
        async with self.database.reading() as session:
            found = await session.execute(select(*columns))
            return {row.key: (NoticeState(row.state), row.attempt) for row in found}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=4),
    steps=st.lists(st.sampled_from(OFTEN).flatmap(STEPS.__getitem__), min_size=40, max_size=80),
)
async def test_every_notice_ends_and_is_sent_once_and_again_only_for_an_uncertain_outcome_or_when_told_to(
    database: Database, kinds: list[NoticeKind], steps: list[tuple[str, ...]]
) -> None:
    world = World(database, kinds)
    await world.start()

    for name, *arguments in steps:
        await getattr(world, name)(*arguments)
    await world.finish()

    ended = await world.rows()
    assert {state for state, _ in ended.values()} <= ENDS
    assert {key.removesuffix("#repeat") for key in ended} == {notice.key for notice in world.given}
    for notice in world.given:
        repetition = f"{notice.key}#repeat"
        family = [key for key in (notice.key, repetition) if key in ended]
        uncertain = sum(ended[key][0] is NoticeState.UNCERTAIN for key in family)
        told = sum(world.retries[key] for key in family)
        assert sum(world.calls[key] for key in family) <= 1 + uncertain + told
        assert (repetition in ended) == (
            ended[notice.key][0] is NoticeState.UNCERTAIN and notice.kind is not NoticeKind.ADMINISTRATION
        )
        event(f"ended {ended[notice.key][0]}")
    assert {key: attempt for key, (_, attempt) in ended.items() if attempt} == dict(world.calls)
    await nothing_comes_late(world)


async def nothing_comes_late(world: World) -> None:
    """Those who still believe they hold a notice can no longer change anything."""
    ended, calls = await world.rows(), dict(world.calls)
    for process, hand in enumerate(world.hands):
        for pick in range(len(hand)):
            await world.begin(process, pick)
            for outcome in ("delivered", "retry", "uncertain", "failed"):
                assert not await world.settle(process, pick, outcome)
    assert (await world.rows(), dict(world.calls)) == (ended, calls)


async def deliver(database: Database, process: int, sent: list[str], seed: int) -> None:
    """A deliverer that takes notices until none is due, and dies now and then with what it has claimed."""
    for turn in range(40):
        now = NOW + LEASE * turn
        limit = 1 + (turn + process) % 4
        async with database.transaction() as session:
            taken = await notices.claim(session, now=now, limit=limit, by=f"p{process}")
        for number, notice in enumerate(taken):
            if (7 * turn + 3 * process + number + seed) % 5 == 0:
                break
            async with database.transaction() as session:
                if not await notices.begin_sending(session, notice, now=now, by=f"p{process}"):
                    continue
            sent.append(notice.key)
            await asyncio.sleep(0)
            async with database.transaction() as session:
                await notices.settle_delivered(session, notice, conversation="c", activity="a", now=now)


@pytest.mark.parametrize("seed", range(3))
async def test_four_deliverers_at_once_send_every_notice_once(
    database: Database, database_url: str, seed: int
) -> None:
    keys = {f"n{i}" for i in range(30)}
    async with database.transaction() as session:
        await notices.enqueue(session, [make_notice(key) for key in keys])
    processes = [Database(database_url) for _ in range(4)]
    sent: list[str] = []

    await asyncio.gather(*(deliver(one, number, sent, seed) for number, one in enumerate(processes)))

    assert Counter(sent) == Counter(keys)
    async with database.reading() as session:
        assert (await notices.by_state(session))[NoticeState.DELIVERED] == len(keys)
    for one in processes:
        await one.close()
