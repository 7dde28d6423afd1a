"""Who answers for a goal: roles that are held, never who holds them."""

import pytest

from bplan_bot.access import Grant, Person, Role
from bplan_bot.cards.render import render
from bplan_bot.plan_answers.responsible import responsible
from tests.bplan_bot.plan_answers.said import DANISH, opening, rows
from tests.figure_answers import goals
from tests.norddjurs import picture

SEEN = picture()


def person(name: str, *grants: Grant) -> Person:
    return Person(name, frozenset(grants))


REPORTER, OWNER = Grant(Role.REPORTER, "6.2"), Grant(Role.OWNER, "6.2")


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ((), "Mål 6.2: Der er ikke udpeget nogen endnu."),
        ((person("a", Grant(Role.REPORTER, "6.3")),), "Mål 6.2: Der er ikke udpeget nogen endnu."),
        ((person("a", REPORTER),), "Mål 6.2: Der er udpeget en indberetter."),
        ((person("a", REPORTER), person("b", REPORTER)), "Mål 6.2: Der er udpeget indberettere."),
        ((person("a", REPORTER, OWNER),), "Mål 6.2: Der er udpeget en målansvarlig og en indberetter."),
        ((person("a", Grant(Role.STAND_IN, "6.2")),), "Mål 6.2: Der er udpeget en stedfortræder."),
    ],
)
def test_it_is_told_which_roles_somebody_was_appointed_to(people, said):
    assert opening(responsible(SEEN, goals(SEEN, "6.2"), people)) == said


def test_each_role_has_a_row_with_how_many_hold_it_and_where_the_figures_come_from():
    people = (person("a", REPORTER), person("b", REPORTER))

    assert rows(responsible(SEEN, goals(SEEN, "6.2"), people)) == {
        "Målansvarlig": "ikke udpeget",
        "Indberetter": "2 er udpeget",
        "Stedfortræder": "ikke udpeget",
        "Kilde": "jobindsats.dk",
    }


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ((), "Der er ikke udpeget en planansvarlig; spørg i Arbejdsmarkedsafdelingen."),
        (
            (person("p", Grant(Role.PLANNER)),),
            "Spørg den planansvarlige i Arbejdsmarkedsafdelingen om runder",
        ),
    ],
)
def test_whom_to_ask_is_the_planner_where_there_is_one(people, said):
    told = [DANISH(one) for one in responsible(SEEN, goals(SEEN, "6.2"), people).sentences]

    assert told[-1].startswith(said)


@pytest.mark.parametrize(
    ("numbers", "people", "said"),
    [
        (("6.2", "6.3"), (), "Der er ikke udpeget nogen til målene endnu."),
        (("6.2", "6.3"), (person("a", OWNER),), "1 af 2 mål har ingen, der er udpeget: 6.3."),
        (
            ("6.2", "6.3"),
            (person("a", OWNER, Grant(Role.STAND_IN, "6.3")),),
            "Alle målene har nogen, der er udpeget.",
        ),
    ],
)
def test_of_several_goals_those_without_anybody_are_named(numbers, people, said):
    assert opening(responsible(SEEN, goals(SEEN, *numbers), people)) == said


def test_nobodys_id_is_shown():
    people = (person("11112222-aaaa-bbbb-cccc-333344445555", REPORTER),)

    reply = render(responsible(SEEN, goals(SEEN, "6.2"), people), DANISH)

    assert "11112222" not in f"{reply.text}{reply.summary}{reply.card}"
