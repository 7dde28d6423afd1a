"""Who answers for a goal: the department, and which roles somebody was appointed to; no names are kept."""

from collections.abc import Iterable
from decimal import Decimal

from bplan_bot.access import Person, Role
from bplan_bot.fact import Fact, FactKind
from bplan_bot.figure_answers.answer import Row
from bplan_bot.goal import Goal
from bplan_bot.message import Message, message
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.answer import PlanAnswer, PlanTopic, Section, lacking, named, numbers, opened
from bplan_bot.quantity import Quantity, Unit

_ROLES = (Role.OWNER, Role.REPORTER, Role.STAND_IN)
_IN_FULL = 5
"""Of more goals than this only those that lack somebody are told."""


def responsible(
    picture: Picture, goals: tuple[Goal, ...], people: Iterable[Person], *, missing: tuple[str, ...] = ()
) -> PlanAnswer:
    """Who answers for these goals; `people` is everybody who has a role."""
    everybody = tuple(people)
    alone = len(goals) == 1
    told = {goal.number: _of_goal(picture, goal, everybody) for goal in goals}
    lead = _opening(goals[0], everybody) if alone else _vacant(goals, everybody)
    return PlanAnswer(
        plan=picture.plan,
        topic=PlanTopic.RESPONSIBLE,
        heading=numbers(goals) if len(goals) <= _IN_FULL else message("responsible.heading"),
        sentences=(
            *lacking(missing),
            lead,
            message("responsible.department", department=picture.plan.department),
            _planner(picture, everybody),
        ),
        rows=told[goals[0].number] if alone else (),
        sections=()
        if alone or len(goals) > _IN_FULL
        else tuple(Section(name=named(goal), rows=told[goal.number]) for goal in goals),
        foot=(message("responsible.no_names"),),
        facts=(
            *(_count(everybody, goal, role) for goal in goals for role in _ROLES),
            *(_goals(len(each)) for each in (goals, _without_anybody(goals, everybody))),
        ),
        suggestions=opened(goals if len(goals) <= _IN_FULL else ()),
        handled_only=picture.handled_only,
        about=picture.of(goals[0]) if len(goals) == 1 and not missing else None,
    )


def _opening(goal: Goal, people: tuple[Person, ...]) -> Message:
    """Whether the goal has somebody at all, and whom to ask for figures."""
    held = [role for role in _ROLES if _number(people, goal, role)]
    if not held:
        return message("responsible.nobody", number=goal.number)
    told = tuple(message(f"responsible.a.{role}", n=_number(people, goal, role)) for role in held)
    return message("responsible.appointed", number=goal.number, roles=told)


def _vacant(goals: tuple[Goal, ...], people: tuple[Person, ...]) -> Message:
    """Which of several goals nobody was appointed for."""
    vacant = _without_anybody(goals, people)
    if not vacant:
        return message("responsible.all_have")
    if len(vacant) == len(goals):
        return message("responsible.none_has")
    number, whole = _goals(len(vacant)).quantity, _goals(len(goals)).quantity
    return message(
        "responsible.vacant", vacant=number, goals=whole, numbers=tuple(goal.number for goal in vacant)
    )


def _without_anybody(goals: tuple[Goal, ...], people: tuple[Person, ...]) -> tuple[Goal, ...]:
    return tuple(goal for goal in goals if not any(_number(people, goal, role) for role in _ROLES))


def _goals(number: int) -> Fact:
    return Fact(
        kind=FactKind.GOALS, quantity=Quantity(Decimal(number), Unit.COUNT), operation="count_of_goals"
    )


def _of_goal(picture: Picture, goal: Goal, people: tuple[Person, ...]) -> tuple[Row, ...]:
    source = picture.plan.source(goal.source).name if goal.source else message("definition.source.silent")
    roles = (Row(message(f"responsible.row.{role}"), _appointed(goal, people, role)) for role in _ROLES)
    return (*roles, Row(message("row.source"), source))


def _appointed(goal: Goal, people: tuple[Person, ...], role: Role) -> Message:
    fact = _count(people, goal, role)
    number = int(fact.quantity.value)
    if number == 0:
        return message("responsible.row.nobody")
    return message("responsible.row.appointed", number=fact.quantity, n=number)


def _planner(picture: Picture, people: tuple[Person, ...]) -> Message:
    """Whom to ask about the plan itself."""
    known = any(person.has(Role.PLANNER) for person in people)
    name = "responsible.planner" if known else "responsible.no_planner"
    return message(name, department=picture.plan.department)


def _number(people: tuple[Person, ...], goal: Goal, role: Role) -> int:
    return sum(person.has_for(goal.number, role) for person in people)


def _count(people: tuple[Person, ...], goal: Goal, role: Role) -> Fact:
    number = Quantity(Decimal(_number(people, goal, role)), Unit.COUNT)
    return Fact(kind=FactKind.PEOPLE, quantity=number, operation=f"count_of_{role}")
