import pytest

from bplan_bot.status import Status
from bplan_bot.understand.context import Context, context_of, leans, offered
from bplan_bot.understand.question import Question, Topic, Unclear
from bplan_bot.understand.understand import understand
from tests.bplan_bot.understand.asked import goals_in, status

OF_6_2 = Context(topic=Topic.STATUS, goals=("6.2",))
WHY_6_2 = Context(topic=Topic.WHY, goals=("6.2",))
HANDICAP = Context(topic=Topic.THEME, goals=("5.1", "5.2"))
NOT_MET = Context(topic=Topic.LIST, goals=("2.2", "6.2"), statuses=(Status.NOT_MET,))
BOTH = Context(topic=Topic.DEFINITION, goals=("1.3",), earlier=("1.2",))
BENCHMARK = Context(topic=Topic.BENCHMARK)
LISTED = Context(topic=Topic.STATUS, goals=("3.1",), listed=("2.2", "5.1", "6.2"))


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        # The same goal, something further.
        (OF_6_2, "hvorfor?", Question(topic=Topic.WHY, goals=("6.2",))),
        (OF_6_2, "hvorfor ikke", Question(topic=Topic.WHY, goals=("6.2",))),
        (OF_6_2, "og landstallet?", Question(topic=Topic.COMPARE, goals=("6.2",))),
        (OF_6_2, "hvad med landstallet?", Question(topic=Topic.COMPARE, goals=("6.2",))),
        (OF_6_2, "og året før?", Question(topic=Topic.TREND, goals=("6.2",))),
        (OF_6_2, "hvor meget mangler vi så", Question(topic=Topic.GAP, goals=("6.2",))),
        (OF_6_2, "hvor kommer det fra", Question(topic=Topic.SOURCE, goals=("6.2",))),
        (OF_6_2, "og hvor tit?", Question(topic=Topic.RHYTHM, goals=("6.2",))),
        (OF_6_2, "thanks! and the target?", Question(topic=Topic.DEFINITION, goals=("6.2",))),
        (OF_6_2, "er det nået?", status("6.2")),
        (OF_6_2, "hvor tit opdateres det", Question(topic=Topic.FRESHNESS, goals=("6.2",))),
        (OF_6_2, "how far off are we", Question(topic=Topic.GAP, goals=("6.2",))),
        (OF_6_2, "giv mig den korte version", Question(topic=Topic.STATUS, goals=("6.2",), short=True)),
        (OF_6_2, "kort", Question(topic=Topic.STATUS, goals=("6.2",), short=True)),
        # Another goal, the same question.
        (OF_6_2, "og 6.3?", status("6.3")),
        (OF_6_2, "nej, jeg mente 6.10", status("6.10")),
        (WHY_6_2, "og 6.3?", Question(topic=Topic.WHY, goals=("6.3",))),
        (WHY_6_2, "og 6.3 og 6.5?", Question(topic=Topic.WHY, goals=("6.3", "6.5"))),
        # Between two goals "og" joins them and leads on from nothing.
        (WHY_6_2, "3.1 og 4.1", status("3.1", "4.1")),
        (WHY_6_2, "eud og stx", status("6.3", "6.5")),
        (WHY_6_2, "hvad med fleksjobledighed", Question(topic=Topic.WHY, goals=("5.1",))),
        (WHY_6_2, "og status for 6.3?", status("6.3")),
        (WHY_6_2, "6.3", status("6.3")),
        # Those that were told of, and those that were not.
        (
            HANDICAP,
            "hvilket af dem er ikke nået?",
            Question(topic=Topic.LIST, goals=("5.1", "5.2"), statuses=(Status.NOT_MET,)),
        ),
        (BOTH, "er de begge to nået?", status("1.2", "1.3")),
        (OF_6_2, "de andre ungemål?", status("6.3", "6.5", "6.6", "6.7", "6.11")),
        (Context(topic=Topic.STATUS, goals=("5.1",)), "og de andre?", status("5.2")),
        (NOT_MET, "hvor mange er det", Question(topic=Topic.OVERVIEW)),
        # One of a list by its place.
        (LISTED, "den første", status("2.2")),
        (LISTED, "nummer to", status("5.1")),
        (LISTED, "nr. 2, tak", status("5.1")),
        (LISTED, "2", status("5.1")),
        (LISTED, "og den sidste?", status("6.2")),
        (LISTED, "the second one please", status("5.1")),
        (LISTED, "vis mig den tredje", status("6.2")),
        (LISTED, "hvorfor er den første ikke nået?", Question(topic=Topic.WHY, goals=("2.2",))),
        (LISTED, "kort om den sidste", Question(topic=Topic.STATUS, goals=("6.2",), short=True)),
        (BENCHMARK, "og sygedagpenge?", Question(topic=Topic.BENCHMARK, lines=("1.1.rank.sygedagpenge",))),
    ],
)
def test_what_leans_on_the_question_before_is_understood_with_it(plan, before, text, expected):
    assert understand(text, plan, before) == expected


@pytest.mark.parametrize(
    "text",
    [
        "overblik",
        "hvilke mål er ikke nået?",
        "hvornår skal dagsordenen være ude?",
        "hjælp",
        "tak",
        "status for mål 6.3",
        "hvorfor er himlen blå",
        "hvad siger Syddjurs om det",
        "hvad bliver vejret i morgen",
        "hvorfor er kaffen kold",
    ],
)
def test_what_stands_alone_means_the_same_after_any_question(plan, text):
    assert understand(text, plan, WHY_6_2) == understand(text, plan)


@pytest.mark.parametrize("text", ["hvorfor?", "og landstallet?", "hvor mange er det", "er det nået?"])
def test_what_leans_on_nothing_is_unclear(plan, text):
    assert isinstance(understand(text, plan), Unclear)


@pytest.mark.parametrize(
    ("text", "leaning"),
    [
        ("og 6.3?", True),
        ("hvorfor?", True),
        ("de andre?", True),
        ("status for mål 6.2", False),
        ("6.2", False),
    ],
)
def test_only_words_that_may_lean_ask_for_what_was_said_before(plan, text, leaning):
    assert leans(text, understand(text, plan)) is leaning


def test_goals_asked_about_one_after_the_other_are_kept_together():
    first = context_of(Question(topic=Topic.DEFINITION, goals=("1.2",)), ("1.2",), None)
    second = context_of(Question(topic=Topic.DEFINITION, goals=("1.3",)), ("1.3",), first)

    assert second == BOTH


def test_another_subject_keeps_nothing_of_the_one_before():
    listed = context_of(Question(topic=Topic.LIST, statuses=(Status.MET,)), ("1.1", "1.2"), OF_6_2)

    assert listed.earlier == ()


@pytest.mark.parametrize(
    "text",
    [
        "den fjerde",
        "den sidste opfølgning",
        "den første og den sidste",
        "det sidste tal",
        "alle mål under 1 tak",
        "6.3",
    ],
)
def test_a_place_that_the_list_lacks_or_that_is_something_else_chooses_nothing(plan, text):
    answer = understand(text, plan, LISTED)

    assert {"2.2", "5.1", "6.2"}.isdisjoint(goals_in(answer))


def test_a_choice_that_was_put_is_kept_beside_what_was_spoken_of():
    assert offered(("6.3", "6.5"), OF_6_2) == Context(
        topic=Topic.STATUS, goals=("6.2",), listed=("6.3", "6.5")
    )
    assert offered(("6.3", "6.5"), None) == Context(topic=Topic.STATUS, listed=("6.3", "6.5"))


def test_a_list_is_kept_while_its_goals_are_looked_at_one_by_one():
    first = context_of(Question(topic=Topic.LIST), ("2.2", "5.1"), None)
    second = context_of(Question(topic=Topic.STATUS, goals=("2.2",)), ("2.2",), first)

    assert (first.listed, second.listed) == (("2.2", "5.1"), ("2.2", "5.1"))


def test_a_wrong_number_of_goals_is_about_the_plan_whatever_was_spoken_of(plan):
    asked = understand("er det rigtigt, at vi har 24 mål?", plan, OF_6_2)

    assert isinstance(asked, Question)
    assert (asked.topic, asked.goals) == (Topic.OVERVIEW, ())
