"""What a person needs in an answer about the plan, as the plan, its follow-up and the notes give it."""

import pytest

from bplan_bot.cards.render import render
from bplan_bot.deadlines import Lead
from bplan_bot.plan_answers.answer import PlanAnswer
from bplan_bot.plan_answers.benchmark import benchmark
from bplan_bot.plan_answers.definition import Asked, definition
from bplan_bot.plan_answers.freshness import freshness
from bplan_bot.plan_answers.schedule import schedule
from bplan_bot.plan_answers.worry import worry
from tests.bplan_bot.plan_answers.said import DANISH
from tests.card_structure import texts
from tests.figure_answers import goals
from tests.norddjurs import picture
from tests.plan_answers import goal

SEEN = picture()
TARGET, SOURCE, RHYTHM = Asked.TARGET, Asked.SOURCE, Asked.RHYTHM


def defined(numbers: str, asked: Asked) -> PlanAnswer:
    return definition(SEEN, goals(SEEN, *numbers.split()), asked=asked)


@pytest.mark.parametrize(
    ("answer", "needed", "wrong"),
    [
        (defined("6.6", TARGET), ["90 %", "2030"], []),
        (defined("6.8", TARGET), ["80 %", "50 ansatte"], ["35 %", "55 %"]),
        (defined("1.3", TARGET), ["70 %", "Nået · 76,3 %"], ["80 %"]),
        (defined("6.1", Asked.MEASURE), ["50", "jobordre"], []),
        (defined("2.1", TARGET), ["nuværende niveau", "lavt niveau"], []),
        (defined("5.1", TARGET), ["landsgennemsnit", "edighedsprocent"], []),
        (defined("6.12", TARGET), ["danskuddannelse", "arbejdstagere"], []),
        (defined("1.1", TARGET), ["Færre", "offentlig forsørgelse"], []),
        (defined("6.4", TARGET), ["12 måneder", "stiger"], []),
        (defined("6.3", SOURCE), ["Ungeindsatsen"], ["jobindsats"]),
        (defined("6.8", SOURCE), ["CVR", "Fasit"], []),
        (defined("6.12", SOURCE), ["Job og Sprog"], []),
        (defined("6.7", SOURCE), ["Indenrigsminister"], []),
        (defined("6.4", SOURCE), ["jobindsats"], []),
        (defined("6.2 6.3 6.8", SOURCE), ["jobindsats", "Ungeindsatsen", "Fasit"], []),
        (defined("2.1", RHYTHM), ["kvartal"], ["to gange om året"]),
        (defined("2.2", RHYTHM), ["én gang om året"], ["to gange om året", "halvårlig"]),
        (defined("1.1", RHYTHM), ["halvårlig"], []),
        (
            benchmark(SEEN, goal(SEEN, "1.1")),
            [
                "nr. 10",
                "80 færre",
                "−20",
                "−10",
                "−60",
                "410",
                "390",
                "730",
                "720",
                "19 kommuner",
                "ikke med",
            ],
            [],
        ),
        (benchmark(SEEN, goal(SEEN, "1.1")), ["roste", "14. maj 2025", "nr. 69", "nr. 29", "nr. 23"], []),
        (freshness(SEEN, goals(SEEN)), ["Beskæftigelsesplan 2024", "opfølgning", "2025"], []),
        (schedule(SEEN, lead=Lead()), ["14. maj 2025", "23/6487", "to gange om året", "4 hverdage"], []),
        (
            schedule(SEEN, lead=Lead()),
            ["teknisk budget: august", "jobCAMP", "Budgetforhandling: august-oktober"],
            [],
        ),
        (worry(SEEN), ["Ikke nået", "6 ikke nået", "6.2", "36,7"], []),
    ],
)
def test_an_answer_holds_what_is_asked_for_and_nothing_wrong(answer, needed, wrong):
    reply = render(answer, DANISH)
    said = reply.text

    on_card = " ".join(texts(reply.card))
    assert [fact for fact in needed if fact not in said] == []
    assert [fact for fact in needed if fact.split(": ")[0] not in on_card] == []
    assert [fact for fact in wrong if fact in said] == []
