"""Whoever sets the bot up is told which roles nobody has."""

import pytest

from bplan_bot.access import Grant, Person, Role
from bplan_bot.staffing import NEEDED, unstaffed
from bplan_bot.texts.speaker import Speaker
from tests.factories import make_plan

REPORTING = [Grant(Role.REPORTER, "1.1"), Grant(Role.REPORTER, "1.2")]
EVERYBODY = [*map(Grant, NEEDED), *REPORTING]


def said(*grants: Grant) -> list[str]:
    """The sentences where one person each has these roles, on a plan with the goals 1.1 and 1.2."""
    people = [Person(f"person {n}", frozenset({grant})) for n, grant in enumerate(grants)]
    return [Speaker("da")(one) for one in unstaffed(make_plan(), people)]


def test_where_every_role_is_held_nothing_is_said() -> None:
    assert said(*EVERYBODY) == []


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.ADMINISTRATOR, "Ingen er administrator"),
        (Role.PLANNER, "Ingen er planansvarlig"),
        (Role.HEAD, "Ingen er leder"),
    ],
)
def test_a_role_that_nobody_has_is_said(role: Role, words: str) -> None:
    (sentence,) = said(*(one for one in EVERYBODY if one.role is not role))

    assert words in sentence


@pytest.mark.parametrize(
    ("reporting", "sentence"),
    [
        ([REPORTING[0]], "Ingen er indberetter på mål 1.2."),
        ([Grant(Role.OWNER, "1.1")], "Ingen er indberetter på noget mål."),
    ],
)
def test_goals_nobody_reports_on_are_said_in_one_line(reporting: list[Grant], sentence: str) -> None:
    assert said(*map(Grant, NEEDED), *reporting) == [sentence]
