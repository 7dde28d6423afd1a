"""What administrators are told of a source: which of its tables are late or back, and the goals they feed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo

from bplan_bot.fed import fed_by
from bplan_bot.feed import FeedSource
from bplan_bot.goal import Plan
from bplan_bot.lateness import still_late
from bplan_bot.message import Message, message
from bplan_bot.notice import Notice, NoticeKind
from bplan_bot.source_state import Failure, SourceState


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNews:
    """The tables of a source that are `late`, or back; `goals` are numbers of those judged by their figures,
    `zone` is the one that days are told in."""

    source: FeedSource
    late: bool
    tables: tuple[SourceState, ...]
    goals: tuple[str, ...]
    zone: tzinfo | None
    repeated: bool = False


def news_of(
    notice: Notice, states: Iterable[SourceState], plans: Iterable[Plan], *, zone: tzinfo | None
) -> SourceNews | None:
    """What a notice has to say as its tables stand now (all `states` of its source); None where it is true of
    none of them any more."""
    source, late = FeedSource(notice.facts["source"]), notice.kind is NoticeKind.SOURCE_LATE
    states = tuple(states)
    back = (one for one in states if one.table in notice.facts["tables"] and one.told_late is None)
    tables = still_late(notice.facts, states) if late else tuple(back)
    if not tables:
        return None
    names = {one.table for one in tables}
    fed = (one for one in fed_by(source, plans) if one.feed.table in names)
    return SourceNews(
        source=source,
        late=late,
        tables=tables,
        goals=tuple(dict.fromkeys(one.indicator.goal for one in fed if not one.indicator.is_check)),
        zone=zone,
        repeated=bool(notice.repeat_of),
    )


def sentences(news: SourceNews) -> tuple[Message, ...]:
    """Why nothing comes of the tables, or what has come."""
    if news.late:
        return troubles(news.tables, zone=news.zone)
    return tuple(_recovered(state, news.zone) for state in news.tables)


def troubles(states: Iterable[SourceState], *, zone: tzinfo | None) -> tuple[Message, ...]:
    """Why these tables give nothing: in which words they fail, or that their day has passed; those of which
    the same is to be said together."""
    found: dict[tuple[Failure | None, date | None], list[str]] = {}
    for one in states:
        since = one.failing_since.astimezone(zone).date() if one.failing_since else one.expected
        found.setdefault((one.failure, since), []).append(one.table.upper())
    return tuple(_trouble(failure, since, tuple(tables)) for (failure, since), tables in found.items())


def _trouble(failure: Failure | None, since: date | None, tables: tuple[str, ...]) -> Message:
    if failure is None:
        return message("source.late.overdue", tables=tables, day=since)
    why = message(f"source.failure.{failure.kind}")
    return message("source.late.fails", tables=tables, since=since, why=why, reason=failure.reason)


def _recovered(state: SourceState, zone: tzinfo | None) -> Message:
    """When its figures were last fetched, and when the next are to come."""
    fetched = state.succeeded_at.astimezone(zone).date() if state.succeeded_at else None
    name = "source.back.expected" if state.expected else "source.back.fetched"
    return message(name, table=state.table.upper(), day=fetched, expected=state.expected)
