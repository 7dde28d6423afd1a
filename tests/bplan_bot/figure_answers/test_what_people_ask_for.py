"""The figures that a person needs in an answer, goal by goal, as the second follow-up gives them."""

import pytest

from bplan_bot.cards.render import render
from bplan_bot.figure_answers.answer import FigureTopic
from bplan_bot.texts.speaker import Speaker
from tests.card_structure import texts
from tests.figure_answers import told
from tests.norddjurs import picture

TREND, COMPARE, GAP, WHY, COUNT = (
    FigureTopic.TREND,
    FigureTopic.COMPARE,
    FigureTopic.GAP,
    FigureTopic.WHY,
    FigureTopic.COUNT,
)


@pytest.mark.parametrize(
    ("topic", "numbers", "needed"),
    [
        (TREND, "1.1", ["nr. 69 (2018)", "nr. 10 (2023)", "nr. 10 (2024)", "nr. 6 (2024)", "2.320"]),
        (TREND, "2.1", ["10", "12", "2 flere"]),
        (TREND, "2.2", ["342", "358", "16,2 %", "17,3 %", "2.111", "2.066", "den forkerte vej"]),
        (TREND, "3.1", ["288", "326", "38 flere", "den rigtige vej"]),
        (TREND, "4.1", ["51,4", "53,3", "55,3", "55,4", "+0,1"]),
        (TREND, "5.1", ["14,1", "14,6", "den forkerte vej"]),
        (TREND, "5.2", ["26", "31"]),
        (TREND, "6.1", ["58", "55", "39", "43"]),
        (TREND, "6.9", ["11,0", "12,2"]),
        (TREND, "6.13", ["34 ", "38 "]),
        (COMPARE, "1.1", ["80 under det forventede antal", "bedre", "nr. 23 (2024)", "nr. 6 (2024)"]),
        (COMPARE, "4.1", ["53,3", "55,4", "2,1 procentpoint under landet", "3,9", "1,8 procentpoint mindre"]),
        (COMPARE, "5.1", ["14,6", "13,5", "1,1 procentpoint over landet", "dårligere"]),
        (
            COMPARE,
            "6.1",
            ["55", "43", "12 procentpoint over landet", "58", "39", "19", "7 procentpoint mindre"],
        ),
        (COMPARE, "6.2", ["36,7", "43,8", "7,1 procentpoint under landstallet"]),
        (COMPARE, "6.11", ["6,9 procentpoint over landstallet"]),
        (COMPARE, "6.6", ["25-29", "holdes ikke op mod"]),
        (COMPARE, "6.3 6.5", ["35,2", "56,8"]),
        (COMPARE, "6.2 6.11", ["7,1", "6,9"]),
        (GAP, "1.1", ["80 færre"]),
        (GAP, "1.3", ["6,3 procentpoint"]),
        (GAP, "2.2", ["17 færre", "24 for mange", "højst 334"]),
        (GAP, "4.1", ["2,1 procentpoint under landet", "mindst 51,5 %"]),
        (GAP, "5.1", ["0,4 procentpoint", "1,1 procentpoint over landet"]),
        (GAP, "6.1", ["7 procentpoint", "12 procentpoint over landet"]),
        (GAP, "6.2", ["7,1 procentpoint", "kan ikke regnes ud"]),
        (GAP, "6.3", ["0,2 procentpoint"]),
        (GAP, "6.6", ["14,3 procentpoint", "7 år", "2030", "godt 2 procentpoint om året"]),
        (GAP, "6.8", ["2,8 procentpoint", "48 af 58", "mindst 47"]),
        (GAP, "6.11", ["2,9 procentpoint", "73,2", "6,9"]),
        (GAP, "1.2 1.3", ["mål 1.2 (10,6 procentpoint)"]),
        (WHY, "2.1", ["efter alle praktiske formål", "Kræver vurdering"]),
        (WHY, "2.2", ["358", "17,3", "342"]),
        (WHY, "4.1", ["51,4", "+1,9"]),
        (WHY, "6.1", ["58", "55", "39", "43", "12 procentpoint over"]),
        (WHY, "6.2", ["FGU", "landsplan"]),
        (WHY, "6.6", ["75,7", "90"]),
        (WHY, "6.11", ["76,1", "69,2", "73,2"]),
        (WHY, "6.12", ["Job og Sprog"]),
        (WHY, "6.4 6.7", ["offentliggjort", "opdateres"]),
        (COUNT, "1.1", ["1.950", "2.030", "390"]),
        (COUNT, "2.2", ["358", "2.066", "342", "2.111"]),
        (COUNT, "3.1", ["326 ledige"]),
        (COUNT, "6.8", ["48 af 58"]),
        (COUNT, "6.13", ["38 voksenlærlinge"]),
    ],
)
def test_an_answer_holds_the_facts_that_are_asked_for(topic, numbers, needed):
    reply = render(told(picture(), topic, *numbers.split()), Speaker("da"))
    said = " ".join([reply.text, *texts(reply.card)])

    assert [fact for fact in needed if fact not in said] == []


NOT_MET = [one.goal.number for one in picture().all() if one.leading.status == "not_met"]
MET = [one.goal.number for one in picture().all() if one.leading.status == "met"]


@pytest.mark.parametrize("topic", FigureTopic)
@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [
        (NOT_MET, ("målet er nået", "målet er opfyldt", "målet blev nået")),
        (MET, ("målet er ikke nået", "målet er ikke opfyldt", "målet blev ikke nået")),
    ],
    ids=["not met", "met"],
)
def test_no_sentence_says_the_opposite_of_the_status(topic, numbers, wrong):
    said = {number: render(told(picture(), topic, number), Speaker("da")).text.lower() for number in numbers}

    assert [number for number, text in said.items() if any(words in text for words in wrong)] == []
