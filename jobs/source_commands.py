"""The command line's sources: how each is doing, and which table of one has what a goal needs."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from bplan_bot.catalogue import Insides, Listing, found
from bplan_bot.errors import Refused, WrongUse
from bplan_bot.feed import FeedSource
from bplan_bot.goal import Goal, Indicator, Plan
from bplan_bot.message import Message, message
from bplan_bot.observation import Observation
from bplan_bot.picture import Picture
from bplan_bot.quantity import Quantity
from bplan_bot.settings import Settings
from bplan_bot.source_state import SourceFails, SourceState
from bplan_bot.texts.speaker import Speaker
from db.engine import Database
from db.pictures import every_picture
from db.sources import load_states

if TYPE_CHECKING:
    from jobs.sources.source import Source

app = typer.Typer(help="Kilderne, som tal hentes fra: hvordan de har det, og hvilke tabeller de har.")

MOST = 40
"""Tables shown of a search, and members of a dimension."""

States = Mapping[tuple[str, str], SourceState]


class Parts(Protocol):
    """What these commands need of the bot."""

    @property
    def settings(self) -> Settings:
        """What the environment says."""

    @property
    def database(self) -> Database:
        """Where everything is kept."""

    async def prepare(self) -> None:
        """Bring the database up."""

    async def close(self) -> None:
        """Give everything back."""


class Wiring(Protocol):
    """What bot.py hands the command line."""

    @property
    def build(self) -> Callable[[], Parts]:
        """Makes the bot."""

    @property
    def now(self) -> Callable[[], datetime]:
        """Tells the time."""


@app.callback(invoke_without_command=True)
def sources(context: typer.Context) -> None:
    """Vis hver kilde: til eller fra, sidst hentet, næste ventet, sidste fejl og tabellerne."""
    if context.invoked_subcommand is None:
        wiring: Wiring = context.obj
        print("\n".join(asyncio.run(_shown(wiring.build(), wiring.now()))))


@app.command("find")
def find(
    context: typer.Context,
    words: Annotated[str, typer.Argument(help='Ord fra tabellens navn, fx "delvis rask".')],
    source: Annotated[str, typer.Option(help="Kilden: jobindsats eller statbank.")] = "jobindsats",
) -> None:
    """Find tabeller i en kildes katalog, og vis deres id."""

    async def searching(one: "Source") -> list[Message]:
        tables = found(await one.listings(), words)
        lines = [message("source.found", n=len(tables), words=words)]
        return [*lines, *map(_line, tables[:MOST])]

    _with_source(context.obj, source, searching)


@app.command("show")
def show(
    context: typer.Context,
    table: Annotated[str, typer.Argument(help="Tabellens id, fx y14kval01.")],
    source: Annotated[str, typer.Option(help="Kilden: jobindsats eller statbank.")] = "jobindsats",
) -> None:
    """Vis, hvad en tabel kan spørges om: perioder, kolonner og opdelinger."""

    async def looking(one: "Source") -> list[Message]:
        return list(_insides(await one.insides(table)))

    _with_source(context.obj, source, looking)


def _with_source(wiring: Wiring, name: str, asking: Callable[["Source"], Awaitable[list[Message]]]) -> None:
    """Print what a source answers; what it does not answer is refused in one sentence."""
    if name not in list(FeedSource):
        raise WrongUse("source.unknown", name=name, known=tuple(FeedSource))
    speaker = Speaker("da")
    print("\n".join(speaker(line) for line in asyncio.run(_asked(wiring.build(), FeedSource(name), asking))))


async def _asked(
    parts: Parts, key: FeedSource, asking: Callable[["Source"], Awaitable[list[Message]]]
) -> list[Message]:
    # Imported here, since no other command speaks HTTP.
    from jobs.sources.on import sources_on

    on = sources_on(parts.settings)
    try:
        if key in parts.settings.sources_off:
            return [parts.settings.sources_off[key]]
        (source,) = (one for one in on.all if one.key is key)
        return await asking(source)
    except SourceFails as fails:
        why = message(f"source.failure.{fails.failure.kind}")
        raise Refused("source.cannot_ask", source=key, why=why, reason=fails.failure.reason) from fails
    finally:
        await on.close()
        await parts.close()


async def _shown(parts: Parts, now: datetime) -> list[str]:
    try:
        await parts.prepare()
        async with parts.database.reading() as session:
            pictures = await every_picture(session, today=now.date())
            states = await load_states(session)
    finally:
        await parts.close()
    speaker = Speaker("da")
    return [speaker(line) for line in as_lines(parts.settings, pictures, states)]


def as_lines(settings: Settings, pictures: Sequence[Picture], states: States) -> list[Message]:
    """Each source with its tables, what its checks say, and the indicators whose table is to be chosen."""
    lines: list[Message] = []
    for source in FeedSource:
        off = settings.sources_off.get(source)
        lines.append(off or message(f"source.on.{source}"))
        fed = [(each.plan, one) for each in pictures for one in _fed(each.plan, source)]
        chosen: dict[str, list[str]] = {}
        for _, one in fed:
            if one.feed and one.feed.is_chosen:
                chosen.setdefault(one.feed.table, []).append(one.key)
        for table, keys in chosen.items():
            lines += _of_table(table, tuple(dict.fromkeys(keys)), states.get((source, table)))
        lines += [line for each in pictures for line in _checks(each, source)]
        lines += [
            message("source.to_choose", indicator=one.key, plan=plan.key, title=one.feed.title)
            for plan, one in fed
            if one.feed and not one.feed.is_chosen
        ]
    return lines


def _fed(plan: Plan, source: FeedSource) -> Iterator[Indicator]:
    return (one for goal in plan.goals for one in goal.indicators if one.feed and one.feed.source is source)


def _checks(picture: Picture, source: FeedSource) -> Iterator[Message]:
    """What each check says, beside the figure that is judged: of the newest period that both have."""
    for goal in picture.plan.goals:
        for one in goal.indicators:
            if not one.is_check or one.feed is None or one.feed.source is not source:
                continue
            figures = [
                each for each in picture.series.of(one.key, picture.plan.area) if each.value is not None
            ]
            pairs = [(each, _judged(picture, goal, each)) for each in figures]
            both = [pair for pair in pairs if pair[1] is not None]
            for own, other in (both or pairs)[-1:]:
                name = "source.check" if other else "source.check_alone"
                said = Quantity(own.value or Decimal(0), one.unit)
                known = Quantity(other.value, one.unit) if other and other.value is not None else None
                yield message(name, indicator=one.key, value=said, period=own.period, known=known)


def _judged(picture: Picture, goal: Goal, beside: Observation) -> Observation | None:
    """The figure that the goal is judged by, of the same area and period."""
    found = (picture.series.at(key, beside.area, beside.period) for key in goal.target.indicators())
    return next((one for one in found if one is not None and one.value is not None), None)


def _of_table(table: str, keys: tuple[str, ...], state: SourceState | None) -> Iterator[Message]:
    yield message("source.table", table=table.upper(), indicators=keys)
    if state is None:
        yield message("source.never_asked")
        return
    if state.succeeded_at is not None:
        name = "source.succeeded" if state.published else "source.succeeded_undated"
        yield message(name, day=state.succeeded_at.date(), published=state.published)
    if state.expected is not None:
        yield message("source.expected", day=state.expected)
    if state.failure is not None and state.failing_since is not None:
        why = message(f"source.failure.{state.failure.kind}")
        since = state.failing_since.date()
        yield message("source.fails", since=since, why=why, reason=state.failure.reason)


def _line(one: Listing) -> Message:
    name = "source.listing_of" if one.subject else "source.listing"
    return message(name, table=one.table, title=one.title, subject=one.subject)


def _insides(insides: Insides) -> Iterator[Message]:
    for form, (first, last) in insides.periods.items():
        yield message("source.insides.periods", form=form, first=first, last=last)
    for label in insides.columns:
        yield message("source.insides.column", label=label)
    for name, members in insides.members.items():
        shown, more = members[:MOST], len(members) - MOST
        yield message("source.insides.members", name=name, members=shown)
        if more > 0:
            yield message("source.insides.more", n=more)
