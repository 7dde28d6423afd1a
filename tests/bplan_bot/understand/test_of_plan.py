from decimal import Decimal

import pytest

from bplan_bot.plan_answers.premise import Claim, ClaimKind
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.understand.context import Context
from bplan_bot.understand.language import language_of
from bplan_bot.understand.question import Question, Topic, Unclear
from bplan_bot.understand.understand import understand
from tests.bplan_bot.understand.asked import status


def benchmark(*lines):
    return Question(topic=Topic.BENCHMARK, lines=tuple(f"1.1.rank.{line}" for line in lines))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("benchmark", benchmark()),
        ("hvad er vores placering i ministerens benchmark?", benchmark()),
        ("A-dp benchmark placring", benchmark("a_dagpenge")),
        ("a-dagpenge hvor ligger vi nr?", benchmark("a_dagpenge")),
        ("forskellen mellem a-dagpenge og sygedagpenge i placering", benchmark("a_dagpenge", "sygedagpenge")),
        ("hvor mange kommuner er under skærpet tilsyn", benchmark()),
        ("what is our rank in the benchmark", benchmark()),
    ],
)
def test_the_benchmark_and_its_lines_are_heard(plan, text, expected):
    assert understand(text, plan) == expected


@pytest.mark.parametrize(
    "text",
    ["hvem opdaterede benchmark i 6.7", "indenrigsministeriets benchmark", "Aarhus' placering i benchmark"],
)
def test_another_goals_benchmark_and_another_towns_rank_are_not_the_plans(plan, text):
    assert getattr(understand(text, plan), "topic", None) is not Topic.BENCHMARK


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("i hvilke måneder får vi budgetopfølgning?", ("Budgetopfølgning",)),
        ("teknisk budget hvilken måned", ("Behandling af teknisk budget",)),
        ("hvad sker der i november i årshjulet?", ("Budgetopfølgning", "jobCAMP")),
        ("hvornår skal dagsordenen være ude?", ()),
        ("hvornår behandlede udvalget opfølgningen", ()),
        ("hvor tit får AU opfølgning på målene i planen", ()),
        ("when did the committee approve the follow-up?", ()),
    ],
)
def test_dates_and_the_yearly_wheel_are_heard(plan, text, entries):
    assert understand(text, plan) == Question(topic=Topic.SCHEDULE, entries=entries)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hvilke mål kommer fra jobindsats?", Question(topic=Topic.BY_SOURCE, sources=("jobindsats",))),
        ("hvilke mål følges op kvartalsvis", Question(topic=Topic.BY_RHYTHM, times=(4,))),
        ("er der noget jeg skal bekymre mig om?", Question(topic=Topic.WORRY)),
        ("is there anything to worry about?", Question(topic=Topic.WORRY)),
        ("er dine tal nye", Question(topic=Topic.FRESHNESS)),
        ("hvor gamle er tallene for 6.2", Question(topic=Topic.FRESHNESS, goals=("6.2",))),
        ("hvem har ansvaret for 6.2", Question(topic=Topic.RESPONSIBLE, goals=("6.2",))),
        ("kan du remse alle mål op", Question(topic=Topic.EVERY_GOAL)),
        ("hvad er de fem ministermål", Question(topic=Topic.EVERY_THEME)),
        ("kan man skrive til dig på engelsk", Question(topic=Topic.LANGUAGES)),
        ("hvad er kilden til 6.3", Question(topic=Topic.SOURCE, goals=("6.3",))),
        ("hvor tit følges der op på 2.1", Question(topic=Topic.RHYTHM, goals=("2.1",))),
        ("hvad måler vi på i 6.12", Question(topic=Topic.MEASURE, goals=("6.12",))),
        ("hvad er kravet i 6.8", Question(topic=Topic.DEFINITION, goals=("6.8",))),
        ("hvilket mål er længst fra landet", Question(topic=Topic.COMPARE)),
        ("hvem skal levere tal", Question(topic=Topic.SOURCE)),
        ("hvilken periode er 6.1 for", Question(topic=Topic.PERIOD, goals=("6.1",))),
        (
            "hvilke mål følges ikke op to gange årligt, men kvartalsvis",
            Question(topic=Topic.BY_RHYTHM, times=(4,)),
        ),
    ],
)
def test_what_is_asked_beside_the_figures_is_heard(plan, text, expected):
    assert understand(text, plan) == expected


def test_a_group_of_goals_is_asked_about_together(plan):
    youth = status("6.2", "6.3", "6.5", "6.6", "6.7", "6.11")
    assert understand("hvordan går det med de unge?", plan) == youth


def test_a_group_beside_a_goal_is_not_what_the_question_is_about(plan):
    assert understand("hvor mange unge vælger eud", plan) == status("6.3")


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("vi har 24 mål, ikke?", ClaimKind.GOALS, "24", Unit.COUNT),
        ("er målet på 40 % eud nået", ClaimKind.TARGET, "40", Unit.PERCENT),
        ("er 6.2 på 40 %?", ClaimKind.FIGURE, "40", Unit.PERCENT),
        ("vi er nr. 23 i benchmark, ikke?", ClaimKind.RANK, "23", Unit.RANK),
    ],
)
def test_what_the_words_take_for_granted_goes_with_the_question(plan, text, kind, value, unit):
    assert getattr(understand(text, plan), "claims", None) == (Claim(kind, Quantity(Decimal(value), unit)),)


@pytest.mark.parametrize(
    "text", ["hvor mange af de 22 mål har vi nået", "nåede vi 6.3", "kan du slå en sag op i fasit"]
)
def test_what_is_right_or_not_said_is_no_claim(plan, text):
    assert getattr(understand(text, plan), "claims", ()) == ()


@pytest.mark.parametrize(
    "text", ["kan du slå en sag op i fasit for mig", "hvad koster strategien", "hvornår har jeg ferie"]
)
def test_a_word_of_the_trade_alone_is_no_question_about_the_plan(plan, text):
    assert isinstance(understand(text, plan), Unclear)


@pytest.mark.parametrize(
    "text", ["skriv et digt om mål 6.2", "gæt på 6.2 næste år", "vis navne på de 12 vandrende sager"]
)
def test_what_the_bot_never_does_is_not_done_for_any_goal(plan, text):
    assert isinstance(understand(text, plan), Unclear)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("status of goal 6.2", "en"),
        ("how are we doing overall", "en"),
        ("what's the target for vocational education", "en"),
        ("status for mål 6.2", "da"),
        ("hvordan går det", "da"),
        ("6.2", None),
        ("", None),
        ("benchmark", None),
    ],
)
def test_the_language_is_told_by_its_own_words(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("virker jobindsats?", ("jobindsats",)),
        ("er jobindsats nede", ("jobindsats",)),
        ("hvornår kommer der nye tal fra jobindsats?", ("jobindsats",)),
        ("hvornår henter I tal fra jobindsats", ("jobindsats",)),
        ("hvor friske er tallene fra jobindsats?", ("jobindsats",)),
        ("virker danmarks statistik?", ("statbank",)),
        ("does statistics denmark work?", ("statbank",)),
        ("hvornår har vi sidst fået tal fra ungeindsatsen", ("ungeindsatsen",)),
        ("hvornår hentede vi sidst tal?", ()),
        ("hvilke kilder virker?", ()),
        ("when did we last fetch figures", ()),
    ],
)
def test_how_a_source_is_doing_is_heard(plan, text, sources):
    assert understand(text, plan) == Question(topic=Topic.FRESHNESS, sources=sources)


def test_a_source_that_is_named_is_not_the_goal_that_was_spoken_of(plan):
    before = Context(topic=Topic.STATUS, goals=("1.1",))

    of_source = Question(topic=Topic.FRESHNESS, sources=("jobindsats",))
    of_goal = Question(topic=Topic.FRESHNESS, goals=("1.1",))
    assert understand("virker jobindsats?", plan, before) == of_source
    assert understand("hvor friske er tallene?", plan, before) == of_goal
