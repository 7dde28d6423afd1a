"""What people said of the goals, in the database: append-only, the newest per goal and axis stands."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.errors import Refused
from bplan_bot.goal import Axis, StatedAssessment
from bplan_bot.observation import Document
from bplan_bot.status import Status
from db.documents import load_documents, lock_documents
from db.tables import goal, stated_assessment

_Saying = tuple[str, str, date, str]
"""Who said it of what: goal, axis, day, document."""


async def add_statements(
    session: AsyncSession, plan_key: str, statements: Iterable[StatedAssessment], *, now: datetime
) -> int:
    """Store what is new among these, recorded `now` (aware), and say how many that was.

    What is stored already adds nothing; the same saying put otherwise is a new row that stands from now
    on. Refused `database.unknown_goal`, `database.unknown_document` and, for one saying put in two ways,
    `database.statement_twice`.
    """
    given = _by_saying(statements)
    if not given:
        return 0
    await _refuse_unknown(session, plan_key, {saying[0] for saying in given})
    await lock_documents(session, {saying[3] for saying in given})
    newest = {_saying(one): (revision, one) for revision, one in await _load(session, plan_key)}
    rows: list[dict[str, Any]] = []
    for saying, one in given.items():
        revision, stored = newest.get(saying, (-1, None))
        if stored is None or _content(stored) != _content(one):
            rows.append(_row(plan_key, one, revision=revision + 1, now=now))
    if rows:
        await session.execute(insert(stated_assessment), rows)
    return len(rows)


async def load_statements(
    session: AsyncSession, plan_key: str, *, as_of: date | None = None
) -> tuple[StatedAssessment, ...]:
    """The newest statement of each goal and axis by its day, of those made no later than `as_of`.

    Of two of one day the document's rank decides, then what was recorded last.
    """
    known = [(r, one) for r, one in await _load(session, plan_key) if as_of is None or one.day <= as_of]
    known.sort(key=lambda found: (found[1].day, found[1].document.rank))  # stable: as recorded
    newest = {(one.goal, one.axis): one for _, one in known}
    return tuple(newest[key] for key in sorted(newest))


def _by_saying(statements: Iterable[StatedAssessment]) -> dict[_Saying, StatedAssessment]:
    given: dict[_Saying, StatedAssessment] = {}
    for one in statements:
        saying = _saying(one)
        if saying in given and _content(given[saying]) != _content(one):
            raise Refused(
                "database.statement_twice", goal=one.goal, axis=one.axis.value, document=one.document.key
            )
        given[saying] = one
    return given


async def _refuse_unknown(session: AsyncSession, plan_key: str, numbers: set[str]) -> None:
    own = select(goal.c.number).where(goal.c.plan == plan_key, goal.c.number.in_(numbers))
    known = (await session.scalars(own)).all()
    for number in sorted(numbers - set(known)):
        raise Refused("database.unknown_goal", goal=number, plan=plan_key)


async def _load(session: AsyncSession, plan_key: str) -> list[tuple[int, StatedAssessment]]:
    """All statements of a plan with their revision, in the order they were recorded."""
    said = stated_assessment.c
    query = select(stated_assessment).where(said.plan == plan_key)
    order = (said.recorded_at, said.revision, said.id)
    rows = (await session.execute(query.order_by(*order))).mappings().all()
    documents = await load_documents(session, {row["document"] for row in rows})
    return [(row["revision"], _statement(row, documents)) for row in rows]


def _saying(one: StatedAssessment) -> _Saying:
    return (one.goal, one.axis.value, one.day, one.document.key)


def _content(one: StatedAssessment) -> tuple[object, ...]:
    return (one.status, one.due, one.wording, one.decision, one.reason)


def _row(plan_key: str, one: StatedAssessment, *, revision: int, now: datetime) -> dict[str, Any]:
    return {
        "plan": plan_key,
        "goal": one.goal,
        "axis": one.axis.value,
        "day": one.day,
        "document": one.document.key,
        "revision": revision,
        "status": one.status,
        "due": one.due,
        "wording": one.wording,
        "decision": one.decision,
        "reason": one.reason,
        "recorded_at": now,
    }


def _statement(row: Mapping[Any, Any], documents: Mapping[str, Document]) -> StatedAssessment:
    return StatedAssessment(
        goal=row["goal"],
        axis=Axis(row["axis"]),
        status=Status(row["status"]),
        wording=row["wording"],
        document=documents[row["document"]],
        day=row["day"],
        decision=row["decision"],
        reason=row["reason"],
        due=row["due"],
    )
