"""Poll: asks each source whether it has new figures, fetches those, and stores a source's all at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from bplan_bot.batch import Batch
from bplan_bot.catalogue import Listing
from bplan_bot.errors import Unavailable
from bplan_bot.fed import Fed, Read, fed_by, news, observations_of, refuse_contradiction
from bplan_bot.goal import Plan
from bplan_bot.local_text import LocalText
from bplan_bot.observation import Document, Observation
from bplan_bot.settings import Settings
from bplan_bot.source_state import Failure, SourceFails, SourceState, changed, fault
from bplan_bot.texts.speaker import Speaker
from db.engine import Database, Session
from db.figures import take
from db.observations import indicators_of, load_series
from db.plans import load_plans
from db.sources import load_states, save_state
from jobs.late_sources import tell_lateness
from jobs.running import Passing, PollPoint, pass_by
from jobs.source_log import tell
from jobs.sources.source import Areas, Source

ACTOR = "job:poll"

RANK = 25
"""Above documents of the same day, below what people correct by form."""

States = Mapping[tuple[str, str], SourceState]


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a table: what it gave, or why not. `listing` is None where it is not listed; a table
    that is `postponed` was not asked, since only the day of its next figures has changed. `problem` is what
    the bot itself failed on."""

    listing: Listing | None
    reads: tuple[Read, ...] = ()
    failure: Failure | None = None
    postponed: bool = False
    problem: Exception | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """The poll of one bot. The network is never inside a transaction: a source is asked first, then what it
    gave is stored together with how its tables are doing, in one transaction.

    `tried` are the indicators (plan, key) that were asked for since the process began: one whose cells are
    empty is not asked for at every look.
    """

    database: Database
    sources: Sequence[Source]
    settings: Settings
    passing: Passing = field(default=pass_by)
    tried: set[tuple[str, str]] = field(default_factory=set)

    async def poll(self, now: datetime) -> Mapping[str, Any]:
        """One look at every source. One that has nothing new is asked for its catalogue and nothing else.

        Whatever goes wrong with one is written down as its failure, and those after it are asked all the
        same; only a database that is away ends the look. Then administrators are told what is late or back.
        """
        did = {"tables": 0, "figures": 0, "failures": 0}
        for source in self.sources:
            async with self.database.reading() as session:
                plans = await load_plans(session, on=now.date())
                states = await load_states(session)
                filled = await indicators_of(session, prefix=f"{source.key}/")
            asked = await self._ask(source, plans, states, filled, now)
            if asked:
                stored, failures = await self._keep(source, asked, now)
                did["tables"] += sum(bool(one.reads) for one in asked.values())
                did["figures"] += stored
                did["failures"] += failures
        on = [source.key for source in self.sources]
        told = await tell_lateness(self.database, on, self.settings.lead.working, now=now) if on else 0
        return {**did, "notices": told}

    async def _ask(
        self,
        source: Source,
        plans: Sequence[Plan],
        states: States,
        filled: frozenset[tuple[str, str]],
        now: datetime,
    ) -> Mapping[str, Asked]:
        """What each table gave that was asked, or that is to be written down; by table."""
        tables = by_table(fed_by(source.key, plans))
        of = {table: states.get((source.key, table)) for table in tables}
        if not tables or all(state is not None and state.is_waiting(now) for state in of.values()):
            return {}
        try:
            listed = {one.table.lower(): one for one in await source.listings()}
        except Exception as problem:
            return {table: failed(None, problem) for table in tables}
        areas = {plan.key: self.settings.areas_of(plan.area) for plan in plans}
        asked = {}
        for table, feds in tables.items():
            state, listing = of[table], listed.get(table.lower())
            if state is not None and state.is_waiting(now):
                continue
            fed = {(one.plan, one.indicator.key) for one in feds}
            if is_due(state, listing, today=now.date(), lacks=bool(fed - filled - self.tried)):
                self.tried.update(fed)
                asked[table] = await _asked(source, table, feds, listing, areas)
            elif state and listing and is_postponed(state, listing):
                asked[table] = Asked(listing, postponed=True)
        return asked

    async def _keep(self, source: Source, asked: Mapping[str, Asked], now: datetime) -> tuple[int, int]:
        """Write down what a source gave, or where that goes wrong that it did; as `_store`."""
        try:
            return await self._store(source, asked, now)
        except Unavailable:
            raise  # the database is in the way, of all sources
        except Exception as problem:
            in_vain = {table: failed(one.listing, problem) for table, one in asked.items()}
            return await self._store(source, in_vain, now)

    async def _store(self, source: Source, asked: Mapping[str, Asked], now: datetime) -> tuple[int, int]:
        """Write down what a source gave, all of it or nothing; how many figures were news, and how many of
        its tables failed."""
        self.passing(PollPoint.AFTER_FETCH)
        stored, changes = 0, []
        async with self.database.transaction() as session:
            states = await load_states(session)
            for table, one in asked.items():
                figures, failure = 0, one.failure
                if failure is None:
                    figures, failure = await self._take(session, source, table, one, now)
                stored += figures
                old = states.get((source.key, table), SourceState(source=source.key, table=table))
                new = after(old, replace(one, failure=failure), now)
                await save_state(session, new)
                changes.append((old, new))
                self.passing(PollPoint.AFTER_TABLE)
        self.passing(PollPoint.AFTER_SOURCE)
        problems = {table: one.problem for table, one in asked.items() if one.problem}
        tell(source.key, changes, problems)
        return stored, sum(new.failure is not None for _, new in changes)

    async def _take(
        self, session: Session, source: Source, table: str, asked: Asked, now: datetime
    ) -> tuple[int, Failure | None]:
        """Store the news of a table, of each plan it feeds; how many figures, or why none of them."""
        known_at = min(asked.listing.published or now.date(), now.date()) if asked.listing else now.date()
        document = document_of(source, table, known_at)
        batches = {}
        try:
            for plan, reads in _by_plan(asked.reads).items():
                series = await load_series(session, plan)
                found: list[Observation] = []
                for read in reads:
                    figures = observations_of(read, document, known_at=known_at, by=ACTOR)
                    refuse_contradiction(read, figures, series)
                    found += news(figures, series, prefix=f"{source.key}/")
                batches[plan] = tuple(found)
        except SourceFails as fails:
            return 0, fails.failure
        stored = 0
        for plan, figures in batches.items():
            if figures:
                batch = Batch(
                    source=source.key,
                    document=document,
                    observations=figures,
                    by=ACTOR,
                    detail={"table": table},
                )
                stored += (await take(session, plan, batch, now=now)).stored
        return stored, None


def by_table(feds: Iterable[Fed]) -> Mapping[str, tuple[Fed, ...]]:
    """The feeds by the table they come from."""
    found: dict[str, tuple[Fed, ...]] = {}
    for fed in feds:
        found[fed.feed.table] = (*found.get(fed.feed.table, ()), fed)
    return found


def is_due(state: SourceState | None, listing: Listing | None, *, today: date, lacks: bool) -> bool:
    """Whether a table is to be asked: it has come out anew, and the day it said it would has come; or an
    indicator lacks figures of it; or it failed, and its wait is over."""
    if state is None or state.succeeded_at is None or state.failure is not None or listing is None or lacks:
        return True
    is_time = state.expected is None or state.expected <= today
    return is_time and listing.published != state.published


def is_postponed(state: SourceState, listing: Listing) -> bool:
    """Whether the source names another day for its next figures, with no new ones out."""
    return listing.published == state.published and listing.expected != state.expected


def after(old: SourceState, asked: Asked, now: datetime) -> SourceState:
    """How a table is doing after it was asked."""
    if asked.failure is not None:
        # The earlier one, since a clock that was set back must not make a failure of days look new.
        since = min(old.failing_since or now, now)
        return replace(old, asked_at=now, failure=asked.failure, failing_since=since)
    if asked.postponed:
        return replace(old, expected=asked.listing.expected if asked.listing else None)
    return replace(
        old,
        asked_at=now,
        succeeded_at=now,
        published=asked.listing.published if asked.listing else None,
        expected=asked.listing.expected if asked.listing else None,
        failure=None,
        failing_since=None,
    )


def failed(listing: Listing | None, problem: Exception) -> Asked:
    """That a table gave nothing: since its source fails, or the bot itself does."""
    if isinstance(problem, SourceFails):
        return Asked(listing, failure=problem.failure)
    return Asked(listing, failure=fault(problem), problem=problem)


def document_of(source: Source, table: str, day: date) -> Document:
    """The document of a table's figures as they were put out on a day."""
    args = {"table": table.upper(), "day": day}
    name = f"source.document.{source.key}"
    title = LocalText(Speaker("da").say(name, **args), Speaker("en").say(name, **args))
    return Document(f"{source.key}/{table}/{day.isoformat()}", title, "", day, RANK)


async def _asked(
    source: Source, table: str, feds: Sequence[Fed], listing: Listing | None, areas: Mapping[str, Areas]
) -> Asked:
    """What a table gave of the `areas` of each plan that it feeds, in one call for all of them."""
    if listing is None:
        return Asked(None, failure=changed("not in the catalogue").failure)
    wanted = {name: code for fed in feds for name, code in areas[fed.plan].items()}
    try:
        reads = await source.read(table, feds, areas=wanted)
    except Exception as problem:
        return failed(listing, problem)
    return Asked(listing, tuple(_within(read, areas[read.fed.plan]) for read in reads))


def _within(read: Read, areas: Areas) -> Read:
    """What was read, of these areas alone."""
    codes = frozenset(areas.values())
    return replace(read, readings=tuple(one for one in read.readings if one.area in codes))


def _by_plan(reads: Iterable[Read]) -> Mapping[str, tuple[Read, ...]]:
    found: dict[str, tuple[Read, ...]] = {}
    for read in reads:
        found[read.fed.plan] = (*found.get(read.fed.plan, ()), read)
    return found
