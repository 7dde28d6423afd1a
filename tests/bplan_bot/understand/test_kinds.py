import pytest

from bplan_bot.plan_answers.lists import Kind
from bplan_bot.status import Status
from bplan_bot.understand.question import Question, Topic, Unclear
from bplan_bot.understand.understand import understand
from tests.bplan_bot.understand.asked import status


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hvilke mål har udvalget ikke behandlet?", Kind.NOT_HANDLED),
        ("hvilke mål er ikke behandlet endnu", Kind.NOT_HANDLED),
        ("which goals has the committee not handled", Kind.NOT_HANDLED),
        ("hvilke mål har udvalget behandlet", Kind.HANDLED),
        ("hvilke mål har forvaltningen vurderet", Kind.JUDGED),
        ("mål uden kilde", Kind.NO_SOURCE),
        ("hvilke mål har ikke en kilde?", Kind.NO_SOURCE),
        ("goals without a source", Kind.NO_SOURCE),
        ("hvilke mål har ingen rytme", Kind.NO_RHYTHM),
        ("hvilke mål måles på ændring", Kind.CHANGE),
        ("hvilke mål vurderes på udviklingen?", Kind.CHANGE),
        ("hvilke mål bedømmes på niveauet", Kind.LEVEL),
        ("which goals are judged on the level", Kind.LEVEL),
        ("hvilke mål holdes op mod landet", Kind.COUNTRY),
        ("hvilke mål har en fast grænse?", Kind.LIMIT),
        ("hvilke mål måles ved noget andet", Kind.STAND_IN),
        ("hvilke mål har senere frist", Kind.DUE),
        ("mine mål", Kind.OWN),
        ("hvad er mine mål?", Kind.OWN),
        ("hvilke mål har jeg ansvaret for", Kind.OWN),
        ("my goals", Kind.OWN),
    ],
)
def test_a_list_of_one_kind_is_heard(plan, text, kind):
    assert understand(text, plan) == Question(topic=Topic.BY_KIND, kind=kind)


@pytest.mark.parametrize(
    "text",
    [
        "er mål 6.2 behandlet",
        "hvilke sager er ikke behandlet",
        "hvilke borgere er uden kilde til indkomst",
        "hvordan er udviklingen i fleksjobledighed",
        "hvilke mål har Aarhus ikke behandlet",
    ],
)
def test_something_else_beside_the_words_is_no_such_list(plan, text):
    assert getattr(understand(text, plan), "topic", None) is not Topic.BY_KIND


@pytest.mark.parametrize(
    "text", ["hvem er ansvarlig?", "hvem er målansvarlig", "hvem er indberetter", "who is responsible"]
)
def test_who_is_responsible_without_a_goal_is_asked_of_them_all(plan, text):
    assert understand(text, plan) == Question(topic=Topic.RESPONSIBLE)


@pytest.mark.parametrize("text", ["kort til mødet", "helt kort, tak", "short, for the meeting"])
def test_shortness_alone_is_the_whole_plan_in_short(plan, text):
    assert understand(text, plan) == Question(topic=Topic.OVERVIEW, short=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kapitel 2 og 3", status("2.1", "2.2", "3.1")),
        ("status for kapitel 2, 3 og 5", status("2.1", "2.2", "3.1", "5.1", "5.2")),
        ("kapitel 2-4", status("2.1", "2.2", "3.1", "4.1")),
        ("kapitel 2 og kapitel 3", status("2.1", "2.2", "3.1")),
        ("ministermål 1 og 2", status("2.1", "2.2", "3.1")),
        ("chapters 2 and 3", status("2.1", "2.2", "3.1")),
        ("kapitel 3 og 9", Question(topic=Topic.THEME, theme=3)),
        ("kapitel 2", Question(topic=Topic.THEME, theme=2)),
        (
            "hvilke mål i kapitel 2 og 5 er ikke nået",
            Question(topic=Topic.LIST, goals=("2.1", "2.2", "5.1", "5.2"), statuses=(Status.NOT_MET,)),
        ),
        (
            "hvor kommer tallene fra i kapitel 2 og 3",
            Question(topic=Topic.SOURCE, goals=("2.1", "2.2", "3.1")),
        ),
        ("kapitel 9", Unclear()),
    ],
)
def test_several_chapters_are_heard(plan, text, expected):
    assert understand(text, plan) == expected
