"""The promise of delivery, held against real processes that are killed at every point that matters."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bplan_bot.notice import LEASE, REPEAT_AFTER, Notice, NoticeState
from db.engine import Database
from jobs.running import Point
from jobs.watch import watch
from tests.killed.faulty_teams import BLOCKED, FaultyTeams
from tests.killed.town import AT_ONCE, FOLLOWERS, GOALS, Town, families, head, head_of, tells
from tests.killed.workers import Nursery, Worker, nursery

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows kills nobody without a word")

UNTOLD = {NoticeState.FAILED, NoticeState.CANCELLED, NoticeState.UNCERTAIN}

SETTLING = 240.0
"""Seconds after which a notice that has not ended never will."""

ENDS = {NoticeState.DELIVERED, NoticeState.UNCERTAIN, NoticeState.FAILED, NoticeState.CANCELLED}
"""Cancelled: a repetition whose notice is known to have arrived after all, and what is no news any more."""

WITH_TEAMS = ""
"""While Teams has the card, which is no point of the jobs' own: somebody else kills the process then."""

KILLS = tuple(
    (point, 1 if point in (Point.AFTER_ASSESS, Point.AFTER_COMMIT) else nth)
    for nth in (1, 2, 1, 3)
    for point in (*Point, WITH_TEAMS)
)
"""Where the processes die, one after the other, and the how manieth time they come there: the first look at
the goals finds something, the later ones do not."""

LEFT_OPEN = """\
SELECT count(*) FROM pg_stat_activity
WHERE state LIKE 'idle in transaction%' AND pid <> pg_backend_pid()
"""


@pytest.fixture
async def teams() -> AsyncIterator[FaultyTeams]:
    async with FaultyTeams(seed=7) as teams:
        yield teams


@pytest.fixture
async def town(database, teams) -> Town:
    town = Town(database)
    await town.found(teams.service_url)
    return town


@pytest.fixture(scope="module")
def log(tmp_path_factory) -> Path:
    return Path(tmp_path_factory.mktemp("killed")) / "log"


@pytest.fixture(scope="module")
def first_nursery(log) -> Iterator[Nursery]:
    with nursery(log) as one:
        yield one


@pytest.fixture(scope="module")
def second_nursery(log) -> Iterator[Nursery]:
    with nursery(log) as one:
        yield one


@pytest.fixture
async def bot(first_nursery, database_url) -> AsyncIterator[Worker]:
    bot = Worker(first_nursery, database_url)
    yield bot
    await bot.bury()


@pytest.fixture
async def another(second_nursery, database_url) -> AsyncIterator[Worker]:
    another = Worker(second_nursery, database_url)
    yield another
    await another.bury()


async def settle(town: Town, teams: FaultyTeams, bot: Worker) -> None:
    """Let a process that nobody kills in its work finish all of it, with a Teams that works again."""
    teams.share_of_faults = 0
    async with asyncio.timeout(SETTLING):
        while await town.due(within=timedelta(days=3)) or not await town.all_seen():
            town.now += LEASE + REPEAT_AFTER
            await bot.live(at=town.now)
            while await town.due(within=timedelta(seconds=30)) or not await town.all_seen():
                assert not await bot.dead(within=0.1)
            bot.kill()
            assert await bot.dead()


async def hold_to_the_promise(town: Town, teams: FaultyTeams) -> None:
    """What docs/decisions/0010 says, looked up in the rows and on people's screens."""
    for goal, moves in town.moved.items():
        assert [change.after for change in await town.recorded(goal)] == moves
    alerts = families(await town.notices())
    owed = Counter((first.goal, first.recipient) for first, *_ in alerts)
    assert owed == Counter({(goal, who): len(town.moved[goal]) for goal in GOALS for who in FOLLOWERS[goal]})
    before: dict[tuple[str, str], NoticeState] = {}
    newest = {first.goal: first.created_at for first, *_ in alerts}
    for alert in alerts:
        hold_one_to_it(alert, teams)
        first, whose = alert[0], (alert[0].goal, alert[0].recipient)
        # May be left unsaid: what is no news since the goal has moved again, and a recovery without a fall.
        no_news = first.created_at < newest[first.goal] or before.get(whose) in UNTOLD
        assert first.state is not NoticeState.CANCELLED or no_news
        before[whose] = first.state
    hold_screens_to_it(alerts, teams)


def hold_one_to_it(alert: list[Notice], teams: FaultyTeams) -> None:
    """An alert and its repetition, where there is one."""
    first, *repeated = alert
    states = Counter(one.state for one in alert)
    assert states.keys() <= ENDS
    assert len(repeated) == (first.state is NoticeState.UNCERTAIN)
    assert NoticeState.FAILED not in states or first.recipient == BLOCKED
    shown = sum(who == first.recipient and tells(summary, first) for who, summary in teams.shown)
    assert shown <= 1 + states[NoticeState.UNCERTAIN]


def hold_screens_to_it(alerts: list[list[Notice]], teams: FaultyTeams) -> None:
    """What each person saw of each goal, by head: a card of what has changed since shows no figures by which
    it could be told from the goal's other ones."""
    shown = Counter((who, head(summary)) for who, summary in teams.shown)
    delivered, most = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for alert in alerts:
        states = Counter(one.state for one in alert)
        card = alert[0].recipient, head_of(alert[0])
        delivered[card] += states[NoticeState.DELIVERED]
        most[card] += 1 + states[NoticeState.UNCERTAIN]
    assert shown <= most
    assert delivered <= shown


async def sound(database: Database, dialect: str) -> bool:
    """Whether the database finds nothing wrong with itself."""
    async with database.reading() as session:
        if dialect == "sqlite":
            checks = ("PRAGMA integrity_check", "PRAGMA foreign_key_check")
            return [(await session.execute(text(check))).all() for check in checks] == [[("ok",)], []]
        found = await session.scalar(text(LEFT_OPEN))
        return bool(found == 0)


async def test_whatever_kills_the_bot_every_change_is_told_once_and_again_only_where_nobody_knows(
    town, teams, bot, dialect, log
):
    kills = 0
    for point, nth in KILLS:
        await town.move(2)
        town.now += LEASE + timedelta(minutes=1)
        teams.on_next_card = bot.kill if point == WITH_TEAMS else None
        await bot.live(at=town.now, point=point, nth=nth)
        kills += await bot.dead()
    await settle(town, teams, bot)

    assert kills >= 20
    await hold_to_the_promise(town, teams)
    assert await sound(town.database, dialect)
    assert "job_failed" not in log.read_text()


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_however_late_somebody_looks_the_town_moves_no_more_goals_than_are_told(town, dialect):
    for _ in range(5):
        await town.move(2)
    did = await watch(town.database, town.now)

    assert (did["changes"], did["held"]) == (AT_ONCE, 0)


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_two_that_live_and_die_side_by_side_keep_the_same_promise(
    town, teams, bot, another, dialect, log
):
    points = tuple(Point)
    for first, second in zip(points, points[2:] + points[:2], strict=True):
        await town.move(2)
        town.now += LEASE + timedelta(minutes=1)
        await bot.live(at=town.now, point=first)
        await another.live(at=town.now, point=second, nth=2)
        for one in (bot, another):
            # The other one may have left it nothing to die of. It has looked at the goals at least, since
            # so many changes at once are held back.
            while not await one.dead(within=1):
                if await town.all_seen():
                    await one.bury()
                    break
    await settle(town, teams, another)

    await hold_to_the_promise(town, teams)
    assert await sound(town.database, dialect)
    assert "job_failed" not in log.read_text()


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_one_that_stalls_with_a_card_on_its_way_and_wakes_late_repeats_nothing(
    town, teams, bot, another, dialect
):
    teams.share_of_faults = 0
    stalled = asyncio.Event()

    def stall() -> None:
        bot.stall()
        stalled.set()

    teams.on_next_card = stall
    await town.move(2)
    await bot.live(at=town.now)
    await stalled.wait()
    town.now += LEASE + timedelta(minutes=1)
    await another.live(at=town.now)
    while await town.due(within=timedelta(seconds=30)):
        await asyncio.sleep(0.1)
    bot.go_on()
    await town.until(NoticeState.CANCELLED)
    for one in (bot, another):
        one.kill()
        assert await one.dead()
    await settle(town, teams, another)

    await hold_to_the_promise(town, teams)
    assert len(teams.shown) == len(set(teams.shown)) == 4
