"""Who is what to the plan: roles, what each may see and do, and whom an alert about a goal concerns."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bplan_bot.conversation import ConversationKind


class Role(StrEnum):
    """What somebody is to the plan. Roles with goals hold for those goals only."""

    ADMINISTRATOR = "administrator"
    HEAD = "head"
    TEAM_LEADER = "team_leader"
    PLANNER = "planner"  # planansvarlig: runs rounds, confirms, edits
    OWNER = "owner"  # målansvarlig
    REPORTER = "reporter"  # indberetter: the one who types figures
    STAND_IN = "stand_in"  # stedfortræder
    COMMITTEE = "committee"


OF_GOALS = frozenset({Role.OWNER, Role.REPORTER, Role.STAND_IN})
"""Roles that are held for named goals."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role somebody has, for one goal (its number) where the role is one of goals."""

    role: Role
    goal: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody known by their Entra object id, with the roles they have. No names are kept."""

    id: str
    grants: frozenset[Grant] = frozenset()

    def has(self, *roles: Role) -> bool:
        """Whether they have one of these roles, for any goal."""
        return any(grant.role in roles for grant in self.grants)

    def has_for(self, goal: str, *roles: Role) -> bool:
        """Whether they have one of these roles for this goal."""
        return any(grant.role in roles and grant.goal == goal for grant in self.grants)


class Sees(StrEnum):
    """How much of the plan's figures and statuses somebody is shown."""

    EVERYTHING = "everything"
    HANDLED = "handled"  # what the committee has handled
    NOTHING = "nothing"


def sees(person: Person, kind: ConversationKind, strangers: Sees) -> Sees:
    """What a person is shown in a conversation of that kind; `strangers` is what people without a role are.

    Outside a personal chat others read along, so only what the committee has handled is shown to anybody.
    """
    if kind is not ConversationKind.PERSONAL:
        return Sees.HANDLED
    if any(grant.role is not Role.COMMITTEE for grant in person.grants):
        return Sees.EVERYTHING
    return Sees.HANDLED if person.has(Role.COMMITTEE) else strangers


def alerted_about(goal: str, people: Iterable[Person]) -> tuple[Person, ...]:
    """Those an alert about a goal goes to: the head, and the goal's own people."""
    return tuple(
        person
        for person in people
        if person.has(Role.HEAD) or person.has_for(goal, Role.OWNER, Role.STAND_IN, Role.REPORTER)
    )


def everything(person_id: str) -> Person:
    """Somebody who may do everything, as everybody may in local mode."""
    roles = (Role.ADMINISTRATOR, Role.PLANNER, Role.HEAD)
    return Person(person_id, frozenset(map(Grant, roles)))


def may_grant(person: Person) -> bool:
    """Whether they may give and take roles."""
    return person.has(Role.ADMINISTRATOR)


def may_see_who(person: Person) -> bool:
    """Whether they are told who has a role, alone with the bot; others are told how many have it."""
    return person.has(Role.ADMINISTRATOR, Role.PLANNER)


def may_see_failures(person: Person) -> bool:
    """Whether they are told in which words a source of figures fails, alone with the bot; others are told
    when its figures came and are to come."""
    return person.has(Role.ADMINISTRATOR, Role.PLANNER, Role.HEAD, Role.TEAM_LEADER)


def may_release_changes(person: Person) -> bool:
    """Whether they may have it told what was held back."""
    return person.has(Role.ADMINISTRATOR)


def may_run_rounds(person: Person) -> bool:
    """Whether they may open and close follow-up rounds."""
    return person.has(Role.PLANNER, Role.ADMINISTRATOR)


def may_answer_questions(person: Person) -> bool:
    """Whether they answer what the bot cannot: the planansvarlig."""
    return person.has(Role.PLANNER)


def may_report(person: Person, goal: str) -> bool:
    """Whether they may report figures of a goal; a planansvarlig and an administrator for others too."""
    own = person.has_for(goal, Role.REPORTER, Role.OWNER, Role.STAND_IN)
    return own or person.has(Role.PLANNER, Role.ADMINISTRATOR)


def may_act_on_alerts(person: Person, goal: str) -> bool:
    """Whether they may acknowledge and put off an alert about a goal: those it goes to."""
    return bool(alerted_about(goal, [person])) or person.has(Role.ADMINISTRATOR)
