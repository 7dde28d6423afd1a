"""Lists of goals by source, rhythm and what they are judged on."""

from datetime import date

import pytest

from bplan_bot.access import Grant, Person, Role
from bplan_bot.answers import GoalsAnswer
from bplan_bot.plan_answers.lists import Kind, followed_up, of_kind, of_person, of_sources
from bplan_bot.status import Status
from tests.bplan_bot.plan_answers.said import DANISH
from tests.norddjurs import picture

SEEN = picture()
ANNA = Person(
    "anna",
    frozenset({Grant(Role.REPORTER, "6.10"), Grant(Role.OWNER, "6.2"), Grant(Role.HEAD)}),
)


def numbers(answer: GoalsAnswer) -> str:
    return " ".join(status.goal.number for status in answer.goals)


@pytest.mark.parametrize(
    ("answer", "heading", "listed"),
    [
        (of_sources(SEEN, ("jobindsats",)), "jobindsats.dk", "1.2 1.3 2.2 6.1 6.2 6.4 6.9 6.10 6.11"),
        (of_sources(SEEN, ("ungeindsatsen",)), "Ungeindsatsen", "6.3 6.5 6.6 6.7"),
        (of_sources(SEEN, ("job_og_sprog", "department")), "Job og Sprog og Arbejdsmarkeds", "6.12 6.13"),
        (of_kind(SEEN, Kind.NO_SOURCE), "kilde ikke fremgår", "3.1 4.1 5.1 5.2"),
        (followed_up(SEEN, (4, 1)), "hvert kvartal og én gang om året", "2.1 2.2"),
        (followed_up(SEEN, (4,)), "hvert kvartal", "2.1"),
        (
            followed_up(SEEN, (2,)),
            "to gange om året",
            "1.1 1.2 1.3 6.1 6.2 6.3 6.4 6.5 6.6 6.7 6.8 6.9 6.10 6.11 6.12 6.13",
        ),
        (of_kind(SEEN, Kind.NO_RHYTHM), "rytme ikke fremgår", "3.1 4.1 5.1 5.2"),
        (of_kind(SEEN, Kind.LIMIT), "fast grænse", "1.2 1.3 6.1 6.3 6.5 6.6 6.8"),
        (of_kind(SEEN, Kind.COUNTRY), "mod landet", "4.1 5.1 6.1 6.2 6.11"),
        (of_kind(SEEN, Kind.REFERENCE), "et andet tal", "1.1 4.1 5.1 6.1 6.2 6.7 6.11"),
        (of_kind(SEEN, Kind.DUE), "senere år", "6.6"),
        (
            of_kind(SEEN, Kind.CHANGE),
            "udviklingen",
            "2.1 2.2 3.1 4.1 5.1 5.2 6.1 6.4 6.9 6.10 6.12 6.13",
        ),
        (of_kind(SEEN, Kind.LEVEL), "på niveauet", "1.1 1.2 1.3 6.1 6.2 6.3 6.5 6.6 6.7 6.8 6.11"),
        (of_kind(SEEN, Kind.HANDLED), "udvalget har behandlet", " ".join(g.number for g in SEEN.plan.goals)),
        (of_kind(SEEN, Kind.NOT_HANDLED), "udvalget ikke har behandlet", ""),
        (
            of_kind(picture(date(2025, 4, 1)), Kind.NOT_HANDLED),
            "udvalget ikke har behandlet",
            " ".join(g.number for g in SEEN.plan.goals),
        ),
        (of_person(SEEN, ANNA), "Dine mål", "6.2 6.10"),
        (of_kind(SEEN, Kind.STAND_IN), "noget andet end", "2.1 2.2 5.2 6.2 6.3 6.5 6.6 6.13"),
    ],
)
def test_a_list_has_its_goals_under_a_heading_that_says_which(answer, heading, listed):
    assert numbers(answer) == listed
    assert heading in DANISH(answer.heading)


def test_where_others_read_along_the_statuses_are_the_handled_ones():
    answer = of_sources(picture(date(2025, 4, 1)).handled(), ("jobindsats",))

    assert answer.handled_only
    assert {status.leading.status for status in answer.goals} == {Status.NOT_HANDLED}


def test_a_source_that_the_plan_does_not_have_is_a_mistake_of_the_caller():
    with pytest.raises(KeyError):
        of_sources(SEEN, ("dst",))
