"""Clocks that change, machines that sleep, processes that start anew: nothing is lost, nothing told twice."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bplan_bot.access import Grant, Role
from bplan_bot.conversation import Conversation, ConversationKind
from bplan_bot.delivery import Delivery, Sent
from bplan_bot.notice import NoticeState
from bplan_bot.observation import Document, Observation
from bplan_bot.period import Period
from bplan_bot.reply import Reply
from bplan_bot.settings import Settings
from db import conversations, notices, people
from db.documents import save_documents
from db.job_runs import last_runs
from db.observations import add_observations
from db.plans import save_package
from jobs.deliver import PATIENCE, Deliverer
from jobs.every import Jobs
from jobs.letters import Letters
from jobs.schedule import times
from tests.factories import text
from tests.jobs.days import Days
from tests.norddjurs import package

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SPRING = datetime(2025, 3, 30, tzinfo=COPENHAGEN)
"""The night in which 02:00 is followed by 03:00."""

AUTUMN = datetime(2025, 10, 26, tzinfo=COPENHAGEN)
"""The night in which 02:00 to 03:00 comes twice."""

FELL = "Mål 1.1 er faldet"
RECOVERED = "Mål 1.1 er tilbage på normalt niveau"
CHAT = Conversation(
    id="chat of the head",
    kind=ConversationKind.PERSONAL,
    tenant_id="tenant",
    service_url="https://example.org/",
    bot_id="bot",
    person="head",
)


@dataclass
class Teams:
    """Takes every card, but for the outcomes it is told to give first."""

    first: list[Delivery] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    async def send(self, conversation: Conversation, reply: Reply) -> Delivery:
        if self.first:
            return self.first.pop(0)
        self.shown.append(reply.summary.partition(":")[0])
        return Delivery(sent=Sent.DELIVERED, activity=f"activity {len(self.shown)}")

    async def update(self, conversation: Conversation, activity: str, reply: Reply) -> Delivery:
        return Delivery(sent=Sent.DELIVERED, activity=activity)

    async def open_personal(self, person: str) -> Conversation | Delivery:
        return CHAT


@pytest.fixture
def teams() -> Teams:
    return Teams()


@pytest.fixture
async def head(database):
    """The bundled plan, handled by nobody, and a head who has spoken with the bot."""
    long_ago = datetime(2025, 1, 2, tzinfo=UTC)
    async with database.transaction() as session:
        await save_package(session, replace(package(), statements=()), now=long_ago)
        await people.grant(session, "head", Grant(Role.HEAD), by="test", now=long_ago)
        await conversations.remember(session, CHAT, now=long_ago)


@pytest.fixture
def days(database, head, teams) -> Days:
    """Every job at its times, but deliver, which looks as often as watch: more often finds no more."""
    deliverer = Deliverer(database, teams, "one", Random(1), Letters(database))
    jobs = Jobs(database, deliverer, now=lambda: passing.now, settings=Settings.model_validate({}))

    async def run(name: str, at: datetime) -> None:
        assert await jobs.run(name, at=at)

    triggers = times(COPENHAGEN)
    passing = Days({**triggers, "deliver": triggers["watch"]}, run, COPENHAGEN)
    return passing


async def actual(database, value: int, *, day: date, at: datetime) -> None:
    """A new count of persons for goal 1.1, which is met up to 2.030."""
    document = Document(key=f"of {at}", title=text("Opgørelse"), case="", date=day, rank=30)
    figure = Observation(
        indicator="1.1.actual",
        area="707",
        period=Period.year(2024),
        value=Decimal(value),
        document=document,
        known_at=day,
    )
    async with database.transaction() as session:
        await save_documents(session, [document])
        await add_observations(session, "norddjurs-2024", [figure], now=at)


async def worse(database, days: Days) -> None:
    await actual(database, 2050, day=days.now.date(), at=days.now)


async def states(database) -> dict[NoticeState, int]:
    async with database.reading() as session:
        return {state: count for state, count in (await notices.by_state(session)).items() if count}


@pytest.mark.parametrize(("night", "looks"), [(SPRING, 36), (AUTUMN, 60)], ids=["spring", "autumn"])
async def test_a_night_in_which_the_clock_changes_tells_each_turn_once_and_skips_no_look(
    database, days, teams, night, looks
):
    days.start(night + timedelta(hours=1))
    await days.until(night.replace(hour=1, minute=58))
    await worse(database, days)
    await days.until(night.replace(hour=3, minute=2))
    await actual(database, 1940, day=night.date(), at=days.now)
    await days.until(night.replace(hour=5))

    assert teams.shown == [FELL, RECOVERED]
    assert len(days.times_of("watch")) == looks + 1
    assert len(days.times_of("tidy")) == 1


@pytest.mark.parametrize("fold", [0, 1])
async def test_what_is_stored_in_the_hour_that_comes_twice_is_told_once(database, days, teams, fold):
    days.start(AUTUMN + timedelta(hours=1))
    await days.until(AUTUMN.replace(hour=2, minute=31, fold=fold))
    await worse(database, days)
    await days.until(AUTUMN.replace(hour=4))

    assert teams.shown == [FELL]


async def test_what_is_due_just_before_the_hour_comes_again_is_sent_before_it_does(database, days, teams):
    days.start(AUTUMN.replace(hour=2, minute=40))
    await days.until(AUTUMN.replace(hour=2, minute=54))
    await worse(database, days)
    await days.until(AUTUMN.replace(hour=2, minute=56))
    await days.run_now("deliver", AUTUMN.replace(hour=2, minute=59))

    assert teams.shown == [FELL]


@pytest.mark.parametrize(
    ("first", "left"),
    [
        ([Delivery(sent=Sent.RETRY, error="no answer ClientConnectorError")], {NoticeState.DELIVERED: 1}),
        ([Delivery(sent=Sent.UNCERTAIN, error="504")], {NoticeState.UNCERTAIN: 1, NoticeState.DELIVERED: 1}),
    ],
    ids=["network not there yet", "nobody knows"],
)
async def test_a_machine_that_slept_for_days_tells_what_it_missed_once(database, days, teams, first, left):
    noon = datetime(2025, 6, 2, 12, tzinfo=COPENHAGEN)
    days.start(noon)
    await days.until(noon + timedelta(minutes=6))
    await worse(database, days)
    await days.until(noon + timedelta(minutes=9))
    teams.first = list(first)
    await days.sleep_until(noon + PATIENCE + timedelta(hours=2))
    await days.until(days.now + timedelta(hours=1))

    assert teams.shown == [FELL]
    assert await states(database) == left
    assert len(days.times_of("tidy")) == 1


async def test_a_notice_that_was_queued_before_a_long_sleep_is_sent_after_it(database, days, teams):
    noon = datetime(2025, 6, 2, 12, tzinfo=COPENHAGEN)
    teams.first = [Delivery(sent=Sent.RETRY, error="429", retry_after=30)] * 2
    days.start(noon)
    await days.until(noon + timedelta(minutes=6))
    await worse(database, days)
    await days.until(noon + timedelta(minutes=16))
    asleep_with = await states(database)
    await days.sleep_until(noon + PATIENCE + timedelta(hours=2))
    await days.until(days.now + timedelta(hours=1))

    assert asleep_with == {NoticeState.QUEUED: 1}
    assert teams.shown == [FELL]
    assert await states(database) == {NoticeState.DELIVERED: 1}


async def test_a_process_that_starts_again_between_any_two_looks_loses_and_doubles_nothing(
    database, days, teams
):
    noon = datetime(2025, 6, 2, 12, tzinfo=COPENHAGEN)
    days.start(noon)
    for minutes in range(0, 70, 7):
        if minutes == 14:
            await worse(database, days)
        if minutes == 35:
            await actual(database, 1940, day=days.now.date(), at=days.now)
        await days.until(noon + timedelta(minutes=minutes))
        days.start(days.now)
    await days.until(noon + timedelta(hours=2))

    assert teams.shown == [FELL, RECOVERED]


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1)], ids=["an hour", "a day"])
class TestSetBack:
    """The clock of the machine is set back at 12:16, when goal 1.1 has fallen and a first send has ended."""

    noon = datetime(2025, 6, 2, 12, tzinfo=COPENHAGEN)

    async def fallen(self, database, days: Days) -> None:
        days.start(self.noon)
        await days.until(self.noon + timedelta(minutes=6))
        await worse(database, days)
        await days.until(self.noon + timedelta(minutes=16))

    async def test_nothing_that_was_told_is_told_again_or_taken_back(self, database, days, teams, back):
        await self.fallen(database, days)
        days.set_back(back)
        await days.until(days.now + timedelta(minutes=20))
        await days.sleep_until(days.now + back)  # somebody puts it right
        await days.until(days.now + timedelta(minutes=20))

        assert teams.shown == [FELL]

    async def test_what_waits_for_a_time_that_is_now_far_off_is_sent_within_minutes(
        self, database, days, teams, back
    ):
        teams.first = [Delivery(sent=Sent.RETRY, error="429", retry_after=600)]
        await self.fallen(database, days)
        days.set_back(back)
        await days.until(days.now + timedelta(minutes=11))

        assert teams.shown == [FELL]

    async def test_what_a_process_that_died_had_taken_is_taken_again_within_minutes(
        self, database, days, teams, back
    ):
        teams.first = [Delivery(sent=Sent.RETRY, error="429", retry_after=0)]
        await self.fallen(database, days)
        async with database.transaction() as session:
            (taken,) = await notices.claim(session, now=days.now, limit=1, by="one that dies")
        days.set_back(back)
        await days.until(days.now + timedelta(minutes=11))

        assert taken.key
        assert teams.shown == [FELL]
        assert await states(database) == {NoticeState.DELIVERED: 1}

    async def test_what_a_process_that_died_had_begun_to_send_is_repeated_once(
        self, database, days, teams, back
    ):
        teams.first = [Delivery(sent=Sent.RETRY, error="429", retry_after=0)]
        await self.fallen(database, days)
        async with database.transaction() as session:
            (taken,) = await notices.claim(session, now=days.now, limit=1, by="one that dies")
            assert await notices.begin_sending(session, taken, now=days.now, by="one that dies")
        days.set_back(back)
        await days.until(days.now + timedelta(minutes=31))

        assert teams.shown == [FELL]
        assert await states(database) == {NoticeState.UNCERTAIN: 1, NoticeState.DELIVERED: 1}

    async def test_what_happens_afterwards_is_told(self, database, days, teams, back):
        await self.fallen(database, days)
        days.set_back(back)
        await actual(database, 1940, day=self.noon.date(), at=self.noon + timedelta(hours=1))
        await days.until(days.now + timedelta(minutes=11))

        assert teams.shown == [FELL, RECOVERED]

    async def test_the_last_run_of_each_job_is_the_one_that_ran_last(self, database, days, teams, back):
        await self.fallen(database, days)
        days.set_back(back)
        await days.until(days.now + timedelta(minutes=11))

        async with database.reading() as session:
            watched = (await last_runs(session))["watch"]
        assert watched.started_at == days.times_of("watch")[-1]
        assert watched.outcome == "done"
