import pytest

from bplan_bot.understand.hints import weigh
from bplan_bot.understand.lexicon import lexicon
from bplan_bot.understand.question import Question, Topic, Unclear
from bplan_bot.understand.understand import understand
from bplan_bot.understand.wording import fold


@pytest.mark.parametrize(
    ("text", "topic", "goals"),
    [
        # Said in words that the lexicon has no phrase for.
        ("er der tendens til noget på ordinære timer", Topic.TREND, ("6.10",)),
        ("har fleksjobledigheden flyttet sig", Topic.TREND, ("5.1",)),
        ("sager over to år: bedre eller værre?", Topic.TREND, ("2.2",)),
        ("er der mere jobformidling nu end før", Topic.TREND, ("6.1",)),
        ("lærlinge før og nu", Topic.TREND, ("6.13",)),
        ("skal vi hæve andelen i mål 6.2 flere procentpoint", Topic.GAP, ("6.2",)),
        ("er der luft i eud-målet", Topic.GAP, ("6.3",)),
        ("hvor meget overskrider vi loftet for aktivitetsparate", Topic.GAP, ("6.11",)),
        ("how much do we exceed the talks target by", Topic.GAP, ("1.2",)),
        ("ligger jobformidlingen på niveau med andre", Topic.COMPARE, ("6.1",)),
        ("gymnasiet vs andre", Topic.COMPARE, ("6.5",)),
        ("hvem leverer data om vandrende sager", Topic.SOURCE, ("2.1",)),
        ("datagrundlaget for gymnasiet", Topic.SOURCE, ("6.5",)),
        ("hvilken database ligger bag delvise raskmeldinger", Topic.SOURCE, ("6.9",)),
        ("hvor mange procent skal have haft fire samtaler", Topic.DEFINITION, ("1.2",)),
        ("hvad har vi forpligtet os til med 6.12", Topic.DEFINITION, ("6.12",)),
        ("rapporteres samtaler flere gange", Topic.RHYTHM, ("1.2",)),
        ("samtaler og tilbud: hvor tit skal der følges op over for udvalget", Topic.RHYTHM, ("1.2", "1.3")),
        ("er det normalt at så få tager en erhvervsuddannelse", Topic.COMPARE, ("6.3",)),
        ("har vi flere langvarige sager end gennemsnitskommunen", Topic.COMPARE, ("2.2",)),
        ("is job matching getting better", Topic.TREND, ("6.1",)),
        ("hvad lå de langvarige sager på sidste gang", Topic.TREND, ("2.2",)),
        ("hvor lang tid skal de have været i job i 6.4", Topic.DEFINITION, ("6.4",)),
        ("planen nævner et minimum for jobformidling, hvad er det", Topic.DEFINITION, ("6.1",)),
        ("lå jobformidlingen højere i perioden før", Topic.TREND, ("6.1",)),
        ("hvem har regnet tallet for ordinære timer ud", Topic.SOURCE, ("6.10",)),
        ("hvor mange lærlinge har vi lovet at ansætte", Topic.DEFINITION, ("6.13",)),
        ("hvor få langvarige sager skal vi ned på", Topic.DEFINITION, ("2.2",)),
        ("gymnasiet: max eller min 55?", Topic.DEFINITION, ("6.5",)),
        ("hvor ved I fra, at 48 store virksomheder er med", Topic.SOURCE, ("6.8",)),
        ("skal have en henvisning med i notatet for gymnasietallet", Topic.SOURCE, ("6.5",)),
        ("klarede vi de store virksomheder med nød og næppe", Topic.GAP, ("6.8",)),
        ("how comfortably did we clear the bar on talks", Topic.GAP, ("1.2",)),
        ("hvor meget luft har vi at give af på samtalekravet", Topic.GAP, ("1.2",)),
    ],
)
def test_words_that_speak_for_a_topic_together_make_it_out(plan, text, topic, goals):
    assert understand(text, plan) == Question(topic=topic, goals=goals)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("hvad roste udvalget jobcentret for", Topic.BENCHMARK),
        ("hvilken plads fik vi på ministerens liste", Topic.BENCHMARK),
        ("er vi i top 10 på ministerens liste", Topic.BENCHMARK),
        ("hvorfor giver delområderne ikke det samme som totalen", Topic.BENCHMARK),
        ("hvilken dato tog AU stilling til opfølgningen", Topic.SCHEDULE),
        ("hvor lang tid før mødet skal materialet sendes ud", Topic.SCHEDULE),
        ("tidsplanen for planen", Topic.SCHEDULE),
    ],
)
def test_the_plans_own_topics_are_hinted_at_too(plan, text, topic):
    asked = understand(text, plan)
    assert isinstance(asked, Question)
    assert asked.topic is topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("hvorfor er andelen i 6.2 ikke længere nede på niveau med andre", Topic.WHY),
        ("landstallet for 6.2, og tidligere", Topic.COMPARE),
        ("hvordan går det med 6.2 nu, efter at året er slut", Topic.STATUS),
        ("blev 6.8 nået, og hvem leverede data", Topic.STATUS),
    ],
)
def test_what_is_said_outright_goes_before_what_is_hinted_at(plan, text, topic):
    asked = understand(text, plan)
    assert isinstance(asked, Question)
    assert asked.topic is topic


@pytest.mark.parametrize(
    "text",
    [
        "hvor mange procentpoint skal renten op",
        "hvem leverer data om kriminalitet i Aarhus",
        "er mælken blevet dyrere end før",
        "hvilken plads har jeg i biografen, og hvad koster den",
    ],
)
def test_a_hint_about_something_else_is_no_question_about_the_plan(plan, text):
    assert isinstance(understand(text, plan), Unclear)


def test_a_word_said_twice_hints_once():
    weights = [
        weigh([word.stem for word in lexicon().words(fold(text))]).weights for text in ("før", "før før")
    ]
    assert weights[0] == weights[1] != {}
