import pytest

from bplan_bot.status import Status
from bplan_bot.understand.context import Context
from bplan_bot.understand.question import Question, Topic, Unclear
from bplan_bot.understand.understand import understand
from tests.bplan_bot.understand.asked import HELP, NOTHING, status

MET, NOT_MET, UNLIKELY = Status.MET, Status.NOT_MET, Status.UNLIKELY
OVERVIEWED = Context(topic=Topic.OVERVIEW)
COUNTED = Context(topic=Topic.OVERVIEW, statuses=(MET,))
OF_6_8 = Context(topic=Topic.TREND, goals=("6.8",))


@pytest.mark.parametrize(
    "text",
    [
        "kan du opsummere planen",
        "et resumé af målene, tak",
        "hvordan ser det samlede regnskab ud",
        "jeg skal åbne mødet med et par ord om, hvordan året er gået",
        "nåede vi vores mål?",
        "er de fleste mål nået",
        "how did the plan turn out",
        "hvad viste den seneste opfølgning",
        "alle 22 mål, hvordan går det",
        "grønne, røde og resten",
        "hvordan fordeler målene sig",
        "jeg hørte i kantinen, at 15 ud af 22 mål er nået",
    ],
)
def test_the_whole_plan_is_heard_from_words_that_are_no_phrase(plan, text):
    assert getattr(understand(text, plan), "topic", None) is Topic.OVERVIEW


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("hvad lykkedes ikke", NOT_MET),
        ("rems dem op, vi ikke klarede", NOT_MET),
        ("send mig dem, der ikke er grønne", NOT_MET),
        ("hvad kiksede", NOT_MET),
        ("what did we fail at", NOT_MET),
        ("hvad er vi lykkedes med", MET),
        ("liste over dem, vi klarede", MET),
        ("hvilke mål bliver nok ikke nået", UNLIKELY),
        ("hvor mangler der data", Status.NOT_ASSESSABLE),
        ("which ones couldn't be measured", Status.NOT_ASSESSABLE),
    ],
)
def test_a_list_is_heard_from_words_that_are_no_phrase(plan, text, wanted):
    question = understand(text, plan)
    assert isinstance(question, Question)
    assert question.topic is Topic.LIST
    assert wanted in question.statuses


@pytest.mark.parametrize(
    "text",
    [
        "hvilke emner kan du svare på",
        "er du en robot",
        "jeg ved ikke, hvad jeg skal spørge om",
        "hvad er formålet med dig",
        "what kind of questions can I ask you",
        "brugsanvisning",
    ],
)
def test_a_question_about_the_bot_itself_is_help(plan, text):
    assert understand(text, plan) == HELP


@pytest.mark.parametrize(
    "text",
    [
        "hvordan går det med børnehaverne",
        "status på vores nye telefoner",
        "planen for sommerferien",
        "nåede du toget",
        "hvilke skoler er grønne",
        "hvor ligger jobcentret",
        "hvad er resultatet af valget",
    ],
)
def test_strange_words_keep_the_whole_plan_from_being_the_answer(plan, text):
    assert understand(text, plan) == NOTHING


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("hvad er der i 2'erne og 5'erne", ("2.1", "2.2", "5.1", "5.2")),
        ("er grupperne 3 og 4 gået godt", ("3.1", "4.1")),
    ],
)
def test_several_themes_are_asked_about_together(plan, text, goals):
    question = understand(text, plan)
    assert isinstance(question, Question)
    assert question.goals == goals


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        (COUNTED, "hvilke?", Question(topic=Topic.LIST, statuses=(MET,))),
        (COUNTED, "nævn dem", Question(topic=Topic.LIST, statuses=(MET,))),
        (OVERVIEWED, "hvilke er det så", Question(topic=Topic.LIST, statuses=(NOT_MET,))),
        (OF_6_8, "blev det nået?", status("6.8")),
        (OF_6_8, "og status?", status("6.8")),
        (OF_6_8, "kilden tak", Question(topic=Topic.SOURCE, goals=("6.8",))),
        (OF_6_8, "samme for 6.9", Question(topic=Topic.TREND, goals=("6.9",))),
        (OF_6_8, "hvem har leveret det tal", Question(topic=Topic.SOURCE, goals=("6.8",))),
    ],
)
def test_what_leans_on_a_question_before_it_is_heard_from_few_words(plan, before, text, expected):
    assert understand(text, plan, before) == expected


def test_a_goal_asked_about_what_the_plan_does_not_know_is_offered_and_not_answered(plan):
    assert understand("hvad siger Sverige om fleksjobledighed", plan) == Unclear(
        candidates=("5.1",), outside=True
    )
