"""Poll fetches what is new, once, stores a source's figures all at once, and says what is wrong only once."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import structlog
from pydantic import SecretStr
from sqlalchemy import func, select

import bot
from bplan_bot.catalogue import Insides, Listing
from bplan_bot.fed import Fed, Read
from bplan_bot.feed import FeedSource
from bplan_bot.observation import COUNTRY, HOME, ObservationStatus, Series
from bplan_bot.period import Period
from bplan_bot.plan_package import PlanPackage
from bplan_bot.settings import Settings
from bplan_bot.source_state import TOMORROW, Failure, FailureKind, SourceFails, SourceState
from bplan_bot.status import Status
from db import tables
from db.changes import changes
from db.documents import save_documents
from db.engine import Database
from db.job_runs import last_runs
from db.leadership import POLLING, leadership
from db.observations import add_observations, load_series
from db.plans import save_package
from db.sources import load_states, save_state
from jobs.poll import Poll, is_due
from jobs.sources.http import SourceHttp
from jobs.sources.jobindsats import Jobindsats
from jobs.sources.on import sources_on
from jobs.sources.source import Areas, Source
from jobs.tidy import tidy
from jobs.watch import watch
from tests.factories import make_document, make_observation
from tests.fake_jobindsats import (
    TOKEN,
    Cell,
    Fault,
    Made,
    data_of,
    hours_table,
    unprocessable,
)
from tests.norddjurs import package

PLAN = "norddjurs-2024"
NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
HOURS = "6.10.check"
APRIL = Period.month(2025, 4)


@pytest.fixture
async def loaded(database: Database) -> Database:
    """The bundled plan with what its documents say."""
    async with database.transaction() as session:
        await save_package(session, package(), now=NOON)
    return database


class Polling:
    """A poll with the fakes turned on, and what it has done to the database."""

    def __init__(self, database: Database, settings: Settings, sources: Sequence[Source]) -> None:
        self.database = database
        self.job = Poll(database, sources, settings)

    async def run(self, now: datetime = NOON) -> dict[str, int]:
        return dict(await self.job.poll(now))

    async def series(self, as_of: date | None = None) -> Series:
        async with self.database.reading() as session:
            return await load_series(session, PLAN, as_of=as_of)

    async def states(self) -> dict[str, SourceState]:
        async with self.database.reading() as session:
            return {table: state for (_, table), state in (await load_states(session)).items()}

    async def rows(self) -> list[int]:
        """How many rows each table has that a poll writes to."""
        written = (tables.observation, tables.document, tables.audit_entry)
        async with self.database.reading() as session:
            return [await session.scalar(select(func.count()).select_from(one)) or 0 for one in written]


@pytest.fixture
async def polling(loaded, jobindsats, statbank) -> AsyncIterator[Polling]:
    async with AsyncExitStack() as stack:
        settings = Settings.model_validate({**jobindsats.settings, **statbank.settings})
        on = sources_on(settings)
        stack.push_async_callback(on.close)
        yield Polling(loaded, settings, on.all)


def chosen(plan: PlanPackage) -> set[str]:
    return {
        one.key
        for goal in plan.plan.goals
        for one in goal.indicators
        if one.feed is not None and one.feed.is_chosen
    }


async def test_every_indicator_with_a_chosen_table_is_filled(polling):
    did = await polling.run()

    series = await polling.series()
    fed = {key for key in chosen(package()) for one in series.of(key, HOME) if one.origin is not None}
    assert fed == chosen(package())
    assert (did["tables"], did["failures"]) == (3, 0)


async def test_a_second_poll_asks_one_catalogue_of_each_source_and_writes_nothing(
    polling, jobindsats, statbank
):
    await polling.run()
    rows, states = await polling.rows(), await polling.states()
    jobindsats.requests.clear()
    statbank.requests.clear()

    did = await polling.run(NOON + timedelta(hours=1))

    assert (jobindsats.requests, statbank.requests) == (["/tables"], ["/tables"])
    assert (await polling.rows(), await polling.states()) == (rows, states)
    assert not any(did.values())


async def test_a_figure_says_from_which_table_and_when_it_was_put_out(polling):
    await polling.run()

    april = (await polling.series()).at(HOURS, HOME, APRIL)
    assert april is not None
    assert april.origin is not None
    assert (april.value, april.numerator, april.denominator) == (Decimal("21.4"), 428, 2000)
    assert (april.origin.name, april.origin.by) == ("otij01", "job:poll")
    assert april.origin.place == "mgroup.*=*&period.M=latest:28&hierarchy._nykom=/707/,/"
    assert (april.known_at, april.document.title.da) == (
        date(2025, 5, 26),
        "jobindsats.dk, OTIJ01, opdateret 26.05.2025",
    )


async def test_the_newest_month_is_preliminary_until_the_next_has_come(polling, jobindsats):
    await polling.run()
    first = (await polling.series()).at(HOURS, HOME, APRIL)
    jobindsats.publish("otij01", **_next_month())
    await polling.run(datetime(2025, 6, 26, 12, tzinfo=UTC))

    second = (await polling.series()).at(HOURS, HOME, APRIL)
    assert first is not None
    assert second is not None
    assert (first.status, second.status) == (ObservationStatus.PRELIMINARY, ObservationStatus.FINAL)


def _next_month() -> dict[str, object]:
    table = hours_table("2025M05")
    return {"periods": table.periods, "published": "2025-06-26", "expected": "2025-07-26"}


async def test_of_a_new_update_only_what_has_changed_is_stored(polling, jobindsats):
    await polling.run()
    jobindsats.publish("otij01", **_next_month())

    did = await polling.run(datetime(2025, 6, 26, 12, tzinfo=UTC))

    assert did == {
        "tables": 1,
        "figures": 4,
        "failures": 0,
        "notices": 0,
    }  # May and April, here and in the country


async def test_a_table_is_left_alone_until_the_day_it_said_its_next_figures_come(polling, jobindsats):
    await polling.run()
    jobindsats.publish("otij01", **_next_month())
    jobindsats.requests.clear()

    await polling.run(datetime(2025, 6, 25, 12, tzinfo=UTC))

    assert jobindsats.requests == ["/tables"]


async def test_a_source_that_names_a_later_day_is_believed(polling, jobindsats):
    await polling.run()
    jobindsats.publish("otij01", expected="2025-07-03")

    await polling.run(NOON + DAY)

    assert (await polling.states())["otij01"].expected == date(2025, 7, 3)


async def test_what_is_known_from_a_day_is_not_seen_before_it(polling):
    await polling.run()

    assert (await polling.series(as_of=date(2025, 5, 25))).at(HOURS, HOME, APRIL) is None


async def test_the_municipalities_to_compare_with_come_in_the_same_call(loaded, jobindsats):
    settings = Settings.model_validate(
        {**jobindsats.settings, "BPLAN_COMPARE_AREAS": "Syddjurs, randers kommune"}
    )
    on = sources_on(settings)
    polling = Polling(loaded, settings, on.all)

    await polling.run()
    await on.close()

    series = await polling.series()
    assert [bool(series.of(HOURS, area)) for area in (HOME, COUNTRY, "706", "730")] == [True] * 4
    assert jobindsats.requests.count("/data/otij01") == 1
    assert jobindsats.queries[-1]["hierarchy._nykom"] == "/707/,/,/706/,/730/"


async def test_what_statistics_denmark_says_is_a_check_and_no_figure_of_the_goal(polling):
    await polling.run()

    series = await polling.series()
    check = series.at("6.6.check", HOME, Period.year(2023))
    assert check is not None
    assert check.value == Decimal("75.7")
    assert all(one.origin is None for one in series.of("6.6.share", HOME))


async def test_what_people_corrected_stands_when_the_source_says_the_old_figure_again(polling, jobindsats):
    await polling.run()
    people = make_document("somebody", date=date(2025, 6, 3), rank=30)
    async with polling.database.transaction() as session:
        await save_documents(session, [people])
        corrected = make_observation(HOURS, "19.0", period=APRIL, document=people, known_at=date(2025, 6, 3))
        await add_observations(session, PLAN, [corrected], now=NOON + DAY)
    jobindsats.publish("otij01", published="2025-06-26", expected="2025-07-26")

    await polling.run(datetime(2025, 6, 26, 12, tzinfo=UTC))

    standing = (await polling.series()).at(HOURS, HOME, APRIL)
    assert standing is not None
    assert standing.value == Decimal("19.0")


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault(401), FailureKind.CREDENTIALS),
        (Fault(403, b"You do not have permission to view this directory or page."), FailureKind.CREDENTIALS),
        (Fault(429, headers={"Retry-After": "60"}), FailureKind.TRY_LATER),
        (Fault(500, b"<html>"), FailureKind.TRY_LATER),
        (Fault(503), FailureKind.TRY_LATER),
        (Fault(0), FailureKind.TRY_LATER),
        (Fault(200, b'[{"subject_name": "Yd'), FailureKind.TRY_LATER),
        (Fault(200, b"<html></html>"), FailureKind.CHANGED_FORMAT),
        (Fault(302, headers={"Location": "http://127.0.0.1:1/"}), FailureKind.CHANGED_FORMAT),
    ],
)
async def test_a_source_that_fails_is_written_down_and_nothing_else(polling, jobindsats, fault, kind):
    jobindsats.fault = fault

    await polling.run()

    states = await polling.states()
    assert states["otij01"].failure is not None
    assert (states["otij01"].failure.kind, states["otij01"].failing_since) == (kind, NOON)
    assert (await polling.series()).of(HOURS, HOME) == ()
    assert states["HFUDD11"].failure is None


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (unprocessable("Unknown hierarchies: ['_nykom']"), FailureKind.CHANGED_FORMAT),
        (unprocessable("Unknown period type: M"), FailureKind.TRY_LATER),
        (
            unprocessable("Requested latest:40 for type M, but only 3 periods are available."),
            "changed_format",
        ),
        (Fault(200, b'{"columns": []}', on="/data/"), FailureKind.CHANGED_FORMAT),
        (Fault(0, on="/data/"), FailureKind.TRY_LATER),
    ],
)
@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_a_table_that_fails_is_written_down_and_nothing_of_it_stored(polling, jobindsats, fault, kind):
    jobindsats.fault = fault

    await polling.run()

    failure = (await polling.states())["otij01"].failure
    assert failure is not None
    assert failure.kind == kind
    assert (await polling.series()).of(HOURS, HOME) == ()


async def test_a_failure_is_told_in_the_log_once_and_again_when_it_is_another(polling, jobindsats):
    with structlog.testing.capture_logs() as logged:
        for hour, status in enumerate((503, 503, 503, 401)):
            jobindsats.fault = Fault(status)
            await polling.run(NOON + timedelta(hours=hour))

    told = [(one["tables"], one["reason"]) for one in logged if one["event"] == "source_fails"]
    assert told == [(["y30r21", "otij01"], "HTTP 503"), (["y30r21", "otij01"], "HTTP 401")]


async def test_that_a_source_is_back_is_told_in_the_log_once(polling, jobindsats):
    jobindsats.fault = Fault(503)
    await polling.run()
    jobindsats.fault = None

    with structlog.testing.capture_logs() as logged:
        for hour in (1, 2):
            await polling.run(NOON + timedelta(hours=hour))

    told = [one["tables"] for one in logged if one["event"] == "source_is_back"]
    assert told == [["y30r21", "otij01"]]


async def test_a_key_is_never_told(polling, jobindsats):
    jobindsats.fault = Fault(401, b"a-made-key is not known here")

    with structlog.testing.capture_logs() as logged:
        await polling.run()

    assert "a-made-key" not in json.dumps(logged, default=str)


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("token", "kind", "reason"),
    [
        (" a-made-key\n", None, ""),
        ("a-made\nkey", FailureKind.CREDENTIALS, "the key holds signs that no key has"),
        ("nøgle", FailureKind.CREDENTIALS, "the key holds signs that no key has"),
        ("another-key", FailureKind.CREDENTIALS, "HTTP 401"),
    ],
)
async def test_a_key_that_cannot_be_one_is_said(loaded, jobindsats, token, kind, reason):
    settings = Settings.model_validate({**jobindsats.settings, "BPLAN_JOBINDSATS_TOKEN": token})
    on = sources_on(settings)
    polling = Polling(loaded, settings, on.all)

    await polling.run()
    await on.close()

    failure = (await polling.states())["otij01"].failure
    assert (failure.kind if failure else None, failure.reason if failure else "") == (kind, reason)


async def test_a_source_that_does_not_answer_in_time_is_tried_later(jobindsats):
    jobindsats.fault = Fault(200, b"[]", delay=5)
    http = SourceHttp(seconds=0.1)

    with pytest.raises(SourceFails) as failed:
        await Jobindsats(http, jobindsats.url, SecretStr(TOKEN)).listings()

    await http.close()
    assert failed.value.failure == Failure(FailureKind.TRY_LATER, "no answer in time")


async def test_a_source_that_is_not_there_is_tried_later(jobindsats):
    http = SourceHttp()

    with pytest.raises(SourceFails) as failed:
        await Jobindsats(http, "http://127.0.0.1:9/v3", SecretStr(TOKEN)).listings()

    await http.close()
    assert failed.value.failure.kind is FailureKind.TRY_LATER
    assert "127.0.0.1" not in failed.value.failure.reason


async def test_what_failed_is_fetched_by_the_next_poll_after_its_wait(polling, jobindsats):
    jobindsats.fault = Fault(503)
    await polling.run()
    jobindsats.fault = None

    await polling.run(NOON + timedelta(hours=1))

    state = (await polling.states())["otij01"]
    assert (state.failure, state.failing_since) == (None, None)
    assert (await polling.series()).of(HOURS, HOME)


async def test_a_source_that_asked_to_be_left_alone_is_not_asked_at_all(polling, jobindsats):
    jobindsats.fault = Fault(429, headers={"Retry-After": "7200"})
    await polling.run()
    jobindsats.requests.clear()

    await polling.run(NOON + timedelta(hours=1))

    assert jobindsats.requests == []


async def test_a_table_that_lost_its_periods_is_asked_again_on_another_day(polling, jobindsats):
    jobindsats.fault = unprocessable("Unknown period type: M")
    await polling.run()
    jobindsats.fault = None
    jobindsats.requests.clear()
    await polling.run(NOON + timedelta(hours=3))
    assert "/data/otij01" not in jobindsats.requests

    await polling.run(NOON + TOMORROW)

    assert (await polling.series()).of(HOURS, HOME)


async def test_where_a_table_has_lost_periods_since_it_is_asked_for_those_it_has(polling, jobindsats):
    newest = hours_table().periods["M"][-5:]
    jobindsats.after_metadata = lambda: jobindsats.publish("otij01", periods={"M": newest})

    await polling.run()

    # The benchmark's table is read first, so it is its metadata that this table has shrunk after.
    jobindsats.after_metadata = None
    assert len((await polling.series()).of(HOURS, HOME)) == 5


async def test_a_table_that_is_not_listed_any_more_is_said(polling, jobindsats):
    del jobindsats.tables["otij01"]

    await polling.run()

    failure = (await polling.states())["otij01"].failure
    assert failure is not None
    assert (failure.kind, failure.reason) == (FailureKind.CHANGED_FORMAT, "not in the catalogue")


async def test_a_table_that_contradicts_a_known_figure_stores_nothing(polling, jobindsats):
    jobindsats.publish("y30r21", made=lambda *_: [9000, 8000, -1000, 40])

    did = await polling.run()

    assert did["failures"] == 1

    failure = (await polling.states())["y30r21"].failure
    assert failure is not None
    assert "known as 1950" in failure.reason
    assert all(one.origin is None for one in (await polling.series()).of("1.1.actual", HOME))


async def test_hidden_figures_are_no_zeros(polling, jobindsats):
    hidden = {"2025M02", "2025M04"}
    whole = hours_table()

    def made(period: str, area: str, own: tuple[str, ...]) -> list[Cell]:
        return (
            [None, None, None] if period in hidden and area == "Norddjurs" else whole.made(period, area, own)
        )

    jobindsats.publish("otij01", made=made)
    await polling.run()

    series = await polling.series()
    february = series.at(HOURS, HOME, Period.month(2025, 2))
    assert february is not None
    assert (february.value, february.status) == (None, ObservationStatus.SUPPRESSED)
    assert series.at(HOURS, HOME, APRIL) is None


async def test_a_new_indicator_of_a_table_does_not_wait_for_its_next_update(polling, jobindsats):
    await polling.run()
    jobindsats.requests.clear()
    another = replace(
        package(), plan=replace(package().plan, key="another-2025"), documents=(), statements=()
    )
    async with polling.database.transaction() as session:
        await save_package(session, replace(another, observations=()), now=NOON)

    await polling.run(NOON + timedelta(hours=1))

    async with polling.database.reading() as session:
        assert (await load_series(session, "another-2025")).of(HOURS, HOME)


async def test_an_indicator_whose_cells_are_all_empty_is_not_asked_for_at_every_look(polling, jobindsats):
    jobindsats.publish("otij01", made=lambda *_: [None, None, None])
    await polling.run()
    jobindsats.requests.clear()

    await polling.run(NOON + DAY)

    assert jobindsats.requests == ["/tables"]


async def test_the_next_look_at_the_goals_sees_what_was_polled(database, jobindsats):
    async with database.transaction() as session:
        # Nobody has handled it yet, so that it is watched.
        await save_package(session, replace(package(), statements=()), now=NOON)
    await watch(database, NOON)
    whole = jobindsats.tables["y30r21"].made

    def made(period: str, area: str, own: tuple[str, ...]) -> list[Cell]:
        return [2040 if cell == 1950 else cell for cell in whole(period, area, own)]

    jobindsats.publish("y30r21", made=made)
    settings = Settings.model_validate(jobindsats.settings)
    on = sources_on(settings)
    await Polling(database, settings, on.all).run()
    await on.close()

    await watch(database, NOON + timedelta(minutes=5))

    async with database.reading() as session:
        last, first = await changes(session, PLAN, goal="1.1", limit=5)
    assert (first.after, last.before, last.after) == (Status.MET, Status.MET, Status.NOT_MET)


async def test_without_sources_nothing_is_asked_and_nothing_written(loaded):
    polling = Polling(loaded, Settings.model_validate({}), sources_on(Settings.model_validate({})).all)
    rows = await polling.rows()

    assert await polling.run() == {"tables": 0, "figures": 0, "failures": 0, "notices": 0}
    assert (await polling.rows(), await polling.states()) == (rows, {})


async def test_while_the_source_answers_others_may_write(polling, jobindsats):
    """The network is never inside a transaction: on SQLite a second writer would wait in vain."""
    written: list[str] = []
    slow: Made = jobindsats.tables["otij01"].made

    def made(period: str, area: str, own: tuple[str, ...]) -> list[Cell]:
        if not written:
            written.append(period)
            writing.append(asyncio.get_running_loop().create_task(_write(polling.database)))
        return slow(period, area, own)

    writing: list[asyncio.Task[None]] = []
    jobindsats.publish("otij01", made=made)
    await polling.run()

    await asyncio.wait_for(writing[0], 2)


async def _write(database: Database) -> None:
    async with database.transaction() as session:
        await save_documents(session, [make_document("written meanwhile")])


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_of_two_processes_one_polls_and_the_goals_are_watched_meanwhile(
    loaded, database_url, jobindsats
):
    settings = {"DATABASE_URL": database_url, **jobindsats.settings}
    working = bot.working(bot.build(Settings.model_validate(settings), now=lambda: NOON))
    async with leadership(loaded, lock=POLLING):
        ran = [await working.jobs.run("poll"), await working.jobs.run("watch")]
    await working.close()

    assert (ran, jobindsats.requests) == ([True, True], [])
    async with loaded.reading() as session:
        assert set(await last_runs(session)) == {"watch"}


SAID = "what the source wrote"


@dataclass(frozen=True, slots=True)
class Faulty:
    """jobindsats, which the bot itself fails on: as it asks, as it reads a table, or as it stores one."""

    real: Source
    on: str
    key: FeedSource = FeedSource.JOBINDSATS

    async def listings(self) -> tuple[Listing, ...]:
        if self.on == "listings":
            raise KeyError(SAID)
        return await self.real.listings()

    async def insides(self, table: str) -> Insides:
        return await self.real.insides(table)

    async def read(self, table: str, feds: Sequence[Fed], *, areas: Areas) -> tuple[Read, ...]:
        if self.on == table:
            raise KeyError(SAID)
        reads = await self.real.read(table, feds, areas=areas)
        if self.on == f"store {table}":
            first = reads[0].readings[0]
            return (replace(reads[0], readings=(replace(first, value=Decimal("NaN")),)),)
        return reads


def faulty(polling: Polling, on: str) -> Polling:
    """The same poll, which fails there."""
    real, other = polling.job.sources
    return Polling(polling.database, polling.job.settings, [Faulty(real, on), other])


@pytest.mark.parametrize(
    ("on", "failing"),
    [
        ("listings", {"y30r21", "otij01"}),
        ("otij01", {"otij01"}),
        ("y30r21", {"y30r21"}),
        ("store otij01", {"y30r21", "otij01"}),
    ],
)
async def test_a_fault_of_our_own_on_one_source_leaves_the_others_to_be_polled(polling, on, failing):
    did = await faulty(polling, on).run()

    states = await polling.states()
    faults = {table for table, state in states.items() if state.failure}
    assert faults == failing
    assert {states[table].failure.kind for table in failing} == {FailureKind.FAULT}
    assert states["HFUDD11"].failure is None
    assert (await polling.series()).at("6.6.check", HOME, Period.year(2023))
    assert did["failures"] == len(failing)


async def test_a_fault_of_our_own_is_told_in_the_log_once_with_its_number_and_not_what_was_read(polling):
    with structlog.testing.capture_logs() as logged:
        for hour in (0, 1, 2):
            await faulty(polling, "otij01").run(NOON + timedelta(hours=hour))

    (told,) = [one for one in logged if one["event"] in ("source_fault", "source_fails")]
    assert (told["event"], told["source"], told["tables"]) == ("source_fault", "jobindsats", ["otij01"])
    failure = (await polling.states())["otij01"].failure
    assert failure is not None
    assert told["id"] == failure.reason
    assert failure.reason.startswith("KeyError, ")
    assert "in read" in told["traceback"]
    assert SAID not in json.dumps(logged, default=str)


async def test_once_the_fault_is_mended_the_table_is_fetched(polling):
    await faulty(polling, "otij01").run()

    await polling.run(NOON + timedelta(hours=1))

    assert (await polling.states())["otij01"].failure is None
    assert (await polling.series()).of(HOURS, HOME)


async def test_each_plan_gets_the_figures_of_its_own_municipality(polling, jobindsats):
    syddjurs = replace(package().plan, key="syddjurs-2024", area="706", short_name="Syddjurs")
    async with polling.database.transaction() as session:
        await save_package(
            session, replace(package(), plan=syddjurs, observations=(), statements=()), now=NOON
        )

    await polling.run()

    async with polling.database.reading() as session:
        theirs = await load_series(session, "syddjurs-2024")
    ours = await polling.series()
    assert [bool(ours.of(HOURS, area)) for area in (HOME, "706", COUNTRY)] == [True, False, True]
    assert [bool(theirs.of(HOURS, area)) for area in (HOME, "706", COUNTRY)] == [False, True, True]
    assert jobindsats.requests.count("/data/otij01") == 1


async def test_of_a_table_that_no_plan_is_fed_from_any_more_nothing_stays_and_nobody_is_told(polling):
    await polling.run()
    gone = SourceState(
        source=FeedSource.JOBINDSATS, table="y99z01", published=date(2025, 1, 1), expected=date(2025, 2, 1)
    )
    async with polling.database.transaction() as session:
        await save_state(session, gone)

    did = await polling.run(NOON + timedelta(hours=1))
    tidied = await tidy(polling.database, NOON, keep_questions=timedelta(days=30))

    assert (did["notices"], tidied["source_states"]) == (0, 1)
    assert set(await polling.states()) == {"y30r21", "otij01", "HFUDD11"}


async def test_a_clock_that_was_ahead_when_a_source_failed_does_not_keep_it_from_being_asked(
    polling, jobindsats
):
    jobindsats.fault = Fault(503)
    await polling.run(NOON + 3 * DAY)
    await polling.run(NOON)
    first = (await polling.states())["otij01"].failing_since
    jobindsats.fault = None

    await polling.run(NOON + timedelta(hours=1))

    assert first == NOON
    assert (await polling.states())["otij01"].failure is None


WELL = SourceState(
    source=FeedSource.JOBINDSATS,
    table="otij01",
    asked_at=NOON,
    succeeded_at=NOON,
    published=date(2025, 5, 26),
    expected=date(2025, 6, 26),
)


def test_what_the_fake_says_is_what_its_tables_hold():
    query = {"period.M": "latest:1", "hierarchy._nykom": "/707/"}

    assert data_of(hours_table(), query)["rows"] == [["2025M04", "Norddjurs", 2000, 428, 21.4]]


LISTED = Listing(table="otij01", title="", published=date(2025, 5, 26), expected=date(2025, 6, 26))
ANEW = replace(LISTED, published=date(2025, 6, 26), expected=date(2025, 7, 26))
EARLY, ON_THE_DAY = date(2025, 6, 25), date(2025, 6, 26)


@pytest.mark.parametrize(
    ("state", "listing", "today", "lacks", "due"),
    [
        (None, LISTED, EARLY, False, True),
        (replace(WELL, succeeded_at=None), LISTED, EARLY, False, True),
        (WELL, LISTED, EARLY, False, False),
        (WELL, LISTED, ON_THE_DAY, False, False),
        (WELL, ANEW, EARLY, False, False),
        (WELL, ANEW, ON_THE_DAY, False, True),
        (replace(WELL, expected=None), ANEW, EARLY, False, True),
        (replace(WELL, expected=None), replace(LISTED, expected=None), EARLY, False, False),
        (replace(WELL, failure=Failure(FailureKind.TRY_LATER, "HTTP 503")), LISTED, EARLY, False, True),
        (WELL, None, EARLY, False, True),
        (WELL, LISTED, EARLY, True, True),
    ],
)
def test_a_table_is_asked_when_it_has_come_out_anew_and_its_day_has_come(state, listing, today, lacks, due):
    assert is_due(state, listing, today=today, lacks=lacks) is due
