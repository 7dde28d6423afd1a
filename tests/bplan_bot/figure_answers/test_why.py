"""Why a goal has its status: rule, figures and result for computed; who, when and why for the others."""

from dataclasses import replace
from typing import Any

import pytest

from bplan_bot.figure_answers.answer import FigureTopic, GoalFigures
from bplan_bot.goal import Axis
from bplan_bot.message import Message
from bplan_bot.quantity import Unit
from bplan_bot.status import Status
from bplan_bot.target import Polarity
from bplan_bot.texts.speaker import Speaker
from tests.bplan_bot.cases import AFTER
from tests.bplan_bot.figure_answers.invented import figures_said, ids
from tests.factories import make_document, make_statement, text
from tests.figure_answers import told
from tests.norddjurs import picture

HELD: dict[str, Any] = {"type": "maintain", "polarity": Polarity.LOWER}
RISE: dict[str, Any] = {"type": "increase", "polarity": Polarity.HIGHER}
REASON = text("Niveauet er holdt.")


def why(rule: dict[str, Any], figures: str, *said: Any) -> GoalFigures:
    return figures_said(FigureTopic.WHY, rule, figures, *said, unit=Unit.COUNT)


def rows(answer: GoalFigures) -> dict[str, str]:
    speaker = Speaker("da")
    return {speaker(row.name): speaker(row.value) for row in answer.rows}


def said(axis: Axis, status: Status, **more: Any) -> Any:
    return make_statement("1.1", axis=axis, status=status, day=AFTER, **more)


def test_rule_figures_and_result_are_told() -> None:
    answer = why(RISE, "own 2023=288 2024=388")

    assert ids(answer) == ["year_on_year.reason", "year_on_year.change"]
    assert rows(answer) == {
        "Reglen": "tallet skal være højere end i samme periode året før",
        "Regnestykket": "388 − 288 = +100.",
        "Tallene giver": "Nået",
        "Forvaltningen": "ikke udtalt",
        "Mål": "mindst 80 pct.",
    }


@pytest.mark.parametrize(
    ("status", "result"),
    [
        (Status.MET, "Nået, altså det samme"),
        (Status.NOT_MET, "Nået, altså noget andet end den status, målet har"),
    ],
)
def test_the_result_is_held_against_what_people_said(status: Status, result: str) -> None:
    answer = why(RISE, "own 2023=288 2024=326", said(Axis.JUDGED, status))

    assert rows(answer)["Tallene giver"] == result


def test_what_people_said_has_status_day_case_and_decision() -> None:
    decision = text("Orienteringen blev godkendt")
    judged = said(Axis.JUDGED, Status.MET, document=make_document(case="23/6487"))
    handled = said(Axis.HANDLED, Status.MET, document=make_document(case=""), decision=decision)

    found = rows(why(RISE, "own 2023=288 2024=326", judged, handled))

    assert [found["Forvaltningen"], found["Udvalget"]] == [
        "Nået (14.05.2025, sag 23/6487)",
        "Nået (14.05.2025). Orienteringen blev godkendt.",
    ]


def test_the_reason_of_people_stands_before_the_conclusion_that_they_did_not_follow() -> None:
    answer = why(HELD, "own 2023=10 2024=12", said(Axis.JUDGED, Status.MET, reason=REASON))

    assert answer.sentences[1] == REASON
    assert ids(answer) == ["year_on_year.reason", "maintain.within_chance", "chance.explains"]


@pytest.mark.parametrize("number", ["5.2", "6.13", "2.1"])
def test_a_difference_that_chance_could_give_is_said_to_be_one(number: str) -> None:
    (answer,) = told(picture(), FigureTopic.WHY, number).goals

    assert "chance.explains" in ids(answer)


def test_a_figure_that_the_document_printed_otherwise_is_told() -> None:
    (answer,) = told(picture(), FigureTopic.WHY, "6.8").goals

    assert rows(answer)["Regnestykket"].endswith("Dokumentet skriver 82,7 %, men 48 af 58 er 82,8 %.")


def test_where_others_read_along_no_status_of_ours_is_told() -> None:
    seen = picture()
    computed = {"Tallene giver", "Kræver vurdering"}
    (open_to_us,) = told(seen, FigureTopic.WHY, "2.1").goals
    (open_to_all,) = told(seen.handled(), FigureTopic.WHY, "2.1").goals

    assert computed & set(rows(open_to_us)) == {"Tallene giver"}
    assert computed & set(rows(open_to_all)) == set()
    assert "Udvalget" in rows(open_to_all)


def test_a_goal_the_committee_has_not_handled_tells_others_nothing() -> None:
    seen = picture()
    not_handled = replace(seen, said=()).handled()

    (answer,) = told(not_handled, FigureTopic.WHY, "6.2").goals

    assert ids(answer) == ["not_handled.reason"]
    assert [row for row in answer.rows if isinstance(row.value, Message)] == []
