"""A figure says where it comes from, who brought it and when, and what it was before it was corrected."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bplan_bot.cards.render import render
from bplan_bot.observation import ObservationStatus
from bplan_bot.plan_answers.answer import PlanAnswer
from bplan_bot.plan_answers.definition import Asked, definition
from bplan_bot.plan_answers.origins import About, origins, with_origins
from bplan_bot.provenance import Readers
from tests.bplan_bot.plan_answers.said import DANISH, opening, rows
from tests.figure_answers import goals
from tests.origins import KEEPERS, PLANNER, READERS, corrected_picture, fetched, reported

SEEN = corrected_picture()


def told(
    number: str, about: About = About.WHO, readers: Readers = READERS, sizes: tuple[str, ...] = ()
) -> PlanAnswer:
    asked = tuple(map(Decimal, sizes))
    return origins(SEEN, goals(SEEN, number), about=about, readers=readers, sizes=asked)


@pytest.mark.parametrize(
    ("number", "about", "said"),
    [
        ("6.2", About.WHO, "Tallet 37,1 % (2024) på 6.2 er indtastet af en planansvarlig."),
        ("6.13", About.WHO, "er læst ind fra filen »hr.xlsx« af en administrator på kommandolinjen."),
        ("6.3", About.WHO, "er ikke indtastet af nogen her: det stod i Anden opfølgning"),
        ("6.2", About.WHEN, "blev registreret 12. juni 2025 og er kendt fra 12. juni 2025."),
        ("6.3", About.WHEN, "er kendt fra 14. maj 2025."),
        ("6.2", About.CORRECTED, "er rettet 2 gange; før 36,9 %."),
        ("6.13", About.CORRECTED, "er rettet 1 gang; før 38."),
        ("6.3", About.CORRECTED, "er ikke blevet rettet."),
        ("6.12", About.WHO, "Oplysningen for 2024, ikke øget (oplyst uden tal), på 6.12 er ikke indtastet"),
    ],
)
def test_an_answer_opens_with_what_was_asked(number, about, said):
    assert said in opening(told(number, about))


def test_each_correction_is_told_with_its_day_the_earlier_figure_and_the_reason():
    answer = rows(told("6.2"))

    document = "Indberetning til 2. opfølgning på Beskæftigelsesplan 2024"
    assert answer["Rettet 10. juni 2025"] == f"fra 36,7 % til 36,9 % med {document}: »afrundet forkert«"
    assert answer["Rettet 12. juni 2025"].startswith("fra 36,9 % til 37,1 %")
    assert answer["Rettelser"] == "rettet 2 gange; før 36,9 %"


def test_the_other_figures_behind_the_status_say_from_which_table_they_are():
    (others,) = told("6.2").folded

    (country,) = [DANISH(row.value) for row in others.rows if "hele landet" in DANISH(row.name)]
    assert country.startswith("43,9 %, fra jobindsats.dk, OTIJ01, opdateret 26.05.2025, tabel otij01, spurgt")
    assert country.endswith("rettet 1 gang; før 43,8 %")


def test_a_file_tells_its_sheet_and_cell():
    assert rows(told("6.13"))["Nærmere"] == "celle Ark1!C7"


def test_a_moment_late_in_the_evening_is_the_day_it_was_where_people_read_it():
    there = replace(READERS, zone=ZoneInfo("Europe/Copenhagen"))

    assert rows(told("6.2", readers=there))["Registreret"] == "13. juni 2025"


def test_ids_are_told_to_those_who_keep_the_roles_and_to_nobody_else():
    kept, others = told("6.2", readers=KEEPERS), told("6.2")

    assert f"en planansvarlig ({PLANNER})" in opening(kept)
    assert PLANNER not in render(others, DANISH).text
    assert f"<at>{PLANNER}</at>" in str(render(kept, DANISH).card)


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("aaaaaaaa-0000-0000-0000-000000000001", "en indberetter"),
        ("aaaaaaaa-0000-0000-0000-000000000009", "en indberetter"),  # who has no role any more
    ],
)
def test_whoever_typed_a_figure_in_a_form_is_told_by_role(by, said):
    seen = corrected_picture(reported("37.3", 20, by=by))
    answer = origins(seen, goals(seen, "6.2"), about=About.WHO, readers=READERS)

    assert opening(answer) == f"Tallet 37,3 % (2024) på 6.2 er indtastet af {said}."


def test_a_figure_that_was_said_again_was_not_corrected():
    seen = corrected_picture(reported("37.1", 20))
    answer = origins(seen, goals(seen, "6.2"), about=About.CORRECTED, readers=READERS)

    assert "er rettet 2 gange" in opening(answer)


def test_a_figure_is_found_by_its_size_also_as_it_was_before():
    assert "38 (januar 2025)" not in opening(told("6.13", sizes=("34",)))
    assert "34 (januar 2024)" in opening(told("6.13", sizes=("34",)))

    found = origins(SEEN, (), about=About.WHEN, readers=READERS, sizes=(Decimal("36.7"),))
    assert opening(found).startswith("Tallet 37,1 % (2024) på 6.2 blev registreret")

    lost = origins(SEEN, (), about=About.WHEN, readers=READERS, sizes=(Decimal("99.9"),))
    assert opening(lost) == "Det tal har jeg ikke stående på noget mål."


def test_a_goal_without_a_figure_says_why():
    answer = told("6.4")

    assert opening(answer).startswith("Mål 6.4 har intet tal.")
    assert answer.rows == ()


def test_the_plan_tells_which_figures_were_corrected_the_latest_first():
    answer = origins(SEEN, (), about=About.CORRECTED, readers=READERS)

    assert opening(answer) == "3 tal er blevet rettet; de seneste 3 står her."
    assert next(iter(rows(answer))) == "6.2 andelen, Norddjurs (2024)"


def test_nothing_of_a_figure_that_nobody_has_handled_is_told_where_others_read_along():
    answer = origins(SEEN.handled(), goals(SEEN, "6.2"), about=About.CORRECTED, readers=READERS)
    said = render(answer, DANISH).text

    assert "36,7 %" in said
    assert not {"36,9", "37,1", "afrundet forkert"} & set(said.replace(" %", "").split())
    assert "er ikke blevet rettet" in said


def test_the_answer_about_a_source_unfolds_where_its_figure_comes_from():
    goal = goals(SEEN, "6.2")
    answer = with_origins(definition(SEEN, goal, asked=Asked.SOURCE), SEEN, goal, READERS)
    card = render(answer, DANISH).card

    folded = next(element for element in card["body"] if element.get("id") == "folded")
    assert folded["isVisible"] is False
    (toggle,) = [one for one in card["body"][-1]["actions"] if one["type"] == "Action.ToggleVisibility"]
    assert (toggle["title"], toggle["targetElements"]) == ("Hvor kommer tallet fra?", ["folded"])
    assert opening(answer) == "Tallene til mål 6.2 kommer fra jobindsats.dk."


def test_a_preliminary_figure_is_called_so():
    seen = corrected_picture(fetched("12.4", 4, status=ObservationStatus.PRELIMINARY))
    answer = origins(seen, goals(seen, "6.9"), about=About.WHEN, readers=READERS, sizes=(Decimal("12.4"),))

    assert "12,4 % (foreløbigt tal) (april 2025)" in opening(answer)


def test_of_a_figure_that_its_source_has_hidden_nothing_earlier_is_told():
    hidden = fetched(None, 4, status=ObservationStatus.SUPPRESSED)
    hidden = replace(hidden, known_at=date(2025, 6, 20))
    seen = corrected_picture(fetched("2.5", 4), hidden)
    answer = origins(seen, (), about=About.CORRECTED, readers=READERS)

    assert "2,5" not in render(answer, DANISH).text
    lost = origins(seen, (), about=About.WHEN, readers=READERS, sizes=(Decimal("2.5"),))
    assert opening(lost) == "Det tal har jeg ikke stående på noget mål."


def test_every_size_of_a_picture_with_corrections_is_a_fact():
    for about in About:
        answer = told("6.2", about)
        counted = {fact.quantity.value for fact in answer.facts}
        assert {Decimal("36.7"), Decimal("36.9"), Decimal("37.1"), Decimal("43.8"), Decimal(2)} <= counted
