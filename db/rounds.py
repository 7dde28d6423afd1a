"""Follow-up rounds in the database: opened, answered and closed, each with its audit row."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.errors import Refused
from bplan_bot.round import Round, RoundAnswer, RoundAnswerKind
from bplan_bot.round_picture import RoundPicture
from db.audit import add_entry
from db.dialect import insert_new
from db.people import load_people
from db.pictures import picture_of
from db.tables import plan, round_answer
from db.tables import round_ as round_table


async def open_round(session: AsyncSession, opened: Round) -> bool:
    """Store a new round, or open a closed one again with the new dates, with its audit row; False where it
    was opened again.

    One that is opened again keeps when and by whom it was opened first, since what was reported since then
    still counts. Refused `round.open_already` where its plan has an open one.
    """
    # Whoever opens a round of the same plan at the same moment waits here, and then finds this one.
    plan_row = select(plan.c.key).where(plan.c.key == opened.plan)
    await session.execute(plan_row.with_for_update(key_share=True))
    held = await open_round_of(session, opened.plan)
    if held is not None:
        raise Refused("round.open_already", half=held.half, committee_on=held.committee_on)
    is_new = bool(await insert_new(session, round_table, [_row(opened)]))
    dates = {name: getattr(opened, name) for name in ("committee_on", "agenda_on", "figures_by")}
    if not is_new:
        again = {**dates, "closed_at": None, "closed_by": ""}
        await session.execute(update(round_table).where(_is(opened.plan, opened.half)).values(again))
    await _note(
        session,
        "round_opened" if is_new else "round_reopened",
        opened,
        by=opened.opened_by,
        at=opened.opened_at,
        detail={name: day.isoformat() for name, day in dates.items()},
    )
    return is_new


async def close_round(session: AsyncSession, closed: Round, *, by: str, now: datetime) -> bool:
    """Close a round, with its audit row; False where somebody closed it before."""
    closing = (
        update(round_table)
        .where(_is(closed.plan, closed.half), round_table.c.closed_at.is_(None))
        .values(closed_at=now, closed_by=by)
        .returning(round_table.c.half)
    )
    if (await session.execute(closing)).first() is None:
        return False
    await _note(session, "round_closed", closed, by=by, at=now, detail={})
    return True


async def rounds(session: AsyncSession, plan_key: str) -> tuple[Round, ...]:
    """All rounds of a plan, the one opened last first."""
    query = select(round_table).where(round_table.c.plan == plan_key)
    query = query.order_by(round_table.c.opened_at.desc(), round_table.c.half.desc())
    return tuple(_round(row) for row in (await session.execute(query)).mappings())


async def open_rounds(session: AsyncSession) -> tuple[Round, ...]:
    """The open rounds of every plan, at most one each."""
    query = select(round_table).where(round_table.c.closed_at.is_(None)).order_by(round_table.c.plan)
    return tuple(_round(row) for row in (await session.execute(query)).mappings())


async def latest_round(session: AsyncSession, plan_key: str = "") -> Round | None:
    """The round opened last, of one plan where it is named; None where there is none."""
    query = select(round_table).order_by(round_table.c.opened_at.desc(), round_table.c.half.desc()).limit(1)
    if plan_key:
        query = query.where(round_table.c.plan == plan_key)
    row = (await session.execute(query)).mappings().first()
    return _round(row) if row else None


async def open_round_of(session: AsyncSession, plan_key: str) -> Round | None:
    """The open round of a plan; None where there is none."""
    return next((held for held in await rounds(session, plan_key) if held.is_open), None)


async def round_of(session: AsyncSession, plan_key: str, half: int) -> Round | None:
    """One round, open or closed; None where it was never opened."""
    row = (await session.execute(select(round_table).where(_is(plan_key, half)))).mappings().first()
    return _round(row) if row else None


async def add_answer(session: AsyncSession, answer: RoundAnswer) -> bool:
    """Store what somebody answered in place of a figure, with its audit row; False where it is known."""
    row = {
        "plan": answer.plan,
        "half": answer.half,
        "goal": answer.goal,
        "kind": answer.kind.value,
        "person": answer.person,
        "handed_to": answer.handed_to,
        "note": answer.note,
        "at": answer.at,
        "number": answer.number,
    }
    if not await insert_new(session, round_answer, [row]):
        return False
    detail = {"half": answer.half, "handed_to": answer.handed_to, "note": answer.note}
    await add_entry(
        session,
        at=answer.at,
        actor=answer.person,
        action=f"round_{answer.kind}",
        subject=f"{answer.plan}/{answer.goal}",
        detail=detail,
    )
    return True


async def answers(session: AsyncSession, round_: Round) -> tuple[RoundAnswer, ...]:
    """What was answered in a round, oldest first."""
    mine = (round_answer.c.plan == round_.plan) & (round_answer.c.half == round_.half)
    found = await session.execute(select(round_answer).where(mine).order_by(round_answer.c.id))
    return tuple(_answer(row) for row in found.mappings())


async def round_picture(session: AsyncSession, round_: Round, *, today: date) -> RoundPicture:
    """All that is known about a round on `today`, in the caller's transaction."""
    return RoundPicture(
        round=round_,
        picture=await picture_of(session, round_.plan, today=today),
        answers=await answers(session, round_),
        people=await load_people(session),
    )


def _is(plan_key: str, half: int) -> ColumnElement[bool]:
    return and_(round_table.c.plan == plan_key, round_table.c.half == half)


async def _note(
    session: AsyncSession, action: str, held: Round, *, by: str, at: datetime, detail: Mapping[str, Any]
) -> None:
    subject = f"{held.plan}/round-{held.half}"
    await add_entry(session, at=at, actor=by, action=action, subject=subject, detail=detail)


def _row(opened: Round) -> dict[str, Any]:
    return {
        "plan": opened.plan,
        "half": opened.half,
        "committee_on": opened.committee_on,
        "agenda_on": opened.agenda_on,
        "figures_by": opened.figures_by,
        "opened_at": opened.opened_at,
        "opened_by": opened.opened_by,
        "closed_at": opened.closed_at,
        "closed_by": opened.closed_by,
    }


def _round(row: Mapping[Any, Any]) -> Round:
    return Round(**row)


def _answer(row: Mapping[Any, Any]) -> RoundAnswer:
    return RoundAnswer(
        plan=row["plan"],
        half=row["half"],
        goal=row["goal"],
        kind=RoundAnswerKind(row["kind"]),
        person=row["person"],
        at=row["at"],
        handed_to=row["handed_to"],
        note=row["note"],
        number=row["number"],
    )
