"""Roles in the chat: given, taken and told, by words or by a form; nobody's name is kept."""

from dataclasses import replace
from itertools import product

from bplan_bot.access import OF_GOALS, Grant, Person, Role, may_grant, may_see_who
from bplan_bot.answers import Answer, PlainAnswer, RoleForm
from bplan_bot.cards.render import render
from bplan_bot.cards.role_card import GIVE, GOAL, OBJECT_ID, PERSON, ROLE, TAKE
from bplan_bot.errors import Refused
from bplan_bot.message import Message, message
from bplan_bot.object_id import object_id, person_id
from bplan_bot.reply import Reply
from bplan_bot.understand.question import ME, Question, Topic
from db import people as people_rows
from dialogs import words
from dialogs.incoming import ConversationKind
from dialogs.visit import DO, Visit


async def change(question: Question, visit: Visit) -> Answer:
    """Give or take the role for everybody named; a form where the words do not tell who or on which goal."""
    if not may_grant(visit.person):
        return await _refused(visit)
    if question.missing:
        return words.unknown_goal(question.missing, visit.picture)
    taking = question.topic is Topic.TAKE_ROLE
    goal = question.goals[0] if question.goals else ""
    form = RoleForm(plan=visit.picture.plan, taking=taking, role=question.role, goal=goal)
    assert question.role is not None  # noqa: S101  # what makes it a question about changing a role
    of_goals = question.role in OF_GOALS
    if of_goals != bool(question.goals):
        return replace(form, problem=_goal_problem(question.role))
    found = await _people(question, visit)
    if isinstance(found, Message):
        return replace(form, problem=found)
    given = [Grant(question.role, number) for number in question.goals] or [Grant(question.role)]
    return await _changed(visit, found, given, taking=taking)


async def submitted(visit: Visit) -> Reply:
    """The form's answer in its place: what was done, or the form with what is wrong with it."""
    return replace(render(await _submitted(visit), visit.speaker), in_place=True)


async def holders(question: Question, visit: Visit) -> Answer:
    """Who has a role, on each of the goals named."""
    if question.missing and not question.goals:
        return words.unknown_goal(question.missing, visit.picture)
    role = question.role or Role.OWNER
    known = await _everybody(visit)
    goals = question.goals if role in OF_GOALS else (None,)
    having = {one: _having(known, one) for one in (Grant(role, goal) for goal in goals)}
    named = _tells_who(visit)
    points = tuple(_held_by(visit, one, ids, named=named) for one, ids in having.items())
    unsaid = not named and any(set(ids) - {visit.person.id} for ids in having.values())
    told = (*points, *(_whom_to_ask(visit, known, role) if unsaid else ()))
    alone = len(points) == 1
    return PlainAnswer(
        heading=message("roles.heading"),
        sentences=told if alone else (),
        points=() if alone else told,
        people=_shown_as_people(visit, [id_ for ids in having.values() for id_ in ids]) if named else (),
    )


async def own(question: Question, visit: Visit) -> Answer:
    """What the person who asks is to the plan, and how much they are shown."""
    person = visit.person
    roles = tuple(said(grant) for grant in _in_order(person))
    told = message("roles.own", roles=roles) if roles else message("roles.own_none")
    return _plain(told, message(f"roles.sees.{visit.sees}"), message("roles.id", person=person.id))


def said(given: Grant) -> Message:
    """A role in words, with its goal."""
    role = message(f"role.{given.role}")
    return message("people.role_on", role=role, goal=given.goal) if given.goal else role


def _in_order(person: Person) -> list[Grant]:
    place = {role: number for number, role in enumerate(Role)}
    return sorted(person.grants, key=lambda grant: (place[grant.role], grant.goal or ""))


async def _submitted(visit: Visit) -> Answer:
    if not may_grant(visit.person):
        return await _refused(visit)
    pressed = {name: str(visit.pressed.get(name) or "").strip() for name in (PERSON, OBJECT_ID, ROLE, GOAL)}
    plan, taking = visit.picture.plan, visit.pressed.get(DO) == TAKE
    role = Role(pressed[ROLE]) if pressed[ROLE] in set(Role) else None
    goal = plan.goal(pressed[GOAL])
    local = visit.settings.local
    person = person_id(pressed[PERSON], local=local) or person_id(pressed[OBJECT_ID], local=local)
    number = goal.number if goal else ""
    form = RoleForm(plan=plan, taking=taking, role=role, goal=number, person=person)
    if role is None:
        return replace(form, problem=message("roles.no_role"))
    if (role in OF_GOALS) != bool(goal):
        return replace(form, problem=_goal_problem(role))
    if not person:
        return replace(form, problem=message("roles.no_person"))
    return await _changed(visit, (person,), [Grant(role, number or None)], taking=taking)


async def _people(question: Question, visit: Visit) -> tuple[str, ...] | Message:
    """Whom it is about: an id, the people mentioned, or whoever asks; else what to do about it."""
    incoming = visit.incoming
    if question.person and question.person != ME:
        return (question.person,)
    if incoming.mentions:
        # Asked one by one before anything is stored, since the network is never inside a transaction.
        found = [
            one.object_id or object_id(one.id) or await visit.members.object_id(incoming, one.id)
            for one in incoming.mentions
        ]
        return tuple(found) if all(found) else message("roles.mention_unknown")
    if question.person == ME and incoming.user_id:
        return (incoming.user_id,)
    return message("roles.no_person")


async def _changed(visit: Visit, found: tuple[str, ...], grants: list[Grant], *, taking: bool) -> Answer:
    """Each role given to or taken from each person, all of it or nothing, with an audit row each."""
    act, done = (people_rows.take, "taken") if taking else (people_rows.grant, "given")
    told: list[Message] = []
    you = visit.person.id
    try:
        async with visit.database.transaction() as session:
            for person, one in product(found, grants):
                new = await act(session, person, one, by=visit.person.id, now=visit.now)
                name = done if new else f"{done}_before"
                name = f"roles.you.{name}" if person == you else f"roles.{name}"
                told.append(message(name, person=person, role=said(one)))
    except Refused as refused:
        return _plain(refused.said)
    return _plain(*told, people=_shown_as_people(visit, [one for one in found if one != you]))


async def _refused(visit: Visit) -> PlainAnswer:
    """That only an administrator may, and who that is."""
    known = await _everybody(visit)
    may = tuple(person.id for person in known if may_grant(person))
    if not may:
        return _plain(message("roles.no_administrator", person=visit.person.id))
    if not _tells_who(visit):
        ask = _whom_to_ask(visit, known, Role.ADMINISTRATOR)
        return replace(_plain(), sentences=(message("roles.refused_unnamed"), *ask))
    return _plain(message("roles.refused", people=may), people=_shown_as_people(visit, may))


async def _everybody(visit: Visit) -> tuple[Person, ...]:
    async with visit.database.reading() as session:
        return await people_rows.load_people(session)


def _having(known: tuple[Person, ...], held: Grant) -> tuple[str, ...]:
    return tuple(person.id for person in known if held in person.grants)


def _tells_who(visit: Visit) -> bool:
    """Whether ids are told: to those who keep the roles, and where nobody else reads along."""
    return may_see_who(visit.person) and visit.incoming.kind is ConversationKind.PERSONAL


def _held_by(visit: Visit, held: Grant, having: tuple[str, ...], *, named: bool) -> Message:
    """Who has a role, by id where it is `named`; else how many have it, and whether the reader does."""
    if not having:
        return message("roles.held_by_nobody", role=said(held))
    if named:
        return message("roles.held_by", role=said(held), people=having)
    if visit.person.id in having:
        others = len(having) - 1
        return message("roles.held_by_you_too" if others else "roles.held_by_you", role=said(held), n=others)
    count = message(f"roles.count.{held.role}", n=len(having))
    if held.goal:
        return message("roles.goal_has", goal=held.goal, count=count)
    return message("roles.plan_has", count=count)


def _whom_to_ask(visit: Visit, known: tuple[Person, ...], role: Role) -> tuple[Message, ...]:
    """Who can tell who has the role: the bot itself where the reader may be told alone, else a planansvarlig
    or an administrator, though not those who are asked for."""
    if may_see_who(visit.person):
        return (message("roles.ask.alone"),)
    keeping = (Role.PLANNER, Role.ADMINISTRATOR)
    others = (one for one in keeping if one is not role and any(person.has(one) for person in known))
    return tuple(message(f"roles.ask.{one}") for one in others)[:1]


def _shown_as_people(visit: Visit, ids: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """The ids that the card shows as people. Only alone with the bot: elsewhere a mention calls upon them."""
    alone = visit.incoming.kind is ConversationKind.PERSONAL and not visit.settings.local
    return tuple(dict.fromkeys(one for one in ids if alone and object_id(one)))


def _goal_problem(role: Role) -> Message:
    name = "roles.goal_needed" if role in OF_GOALS else "roles.goal_not_wanted"
    return message(name, role=message(f"role.{role}"))


def _plain(*told: Message, people: tuple[str, ...] = ()) -> PlainAnswer:
    several = len(told) > 1
    return PlainAnswer(
        heading=message("roles.heading"),
        sentences=() if several else told,
        points=told if several else (),
        people=people,
    )


TOPICS = {
    Topic.GIVE_ROLE: change,
    Topic.TAKE_ROLE: change,
    Topic.ROLE_HOLDERS: holders,
    Topic.OWN_ROLES: own,
}

BUTTONS = {GIVE: submitted, TAKE: submitted}
"""The form's two buttons."""
