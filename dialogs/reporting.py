"""Reporting figures on a form, of a round or outside one: what its buttons do, each in one transaction."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bplan_bot.batch import Batch
from bplan_bot.cards.form_card import render
from bplan_bot.errors import Refused
from bplan_bot.figure_values import Field, Problem
from bplan_bot.figures import Figure
from bplan_bot.form import (
    Act,
    FigureForm,
    GoalForm,
    document_key,
    judge,
    may_report_in,
)
from bplan_bot.form_of_round import Desk
from bplan_bot.goal import Goal
from bplan_bot.local_text import LocalText
from bplan_bot.message import Message, message
from bplan_bot.notice import NoticeKind
from bplan_bot.object_id import person_id
from bplan_bot.observation import Document, Observation, Origin, OriginKind
from bplan_bot.quantity import Quantity
from bplan_bot.reminders import reminder
from bplan_bot.reply import Reply
from bplan_bot.round import Round, RoundAnswer, RoundAnswerKind, handings_on
from bplan_bot.texts.speaker import Speaker
from db import figures as figure_rows
from db import notices as notice_rows
from db import rounds as round_rows
from db.engine import Session
from dialogs.form_press import Pressed
from dialogs.visit import Visit

RANK = 30
"""Above every document: who corrects a figure says why, and must not lose to what came the same day."""

FORM = "form"
"""The key of the source that reported figures come from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a press: the sentence about it, and the goal's form where it is not settled."""

    said: Message | None
    went_well: bool = True
    shown: GoalForm | None = None


Step = Callable[[Session, Visit, Desk, Goal, Pressed], Awaitable[Done]]


async def report(visit: Visit) -> Reply:
    """Store the figures of a goal, or say what is to be mended, confirmed or explained first."""
    return await _press(visit, _report)


async def no_news(visit: Visit) -> Reply:
    """Note that a goal has no new figures in this round."""
    return await _press(visit, _no_news)


async def hand_on(visit: Visit) -> Reply:
    """Hand a goal on to a colleague, who is told and may report it in this round."""
    return await _press(visit, _hand_on)


async def open_goal(visit: Visit) -> Reply:
    """Show the fields of one goal, those of a settled one with what was reported in them."""
    return await _press(visit, _open)


BUTTONS: Mapping[str, Callable[[Visit], Awaitable[Reply]]] = {
    Act.REPORT: report,
    Act.NO_NEWS: no_news,
    Act.HAND_ON: hand_on,
    Act.OPEN: open_goal,
}
"""What the form's buttons do."""


async def _press(visit: Visit, step: Step) -> Reply:
    """One press in one transaction; the card is replaced by the form as it is then."""
    pressed = Pressed.of(visit.pressed)
    async with visit.database.transaction() as session:
        desk = await _desk(session, visit, pressed)
        goal = desk.picture.plan.goal(pressed.goal)
        if goal is None:
            raise Refused("form.unknown")
        if not may_report_in(visit.person, goal.number, desk.answers):
            # Not said on the form, which would show the goal's figures; what was typed stays on their card.
            raise Refused("form.said.not_yours", goal=goal.number)
        refusal = _refusal(visit, desk, goal)
        if refusal is None:
            done = await step(session, visit, desk, goal, pressed)
        else:
            typed = desk.typed_in(goal, pressed.written)
            done = Done(said=refusal, went_well=False, shown=typed if typed.periods else None)
        # Anew: what was just stored belongs to it.
        desk = await _desk(session, visit, pressed)
    # The button says which goals its card has, and buttons can be forged.
    theirs = [one for one in pressed.goals if may_report_in(visit.person, one, desk.answers)]
    form = desk.form(theirs or desk.own_goals(), written=_left(pressed, done), shown=done.shown)
    form = replace(form, said=done.said, went_well=done.went_well)
    return replace(render(form, visit.speaker), in_place=True)


async def _desk(session: Session, visit: Visit, pressed: Pressed) -> Desk:
    """The round as it is now; whoever else reports in it waits."""
    desk = await figure_rows.desk_of(
        session, pressed.plan, pressed.half, person=visit.person.id, now=visit.now, alone=True
    )
    if desk is None:
        raise Refused("form.unknown")
    return desk


def _refusal(visit: Visit, desk: Desk, goal: Goal) -> Message | None:
    """Why nothing can be stored, in one sentence; None where it can."""
    if desk.round is not None and desk.round.closed_at is not None:
        day = desk.round.closed_at.astimezone(visit.now.tzinfo).date()
        return message("form.said.closed", day=day)
    if goal.withdrawn is not None and goal.withdrawn.day <= visit.now.date():
        return message("form.said.withdrawn", goal=goal.number)
    return None


def _left(pressed: Pressed, done: Done) -> Mapping[str, str]:
    """What still stands in the fields: a goal that is settled begins anew, the others keep what they hold."""
    settled = f"{pressed.goal}|"
    return {
        name: value
        for name, value in pressed.written.items()
        if done.shown is not None or not name.startswith(settled)
    }


async def _report(session: Session, visit: Visit, desk: Desk, goal: Goal, pressed: Pressed) -> Done:
    form = judge(desk.typed_in(goal, pressed.written), desk.picture)
    if not form.periods:
        raise Refused("form.unknown")
    if form.has_problem:
        return Done(said=message("form.said.problem", goal=goal.number), went_well=False, shown=form)
    if not form.news:
        return Done(said=_known(form))
    if form.doubted != pressed.sure:
        return Done(said=message("form.said.question", goal=goal.number), went_well=False, shown=form)
    document = _document(desk)
    batch = Batch(
        source=FORM,
        goal=goal.number,
        document=document,
        observations=tuple(_observation(one, figure, form, document, visit) for one, figure in form.news),
        by=visit.person.id,
        detail=_detail(form, desk),
    )
    await figure_rows.take(session, desk.picture.plan.key, batch, now=visit.now)
    return Done(said=message("form.said.received", goal=goal.number, n=len(batch.observations)))


def _known(form: GoalForm) -> Message:
    one, figure = form.accepted[0]
    document = figure.stored.document.title if figure.stored else None
    value = Quantity(figure.value, one.asked.indicator.unit, one.asked.indicator.noun)
    return message("form.said.known", value=value, period=figure.period, document=document)


def _document(desk: Desk) -> Document:
    """The document all figures of a round come from, or all of a plan that are reported outside one."""
    plan, round_ = desk.picture.plan, desk.round
    said = message("form.document.outside", plan=plan.title)
    if round_ is not None:
        said = message("form.document", half=round_.half, plan=plan.title)
    title = LocalText(Speaker("da")(said), Speaker("en")(said))
    # Always the same day, since a document has one; when a figure became known it says itself.
    day = round_.opened_at.date() if round_ else plan.start
    return Document(document_key(plan.key, round_), title, "", day, RANK)


def _observation(
    one: FigureForm, figure: Figure, form: GoalForm, document: Document, visit: Visit
) -> Observation:
    note = " ".join(part.strip() for part in (form.note, form.reason) if part.strip())
    return Observation(
        indicator=one.asked.indicator.key,
        area=one.asked.area,
        period=figure.period,
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        document=document,
        known_at=visit.now.date(),
        note=LocalText(note, note) if note else None,
        origin=Origin(kind=OriginKind.FORM, name=document.key, place=form.goal.number, by=visit.person.id),
    )


def _detail(form: GoalForm, desk: Desk) -> dict[str, Any]:
    """What the audit says of a report: each figure with the one it replaced, why, and on whose behalf."""
    asked = desk.asked_of(form.goal.number)
    return {
        "half": desk.round.half if desk.round else None,
        "figures": [
            {
                "indicator": one.asked.indicator.key,
                "area": one.asked.area,
                "period": figure.period.code,
                "value": str(figure.value),
                "before": str(figure.stored.value) if figure.stored else None,
            }
            for one, figure in form.news
        ],
        "reason": form.reason.strip(),
        "confirmed": bool(form.doubted),
        "on_behalf_of": [] if desk.person in asked else list(asked),
    }


async def _no_news(session: Session, visit: Visit, desk: Desk, goal: Goal, pressed: Pressed) -> Done:
    form = desk.typed_in(goal, pressed.written)
    answer = _answer(_asking(desk), desk, goal, RoundAnswerKind.NO_NEWS, note=form.note.strip())
    await round_rows.add_answer(session, answer)
    return Done(said=message("form.said.no_news", goal=goal.number))


async def _hand_on(session: Session, visit: Visit, desk: Desk, goal: Goal, pressed: Pressed) -> Done:
    round_ = _asking(desk)
    form = desk.typed_in(goal, pressed.written)
    wrong = _wrong_colleague(form, desk)
    if wrong:
        shown = replace(form, problem=Problem(Field.COLLEAGUE, message(wrong)))
        return Done(said=None, shown=shown)
    answer = _answer(round_, desk, goal, RoundAnswerKind.HANDED_ON, note=form.note.strip())
    number = len(handings_on(goal.number, desk.answers)) + 1
    answer = replace(answer, handed_to=form.colleague, number=number)
    if desk.is_with(form.colleague, goal.number) or not await round_rows.add_answer(session, answer):
        return Done(said=message("form.said.handed_on_already", goal=goal.number))
    about = f"handed-on-{goal.number}-{answer.number}"
    told = reminder(round_, NoticeKind.REMINDER, form.colleague, about=about, now=visit.now)
    await notice_rows.enqueue(session, [told])
    return Done(said=message("form.said.handed_on", goal=goal.number))


def _wrong_colleague(form: GoalForm, desk: Desk) -> str:
    """The id of the sentence that says why a goal cannot be handed on to them; empty where it can."""
    chosen = form.colleague
    if not chosen:
        return "form.colleague.missing"
    if chosen == desk.person:
        return "form.colleague.self"
    known = any(chosen == person.id for person in desk.people)
    return "" if known or person_id(chosen, local=False) else "form.colleague.unknown"


def _asking(desk: Desk) -> Round:
    """The round that asks; only there is somebody to answer otherwise than with a figure."""
    if desk.round is None:
        raise Refused("form.unknown")
    return desk.round


def _answer(round_: Round, desk: Desk, goal: Goal, kind: RoundAnswerKind, *, note: str) -> RoundAnswer:
    return RoundAnswer(
        plan=round_.plan,
        half=round_.half,
        goal=goal.number,
        kind=kind,
        person=desk.person,
        at=desk.now,
        note=note,
    )


async def _open(session: Session, visit: Visit, desk: Desk, goal: Goal, pressed: Pressed) -> Done:
    if goal.number in desk.lacking():
        form = desk.goal_form(goal, desk.lacking()[goal.number], written=pressed.written)
        return Done(said=None, shown=form)
    form = desk.corrected(goal)
    return Done(said=None, shown=form if form.periods else None)
