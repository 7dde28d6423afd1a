import pytest

from bplan_bot.understand.question import Question, Topic, Unclear
from bplan_bot.understand.understand import understand

POOL = "Frist for ansøgninger til udvalgets pulje"
STRATEGY = "Arbejdsmarkedsstrategi"
SICKNESS, ASSISTANCE, UNEMPLOYMENT = (
    f"1.1.rank.{area}" for area in ("sygedagpenge", "kontanthjaelp", "a_dagpenge")
)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("en idrætsklub vil vide, hvornår ansøgningsfristerne til puljen ligger", (POOL,)),
        ("when are grants from the committee's pool handed out, and what is the deadline", (POOL,)),
        ("In which month does the committee take up its labour market strategy?", (STRATEGY,)),
        ("hvornår forhandles budgettet", ("Budgetforhandling",)),
    ],
)
def test_what_the_yearly_wheel_brings_is_found_among_other_words(plan, text, entries):
    assert understand(text, plan) == Question(topic=Topic.SCHEDULE, entries=entries)


@pytest.mark.parametrize(
    "text",
    [
        "puljen betaler kagen til sommerfesten for alle lærerne",
        "poolen bag hotellet er tømt, og børnene græder hele natten",
    ],
)
def test_a_word_of_the_wheel_without_a_date_is_no_question_about_it(plan, text):
    assert isinstance(understand(text, plan), Unclear)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("er kontanthjælpen bedre placeret end sygedagpengene", (ASSISTANCE, SICKNESS)),
        ("hvor ligger jobafklaringsforløb på ministerens liste", (SICKNESS,)),
        ("hvor mange dagpengemodtagere var der forventet", (UNEMPLOYMENT,)),
        ("hvem siger at vi er på en 10. plads", ()),
        ("are we still 10th of all municipalities", ()),
    ],
)
def test_the_benchmark_is_found_by_its_areas_and_by_a_place(plan, text, lines):
    asked = understand(text, plan)
    assert isinstance(asked, Question)
    assert (asked.topic, asked.lines) == (Topic.BENCHMARK, lines)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("ligger vi under landsgennemsnittet", Topic.COMPARE),
        ("how do we compare nationally", Topic.COMPARE),
        ("hvilke mål er vi tættest på", Topic.GAP),
    ],
)
def test_what_is_asked_of_us_and_of_no_goal_is_asked_of_them_all(plan, text, topic):
    assert understand(text, plan) == Question(topic=topic)


def test_the_average_of_something_else_is_not_ours(plan):
    assert isinstance(understand("hvad er landsgennemsnittet for indbrud hos os", plan), Unclear)


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("goal 6.3, what was the requirement and where did it end", ("6.3",)),
        ("kravet til gymnasiet i mål 6.5, og hvor vi landede", ("6.5",)),
    ],
)
def test_the_demand_and_how_it_went_are_told_by_the_status(plan, text, goals):
    assert understand(text, plan) == Question(topic=Topic.STATUS, goals=goals)
