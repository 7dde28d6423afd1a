"""How the sources are doing: when figures of each were last fetched or reported, when the next are to come,
and in which words it fails, to those who may know."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bplan_bot.answers import Suggestion
from bplan_bot.fed import fed_by
from bplan_bot.feed import FeedSource
from bplan_bot.figure_answers.answer import Row, Said
from bplan_bot.goal import Goal
from bplan_bot.lateness import late_since
from bplan_bot.message import Message, message
from bplan_bot.period import Period
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.answer import PlanAnswer, PlanTopic, Section
from bplan_bot.plan_answers.rhythm import following, newest_report
from bplan_bot.source_news import troubles
from bplan_bot.source_state import SourceState
from bplan_bot.working_days import WorkingDays

_FRESH = Suggestion(message("button.fresh"), "hvor friske er tallene?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """How fetching is doing `now` (aware): the sources that are `off`, and the `states` of all tables.
    `in_words`: whoever asks is told in which words a source fails. `working` days decide what is late."""

    off: Collection[FeedSource]
    states: Mapping[tuple[str, str], SourceState]
    in_words: bool
    now: datetime
    working: WorkingDays

    def is_troubled(self, state: SourceState) -> bool:
        """Whether a table gives no figures though it should."""
        return state.failure is not None or late_since(state, self.working, now=self.now) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Doing:
    """One source as some goals know it. `fetched` is the last day on which figures were fetched from it,
    `expected` the first on which it has named new ones, `troubled` its tables that give nothing; `reported`
    is the last day on which figures of the goals that name it became known, `period` what the next are due
    for."""

    key: str
    name: Said
    is_asked: bool = False
    fetched: date | None = None
    expected: date | None = None
    troubled: tuple[SourceState, ...] = ()
    reported: date | None = None
    period: Period | None = None


def source_answer(picture: Picture, keys: Collection[str], fetching: Fetching) -> PlanAnswer:
    """How the sources with these keys are doing: FeedSource's or the plan's own."""
    doing = [one for one in _doing(picture, picture.plan.goals, fetching) if one.key in keys]
    told = [tuple(_sentences(one, picture, fetching)) for one in doing]
    alone = len(doing) == 1
    sections = () if alone else map(_section, doing, told)
    return PlanAnswer(
        plan=picture.plan,
        topic=PlanTopic.FRESHNESS,
        heading=message("text.as_written", text=doing[0].name) if alone else message("sources.heading"),
        sentences=told[0] if alone else (),
        summary=() if alone else tuple(said[0] for said in told),
        sections=tuple(sections),
        suggestions=(_FRESH,),
        handled_only=picture.handled_only,
    )


def sources_of(picture: Picture, goals: tuple[Goal, ...], fetching: Fetching) -> tuple[Section, ...]:
    """The part of an answer about goals that tells how their sources are doing; of some of the goals only the
    sources they are fed from, since each of them tells of its own figures."""
    told: set[str | None] = {
        one.feed.source for goal in goals for one in goal.indicators if one.feed and one.feed.is_chosen
    }
    if goals == picture.plan.goals:
        told |= {*FeedSource, *(goal.source for goal in goals)}
    rows = tuple(
        Row(one.name, _line(one, picture, fetching))
        for one in _doing(picture, goals, fetching)
        if one.key in told
    )
    return (Section(name=message("sources.heading"), rows=rows),) if rows else ()


def last_fetched(picture: Picture, goals: tuple[Goal, ...], fetching: Fetching) -> tuple[Message, ...]:
    """When figures of these goals were last fetched, from whatever source."""
    days = [(one.fetched, one.name) for one in _doing(picture, goals, fetching) if one.fetched]
    if not days:
        return ()
    day, name = max(days, key=lambda one: one[0])
    return (message("sources.last_fetched", day=day, source=name),)


def _doing(picture: Picture, goals: tuple[Goal, ...], fetching: Fetching) -> list[_Doing]:
    """The sources that are asked, then those that people report from."""
    asked = [_asked(source, picture, goals, fetching) for source in FeedSource]
    own = [one for one in picture.plan.sources if one.key not in list(FeedSource)]
    return [*asked, *(_reported(one.key, one.name, picture, goals) for one in own)]


def _asked(source: FeedSource, picture: Picture, goals: tuple[Goal, ...], fetching: Fetching) -> _Doing:
    plan, today = picture.plan, picture.today
    mine = {goal.number for goal in goals}
    tables = {one.feed.table for one in fed_by(source, [plan]) if one.indicator.goal in mine}
    states = [state for (key, table), state in fetching.states.items() if key == source and table in tables]
    days = [one.succeeded_at.astimezone(fetching.now.tzinfo).date() for one in states if one.succeeded_at]
    return replace(
        _reported(source, message(f"source.name.{source}"), picture, goals),
        is_asked=source not in fetching.off,
        fetched=max((day for day in days if day <= today), default=None),
        expected=min((one.expected for one in states if one.expected), default=None),
        troubled=tuple(one for one in states if fetching.is_troubled(one)),
        period=None,
    )


def _reported(key: str, name: Said, picture: Picture, goals: tuple[Goal, ...]) -> _Doing:
    statuses = [picture.of(goal) for goal in goals if goal.source == key]
    newest = [(status, newest_report(status)) for status in statuses]
    due = [period for status, report in newest if (period := following(status, report))]
    return _Doing(
        key=key,
        name=name,
        reported=max((report.known_at for _, report in newest if report), default=None),
        period=min(due, key=lambda period: period.end, default=None),
    )


def _line(one: _Doing, picture: Picture, fetching: Fetching) -> Message:
    """How a source is doing, in a row of a table."""
    if not one.is_asked or not one.fetched:
        told = message("sources.line.reported" if one.reported else "sources.line.nothing", day=one.reported)
        if one.is_asked or one.key in list(FeedSource):
            told = message("sources.line.not_fetched" if one.is_asked else "sources.line.off", told=told)
        elif one.period:
            told = message("sources.line.next", told=told, period=one.period)
    elif one.expected is None:
        told = message("sources.line.fetched", day=one.fetched)
    else:
        name = "expected" if one.expected >= picture.today else "overdue"
        told = message(f"sources.line.{name}", day=one.fetched, expected=one.expected)
    for why in _troubles(one, fetching):
        told = message("sources.line.trouble", told=told, why=why)
    return told


def _troubles(one: _Doing, fetching: Fetching) -> tuple[Message, ...]:
    """Why a source gives nothing, for those who may know."""
    known = fetching.in_words and one.is_asked
    return troubles(one.troubled, zone=fetching.now.tzinfo) if known else ()


def _sentences(one: _Doing, picture: Picture, fetching: Fetching) -> Iterator[Message]:
    """How a source is doing, whether it works first."""
    why = _troubles(one, fetching)
    if not one.is_asked:
        yield message("sources.off", source=one.name)
        if one.key in list(FeedSource) and fetching.in_words:
            yield message("sources.how_on")
    elif why:
        yield message("sources.troubled", source=one.name)
        yield from why
    elif one.fetched and fetching.in_words:
        yield message("sources.well", source=one.name)
    if one.fetched:
        yield message("sources.fetched", source=one.name, day=one.fetched)
    elif one.is_asked:
        yield message("sources.never", source=one.name)
    if one.is_asked and one.expected:
        if one.expected >= picture.today:
            yield message("sources.expected", day=one.expected)
        elif not why:
            yield message("sources.overdue", day=one.expected)
    if one.reported and not one.fetched:
        yield message("sources.reported", day=one.reported)
    if one.period:
        yield message("freshness.next", period=one.period)


def _section(one: _Doing, said: tuple[Message, ...]) -> Section:
    return Section(name=one.name, sentences=said)
