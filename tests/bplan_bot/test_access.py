"""Every right of every role: what each may see where, and what each may do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bplan_bot import access
from bplan_bot.access import OF_GOALS, Grant, Person, Role, Sees, alerted_about, everything, sees
from bplan_bot.conversation import ConversationKind
from bplan_bot.texts.speaker import Speaker

OWN, OTHER = "6.13", "6.2"
STRANGER = Person("stranger")

EVERYTHING, HANDLED, NOTHING = Sees.EVERYTHING, Sees.HANDLED, Sees.NOTHING
ALONE = ConversationKind.PERSONAL
AMONG_OTHERS = [ConversationKind.GROUP, ConversationKind.CHANNEL]


def somebody(role: Role) -> Person:
    """Somebody with one role, on goal 6.13 where it is one of goals."""
    return Person(role, frozenset({Grant(role, OWN if role in OF_GOALS else None)}))


Right = Callable[[Person], bool]

WHOLE_PLAN: dict[str, tuple[Right, set[Role]]] = {
    "may_grant": (access.may_grant, {Role.ADMINISTRATOR}),
    "may_see_who": (access.may_see_who, {Role.ADMINISTRATOR, Role.PLANNER}),
    "may_see_failures": (
        access.may_see_failures,
        {Role.ADMINISTRATOR, Role.PLANNER, Role.HEAD, Role.TEAM_LEADER},
    ),
    "may_release_changes": (access.may_release_changes, {Role.ADMINISTRATOR}),
    "may_answer_questions": (access.may_answer_questions, {Role.PLANNER}),
    "may_run_rounds": (access.may_run_rounds, {Role.ADMINISTRATOR, Role.PLANNER}),
}
OF_A_GOAL: dict[str, tuple[Callable[[Person, str], bool], set[Role], set[Role]]] = {
    "may_report": (
        access.may_report,
        {Role.ADMINISTRATOR, Role.PLANNER, Role.OWNER, Role.REPORTER, Role.STAND_IN},
        {Role.ADMINISTRATOR, Role.PLANNER},
    ),
    "may_act_on_alerts": (
        access.may_act_on_alerts,
        {Role.ADMINISTRATOR, Role.HEAD, Role.OWNER, Role.REPORTER, Role.STAND_IN},
        {Role.ADMINISTRATOR, Role.HEAD},
    ),
    "is alerted": (
        lambda person, goal: bool(alerted_about(goal, [person])),
        {Role.HEAD, Role.OWNER, Role.REPORTER, Role.STAND_IN},
        {Role.HEAD},
    ),
}
"""The right, who has it for their own goal (or for all), and who has it for another."""


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("right", WHOLE_PLAN)
def test_a_right_on_the_whole_plan_is_had_by_these_roles_alone(right: str, role: Role | None) -> None:
    may, allowed = WHOLE_PLAN[right]

    assert may(somebody(role) if role else STRANGER) is (role in allowed)


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("right", OF_A_GOAL)
def test_a_right_on_a_goal_is_had_for_ones_own_goals_alone(right: str, role: Role | None) -> None:
    may, own, other = OF_A_GOAL[right]
    person = somebody(role) if role else STRANGER

    assert may(person, OWN) is (role in own)
    assert may(person, OTHER) is (role in other)


def test_every_right_there_is_stands_in_the_tables() -> None:
    rights = {name for name in vars(access) if name.startswith("may_")}

    assert rights == {name for name in {**WHOLE_PLAN, **OF_A_GOAL} if name.startswith("may_")}


@pytest.mark.parametrize("strangers", Sees)
@pytest.mark.parametrize("role", [*Role, None])
def test_alone_with_the_bot_a_role_sees_everything_and_the_committee_what_it_has_handled(
    role: Role | None, strangers: Sees
) -> None:
    shown = sees(somebody(role) if role else STRANGER, ALONE, strangers)

    if role is None:
        assert shown is strangers
    else:
        assert shown is (HANDLED if role is Role.COMMITTEE else EVERYTHING)


def test_a_committee_member_with_another_role_sees_everything() -> None:
    both = Person("both", frozenset({Grant(Role.COMMITTEE), Grant(Role.PLANNER)}))

    assert sees(both, ALONE, NOTHING) is EVERYTHING


@pytest.mark.parametrize("kind", AMONG_OTHERS)
@pytest.mark.parametrize("strangers", Sees)
@pytest.mark.parametrize(
    "person", [*map(somebody, Role), STRANGER, everything("local")], ids=lambda person: person.id
)
def test_among_others_everybody_sees_what_the_committee_has_handled(
    person: Person, strangers: Sees, kind: ConversationKind
) -> None:
    assert sees(person, kind, strangers) is HANDLED


COLUMNS: dict[str, Right] = {
    "give and take roles": access.may_grant,
    "is told who has a role": access.may_see_who,
    "release held alerts": access.may_release_changes,
    "run rounds": access.may_run_rounds,
    "report figures": lambda person: access.may_report(person, OWN),
    "answer questions": access.may_answer_questions,
    "answer alerts": lambda person: access.may_act_on_alerts(person, OWN),
    "get alerts": lambda person: bool(alerted_about(OWN, [person])),
}


@pytest.mark.parametrize("role", Role)
def test_the_paper_on_people_says_what_each_role_may(role: Role) -> None:
    page = (Path(__file__).parents[2] / "docs" / "people.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if "|" in line]
    head = next(row for row in rows if row[0] == "role")
    (row,) = (row for row in rows if row[0].removesuffix(" *") == f"`{role}`")
    told = dict(zip(head, row, strict=True))

    person = somebody(role)
    assert {name: told[name] == "yes" for name in COLUMNS} == {
        name: may(person) for name, may in COLUMNS.items()
    }
    assert row[0].endswith(" *") is (role in OF_GOALS)
    assert told["in Danish"] == Speaker("da").say(f"role.{role}")
    assert told["sees alone with the bot"] == sees(person, ALONE, NOTHING)
