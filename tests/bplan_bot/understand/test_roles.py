"""Roles are given, taken and asked for in plain words, and nothing else is taken for it."""

import pytest

from bplan_bot.access import Role
from bplan_bot.understand.question import ME, Question, Topic, Unclear
from bplan_bot.understand.understand import understand

ID = "0aaaaaaa-1111-2222-3333-444444444444"

GIVE, TAKE, WHO = Topic.GIVE_ROLE, Topic.TAKE_ROLE, Topic.ROLE_HOLDERS


def asked(topic, role=None, *goals, person="", missing=()):
    return Question(topic=topic, role=role, goals=goals, person=person, missing=missing)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("gør mig til administrator", asked(GIVE, Role.ADMINISTRATOR, person=ME)),
        ("Kan du gøre mig til planansvarlig?", asked(GIVE, Role.PLANNER, person=ME)),
        ("gør Anne Marie Holm Jensen til indberetter på 6.13", asked(GIVE, Role.REPORTER, "6.13")),
        ("gør Anne til indberetter på mål 6.1 og 6.2", asked(GIVE, Role.REPORTER, "6.1", "6.2")),
        ("gør Bo til målansvarlig på 9.9", asked(GIVE, Role.OWNER, missing=("9.9",))),
        (f"gør {ID} til planansvarlig", asked(GIVE, Role.PLANNER, person=ID)),
        (f"gør {ID.upper()} til leder", asked(GIVE, Role.HEAD, person=ID)),
        (f"gør {ID} til stedfortræder på 6.10", asked(GIVE, Role.STAND_IN, "6.10", person=ID)),
        ("udpeg Bo som udvalgsmedlem", asked(GIVE, Role.COMMITTEE)),
        ("giv Bo rollen som indberetter på 3.1", asked(GIVE, Role.REPORTER, "3.1")),
        ("giv mig rollen teamleder", asked(GIVE, Role.TEAM_LEADER, person=ME)),
        ("make me reporter", None),
        ("make Bo a reporter on goal 6.13", asked(GIVE, Role.REPORTER, "6.13")),
        ("GOER mig til MAALANSVARLIG paa 6.2", asked(GIVE, Role.OWNER, "6.2", person=ME)),
        ("fjern Bo som indberetter på 6.13", asked(TAKE, Role.REPORTER, "6.13")),
        ("gør Bo til leder for mig", asked(GIVE, Role.HEAD)),
        ("tag rollen som leder fra mig", asked(TAKE, Role.HEAD, person=ME)),
        ("fjern mig som administrator", asked(TAKE, Role.ADMINISTRATOR, person=ME)),
        (f"tag rollen som målansvarlig på 6.2 fra {ID}", asked(TAKE, Role.OWNER, "6.2", person=ID)),
        ("hvem er ansvarlig for 6.13?", asked(WHO, Role.OWNER, "6.13")),
        ("hvem er indberetter på mål 6.13", asked(WHO, Role.REPORTER, "6.13")),
        ("hvem er stedfortræder for fleksjobledighed", asked(WHO, Role.STAND_IN, "5.1")),
        ("hvem er administrator?", asked(WHO, Role.ADMINISTRATOR)),
        ("hvem er planansvarlig", asked(WHO, Role.PLANNER)),
        ("who is responsible for 6.13", asked(WHO, Role.OWNER, "6.13")),
        ("hvilke roller har jeg?", asked(Topic.OWN_ROLES)),
        ("hvad er min rolle", asked(Topic.OWN_ROLES)),
        ("mine roller", asked(Topic.OWN_ROLES)),
        ("which roles do I have", asked(Topic.OWN_ROLES)),
    ],
)
def test_a_role_is_given_taken_or_asked_for(plan, text, question):
    found = understand(text, plan)

    if question is None:
        assert not (isinstance(found, Question) and found.role)
    else:
        assert found == question


@pytest.mark.parametrize(
    "text",
    [
        "giv mig status på mål 6.2 til lederen",
        "giv lederen et overblik",
        "hvem leverer tal til 6.12",
        "hvem er du",
        "hvem er ansvarlig for kantinen",
        "hvem er ansvarlig for miljøet",
        "hvad er målet for klimaet",
        "hvilken rolle spiller virksomhederne",
        "indberetter på 6.13",
        "er den ansvarlige for 6.2 syg",
        "hvor mange elever og lærlinge gør kommunen til en succes på 6.13",
        "tag 6.2 og 6.3",
        "slet mål 6.13",
        "fjern 6.2 fra listen",
    ],
)
def test_what_only_sounds_like_it_changes_no_role(plan, text):
    found = understand(text, plan)

    assert isinstance(found, Unclear) or (found.role is None and found.topic not in (GIVE, TAKE, WHO))
