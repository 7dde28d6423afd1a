"""A figure that somebody reports in words: the form of its goal filled in, or who may report it."""

from collections.abc import Awaitable, Callable, Iterable, Mapping

from bplan_bot.answers import Answer, PlainAnswer, Suggestion
from bplan_bot.figure_values import Typed
from bplan_bot.figures import window
from bplan_bot.form import OUTSIDE, may_report_in
from bplan_bot.form_of_round import Desk
from bplan_bot.goal import Goal, Plan
from bplan_bot.message import Message, message
from bplan_bot.notation.periods import write_period
from bplan_bot.period import Period
from bplan_bot.plan_choice import How
from bplan_bot.understand.question import Question, Topic
from db import figures as figure_rows
from db import rounds as round_rows
from db.engine import Session
from dialogs import words
from dialogs.incoming import ConversationKind
from dialogs.visit import Visit

MOST_OFFERED = 6
"""Goals offered as buttons; Teams shows no more."""


async def register(question: Question, visit: Visit) -> Answer:
    """The form of the goal with the figure in it; without a goal, those that this person may report."""
    if visit.incoming.kind is not ConversationKind.PERSONAL:
        return elsewhere(visit.picture.plan)
    if question.missing:
        return words.unknown_goal(question.missing, visit.picture)
    figure = question.figure or Typed()
    async with visit.database.reading() as session:
        if len(question.goals) == 1:
            return await _form(session, visit, question.goals[0], figure)
        return await _offer(session, visit, question.goals, figure)


def elsewhere(plan: Plan) -> PlainAnswer:
    """Said where others read along: the form shows what the committee has not handled."""
    return _plain(plan, message("register.alone"))


def not_theirs(plan: Plan, said: Message) -> PlainAnswer:
    """That somebody may not report, and who may: by role, since names are told nobody else."""
    return _plain(plan, said, message("register.whose"))


async def _form(session: Session, visit: Visit, number: str, figure: Typed) -> Answer:
    desk = await _desk(session, visit, number, figure)
    goal = desk.picture.plan.goal(number) if desk else None
    if desk is None or goal is None:
        return words.unknown_goal((number,), visit.picture)
    if not may_report_in(visit.person, number, desk.answers):
        return not_theirs(desk.picture.plan, message("register.not_yours", goal=number))
    if goal.withdrawn is not None and goal.withdrawn.day <= visit.now.date():
        return _plain(desk.picture.plan, message("register.withdrawn", goal=number))
    filled = desk.told(goal, figure)
    if not filled.periods:
        return _plain(desk.picture.plan, message("register.nothing", goal=number))
    return desk.form((number,), shown=filled)


async def _desk(session: Session, visit: Visit, number: str, figure: Typed) -> Desk | None:
    """An open round that asks for the goal, of the plan that is spoken of; else that plan outside any."""
    choice = visit.asked.choice
    of_plan = choice.plan.key if choice.how in (How.NAMED, How.CARRIED) else ""
    for desk in await _rounds(session, visit, of_plan):
        goal = desk.picture.plan.goal(number)
        if goal and desk.asked(goal) and _may_be_of(figure, desk.picture.plan, goal):
            return desk
    return await figure_rows.desk_of(session, choice.plan.key, OUTSIDE, person=visit.person.id, now=visit.now)


async def _rounds(session: Session, visit: Visit, of_plan: str) -> list[Desk]:
    """The open rounds, the one whose meeting comes first at the head."""
    open_ = [one for one in await round_rows.open_rounds(session) if of_plan in ("", one.plan)]
    found = [
        await figure_rows.desk_of(session, one.plan, one.half, person=visit.person.id, now=visit.now)
        for one in sorted(open_, key=lambda one: one.committee_on)
    ]
    return [desk for desk in found if desk is not None]


def _may_be_of(figure: Typed, plan: Plan, goal: Goal) -> bool:
    if not figure.period:
        return True
    first, last = window(plan, goal)
    return first <= Period.from_code(figure.period).end <= last


async def _offer(session: Session, visit: Visit, named: tuple[str, ...], figure: Typed) -> Answer:
    """The form of a round that lacks figures of this person; else the goals they may report, of those
    `named` where some are."""
    desks = await _rounds(session, visit, visit.asked.named)
    if not named and figure == Typed():
        for desk in desks:
            own = [one for one in desk.own_goals() if may_report_in(visit.person, one, desk.answers)]
            form = desk.form(own)
            if form.goals:
                return form
    plan = visit.picture.plan
    of_this = [desk for desk in desks if desk.picture.plan.key == plan.key]
    answers = [one for desk in of_this for one in desk.answers]
    theirs = [goal for goal in plan.goals if may_report_in(visit.person, goal.number, answers)]
    lacking = {number for desk in of_this for number in desk.lacking()}
    theirs.sort(key=lambda goal: goal.number not in lacking)
    if not theirs:
        return not_theirs(plan, message("register.none_yours"))
    wanted = [goal for goal in theirs if goal.number in named] if named else theirs
    if named and not wanted:
        return not_theirs(plan, message("register.none_of_these", goals=named))
    return to_choose_from(wanted, plan, figure, of_all=len(theirs) == len(plan.goals) and not named)


def to_choose_from(goals: Iterable[Goal], plan: Plan, figure: Typed, *, of_all: bool) -> PlainAnswer:
    """Goals to choose from, each with a button that asks for its form."""
    chosen = tuple(goals)
    example = message("register.how", goal=chosen[0].number, period=chosen[0].assessed_on)
    first = message("register.all" if of_all else "register.these", n=len(chosen))
    which = message("register.which_goal")
    return PlainAnswer(
        heading=message("register.heading", plan=plan.title),
        sentences=(first, which if not figure.is_blank else example),
        points=() if of_all else tuple(_named(goal) for goal in chosen),
        suggestions=tuple(_button(goal, figure) for goal in chosen[:MOST_OFFERED]),
    )


def _button(goal: Goal, figure: Typed) -> Suggestion:
    number = goal.number
    told = f"{figure.numerator} af {figure.denominator}" if figure.numerator else figure.value
    period = Period.from_code(figure.period) if figure.period else None
    if not told:
        return Suggestion(message("button.register", number=number), f"registrér tal på mål {number}")
    asks = f"registrér {told} på mål {number}"
    if period is None:
        return Suggestion(message("button.register.told", told=told, number=number), asks)
    label = message("button.register.told_of", told=told, number=number, period=period)
    return Suggestion(label, f"{asks} for {write_period(period, 'da')}")


def _named(goal: Goal) -> Message:
    return message("goal.named", number=goal.number, title=goal.title)


def _plain(plan: Plan, *told: Message) -> PlainAnswer:
    return PlainAnswer(heading=message("register.heading", plan=plan.title), sentences=told)


TOPICS: Mapping[Topic, Callable[[Question, Visit], Awaitable[Answer]]] = {Topic.REGISTER: register}
