"""Reported figures in the database: append-only, so a correction is a new row."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.batch import Taken
from bplan_bot.errors import Refused
from bplan_bot.observation import Direction, Observation, ObservationStatus, Series
from db.bulk import insert_many
from db.documents import load_documents, lock_documents
from db.tables import indicator, observation

_COLUMNS = (
    *("plan", "indicator", "area", "period", "known_at", "document", "revision"),
    *("value", "numerator", "denominator", "status", "direction", "note", "recorded_at", "origin"),
)

_Report = tuple[str, str, str, date, str]
"""Which report of which figure: indicator, area, period, known at, document."""


async def add_observations(
    session: AsyncSession, plan_key: str, observations: Iterable[Observation], *, now: datetime
) -> int:
    """Store what is new among these figures, and say how many that was; see `store_observations`."""
    return (await store_observations(session, plan_key, observations, now=now)).stored


async def store_observations(
    session: AsyncSession, plan_key: str, observations: Iterable[Observation], *, now: datetime
) -> Taken:
    """Store what is new among these figures of a plan, recorded `now` (aware), and say what became of each.

    A report that is stored already with the same content adds nothing; with another content it is a
    correction, a new row that stands from now on. Refused `database.unknown_indicator`,
    `database.unknown_document` and, for two contents of one report, `database.figure_twice`.
    """
    given = _by_report(observations)
    if not given:
        return Taken()
    await _refuse_unknown(session, plan_key, {report[0] for report in given})
    await lock_documents(session, {report[4] for report in given})
    newest = await _newest(session, plan_key, given)
    changed = given
    if newest:
        changed = {report: one for report, one in given.items() if _says_more(one, newest.get(report))}
    corrected = sum(report in newest for report in changed) if newest else 0

    def revision(report: _Report) -> int:
        return newest[report][0] + 1 if report in newest else 0

    rows = (_row(plan_key, one, revision=revision(report), now=now) for report, one in changed.items())
    await insert_many(session, observation, _COLUMNS, rows)
    return Taken(new=len(changed) - corrected, corrected=corrected, same=len(given) - len(changed))


async def load_series(session: AsyncSession, plan_key: str, *, as_of: date | None = None) -> Series:
    """The figures of a plan's indicators, with those known later than `as_of` left out."""
    query = select(observation).where(observation.c.plan == plan_key)
    if as_of is not None:
        query = query.where(observation.c.known_at <= as_of)
    # Of figures known and recorded at the same moment the later in this order stands.
    query = query.order_by(observation.c.recorded_at, observation.c.revision, observation.c.id)
    return Series(await _load(session, query), as_of=as_of)


async def indicators_of(session: AsyncSession, *, prefix: str) -> frozenset[tuple[str, str]]:
    """The plans' indicators (plan, key) with figures of documents whose keys begin with `prefix`."""
    own = observation.c.document.startswith(prefix, autoescape=True)
    found = await session.execute(select(observation.c.plan, observation.c.indicator).where(own).distinct())
    return frozenset((row.plan, row.indicator) for row in found)


def _by_report(observations: Iterable[Observation]) -> dict[_Report, Observation]:
    given: dict[_Report, Observation] = {}
    for one in observations:
        report = _report(one)
        other = given.setdefault(report, one)
        if other is not one and _content(other) != _content(one):
            raise Refused(
                "database.figure_twice",
                indicator=one.indicator,
                area=one.area,
                period=one.period,
                document=one.document.key,
            )
    return given


async def _refuse_unknown(session: AsyncSession, plan_key: str, keys: set[str]) -> None:
    own = select(indicator.c.key).where(indicator.c.plan == plan_key, indicator.c.key.in_(keys))
    known = (await session.scalars(own)).all()
    for key in sorted(keys - set(known)):
        raise Refused("database.unknown_indicator", indicator=key, plan=plan_key)


async def _newest(
    session: AsyncSession, plan_key: str, given: Iterable[_Report]
) -> dict[_Report, tuple[int, Observation]]:
    """The last revision of each stored report of the same indicators and documents."""
    reports = list(given)
    query = (
        select(observation)
        .where(observation.c.plan == plan_key)
        .where(observation.c.indicator.in_({report[0] for report in reports}))
        .where(observation.c.document.in_({report[4] for report in reports}))
        .order_by(observation.c.revision)
    )
    rows = (await session.execute(query)).mappings().all()
    documents = await load_documents(session, {report[4] for report in reports})
    found = ((row["revision"], _observation(row, documents)) for row in rows)
    return {_report(one): (revision, one) for revision, one in found}


async def _load(session: AsyncSession, query: Any) -> list[Observation]:
    rows = (await session.execute(query)).mappings().all()
    documents = await load_documents(session, {row["document"] for row in rows})
    return [_observation(row, documents) for row in rows]


def _report(one: Observation) -> _Report:
    return (one.indicator, one.area, one.period.code, one.known_at, one.document.key)


def _says_more(one: Observation, newest: tuple[int, Observation] | None) -> bool:
    """Whether a report is not stored with this content."""
    return newest is None or _content(newest[1]) != _content(one)


def _content(one: Observation) -> tuple[object, ...]:
    """What a report says; figures as printed, since 80 made 80.0 is a correction too."""
    figures = (str(figure) for figure in (one.value, one.numerator, one.denominator))
    return (*figures, one.status, one.direction, one.note)


def _row(plan_key: str, one: Observation, *, revision: int, now: datetime) -> tuple[object, ...]:
    """The values of _COLUMNS."""
    return (
        plan_key,
        one.indicator,
        one.area,
        one.period,
        one.known_at,
        one.document.key,
        revision,
        one.value,
        one.numerator,
        one.denominator,
        one.status,
        one.direction,
        one.note,
        now,
        one.origin,
    )


def _observation(row: Mapping[Any, Any], documents: Mapping[str, Any]) -> Observation:
    return Observation(
        indicator=row["indicator"],
        area=row["area"],
        period=row["period"],
        value=row["value"],
        document=documents[row["document"]],
        known_at=row["known_at"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        status=ObservationStatus(row["status"]),
        direction=Direction(row["direction"]) if row["direction"] else None,
        note=row["note"],
        recorded_at=row["recorded_at"],
        origin=row["origin"],
        revision=row["revision"],
    )
