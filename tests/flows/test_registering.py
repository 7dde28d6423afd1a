"""A figure is reported in words: from the message to the form filled in, and on to what is stored."""

import asyncio
from datetime import date, datetime

import pytest

import bot as bot_module
from bplan_bot.access import Role
from db.observations import load_series
from tests.fake_connector import USER_OBJECT_ID
from tests.flows.reporters import BEFORE, COLLEAGUE, JANUARY_25, NOW, PLAN, STRANGER

TOLD = "registrér 38 på 6.13 for januar 2025"
WHO_MAY = "målets indberetter, målansvarlige og stedfortræder, og af den planansvarlige og administratoren"


@pytest.mark.parametrize(
    "words",
    [TOLD, "Registrer 6.13: 38", "jeg vil gerne indberette 38 paa maal 6.13"],
)
async def test_words_open_the_form_of_the_round_filled_in(reporting, words):
    shown = await reporting.answer_to(words)

    assert reporting.written_in(NOW) == "38"
    assert reporting.written_in(f"{JANUARY_25}|period") == "2025-M01"
    assert reporting.written_in(BEFORE) == ""
    assert "Ingen nye tal" in shown
    assert "Send til kollega" in shown
    assert await reporting.stored() == []


async def test_english_words_open_an_english_form(reporting):
    shown = await reporting.answer_to("report 38 for 6.13 January 2025")

    assert reporting.written_in(NOW) == "38"
    assert "No new figures" in shown


async def test_the_form_that_words_opened_stores_what_stands_in_it(reporting):
    await reporting.press(**{BEFORE: "34"})
    shown = await reporting.answer_to(TOLD)
    assert "Sidst: 34 (januar 2024)" in shown
    words = await reporting.send()

    assert "Modtaget 10.04.2025 kl. 14.05: 38 voksenlærlinge (januar 2025)" in words
    assert await reporting.stored() == ["2024-M01 34", "2025-M01 38"]


async def test_the_parts_of_a_share_are_filled_in_as_parts(reporting):
    await reporting.grant(USER_OBJECT_ID, Role.OWNER, "6.8")
    await reporting.answer_to("registrér 48 af 58 på 6.8")
    words = await reporting.send()

    assert "82,8 % (2024)" in words


async def test_a_figure_for_another_period_of_the_same_goal_goes_into_its_own_fields(reporting):
    await reporting.answer_to("registrér 34 på 6.13 for januar 2024")

    assert (reporting.written_in(NOW), reporting.written_in(BEFORE)) == ("", "34")


async def test_a_period_that_no_figure_of_the_goal_has_is_told_when_it_is_sent(reporting):
    await reporting.close_round()
    await reporting.answer_to("registrér 38 på 6.13 for marts 2019")
    words = await reporting.send()

    assert "Perioden" in words
    assert await reporting.stored() == []


async def test_what_is_settled_opens_as_a_correction_which_asks_why(reporting):
    await reporting.press(**{NOW: "38", BEFORE: "34"})
    await reporting.answer_to("registrér 39 på 6.13 for januar 2025")
    assert "Skriv, hvorfor tallet rettes" in await reporting.send()
    words = await reporting.send(**{"6.13|reason": "Én var glemt"})

    assert "39 voksenlærlinge (januar 2025); før stod der 38" in words
    assert await reporting.stored() == ["2024-M01 34", "2025-M01 39"]


async def test_outside_a_round_the_form_opens_too_and_its_figure_is_stored_and_audited(reporting):
    await reporting.close_round()
    shown = await reporting.answer_to(TOLD)
    assert "Indberetning uden for opfølgningerne" in shown
    assert reporting.written_in(NOW) == "38"
    assert "Ingen nye tal" not in shown
    assert "Send til kollega" not in shown
    words = await reporting.send()

    assert "Tak, tallet til mål 6.13 er modtaget." in words
    assert "38 voksenlærlinge (januar 2025)" in words
    assert await reporting.stored() == ["2025-M01 38"]
    async with reporting.parts.database.reading() as session:
        (stored,) = (await load_series(session, PLAN, as_of=date(2025, 4, 10))).of("6.13.apprentices", "707")
    assert stored.document.key == "norddjurs-2024/indberetning"
    (entry,) = await reporting.audit()
    assert (entry.actor, entry.action, entry.detail["half"]) == (USER_OBJECT_ID, "figure_reported", None)
    assert "38" in await reporting.answer_to("status for mål 6.13")


async def test_outside_a_round_the_same_checks_hold(reporting):
    await reporting.close_round()
    await reporting.answer_to("registrér 34 på 6.13 for januar 2024")
    await reporting.send()
    await reporting.answer_to("registrér 380 på 6.13 for januar 2025")
    assert "380 er over halvanden gang så meget som tallet før: 34 (januar 2024)." in await reporting.send()
    assert await reporting.stored() == ["2024-M01 34"]
    await reporting.send(title="Ja, jeg er sikker")
    assert await reporting.stored() == ["2024-M01 34", "2025-M01 380"]

    await reporting.answer_to("registrér 380 på 6.13 for januar 2025")
    assert "Ingen ændring: 380 voksenlærlinge" in await reporting.send()
    await reporting.answer_to("registrér 38 på 6.13 for januar 2025")
    assert "Skriv, hvorfor tallet rettes" in await reporting.send()
    assert "før stod der 380" in await reporting.send(**{"6.13|reason": "Et nul for meget"})
    assert await reporting.stored() == ["2024-M01 34", "2025-M01 38"]


async def test_what_was_just_reported_outside_a_round_can_be_put_right_from_its_receipt(reporting):
    await reporting.close_round()
    await reporting.answer_to(TOLD)
    await reporting.send()
    await reporting.send(title="Ret")

    assert reporting.written_in(NOW) == "38"


async def test_two_who_report_outside_a_round_at_once_store_once(reporting):
    await reporting.close_round()
    await reporting.answer_to(TOLD)
    words = await asyncio.gather(reporting.send(), reporting.send())

    assert sorted("Ingen ændring" in one for one in words) == [False, True]
    assert len(await reporting.audit()) == 1


@pytest.mark.parametrize("do", ["no_news", "hand_on"])
async def test_outside_a_round_there_is_nobody_to_answer_otherwise(reporting, do):
    words = await reporting.words_as(USER_OBJECT_ID, do, round=f"{PLAN}/0", **{"6.13|colleague": COLLEAGUE})

    assert "Kortet passer ikke til nogen runde" in words
    assert await reporting.audit() == []


async def test_of_a_plan_that_is_closed_the_form_says_so(reporting):
    reporting.at[0] = datetime(2025, 6, 2, 12, tzinfo=bot_module.COPENHAGEN)
    await reporting.close_round()
    shown = await reporting.answer_to(TOLD)

    assert "Arbejdsmarkedsudvalget har behandlet alle mål i Beskæftigelsesplan 2024." in shown
    assert "Ingen ændring: 38 voksenlærlinge (januar 2025)" in await reporting.send()


@pytest.mark.parametrize("kind", ["channel", "groupChat"])
@pytest.mark.parametrize("words", [TOLD, "registrér tal"])
async def test_where_others_read_along_it_is_said_to_be_done_alone(reporting, kind, words):
    shown = await reporting.answer_to(words, kind=kind)

    assert "Tal indberettes i din egen chat med mig" in shown
    assert reporting.written_in(NOW) is None


async def test_who_may_not_report_is_told_by_role_who_may_and_sees_no_figure(reporting):
    await reporting.press(**{BEFORE: "34"})
    await reporting.grant(STRANGER, Role.REPORTER, "6.12")
    shown = await reporting.answer_to(TOLD, person=STRANGER)

    assert "Mål 6.13 er ikke dit at indberette." in shown
    assert WHO_MAY in shown
    assert "34" not in shown
    assert USER_OBJECT_ID not in shown


async def test_who_was_handed_the_goal_may_open_its_form_in_words_too(reporting):
    await reporting.press("hand_on", **{"6.13|colleague": COLLEAGUE})
    await reporting.answer_to(TOLD, person=COLLEAGUE)

    assert reporting.written_in(NOW) == "38"


async def test_the_word_alone_opens_what_the_round_lacks_from_the_person(reporting):
    shown = await reporting.answer_to("registrér tal")

    assert "2 mål mangler" in shown
    assert reporting.written_in(NOW) == ""


async def test_outside_a_round_the_word_alone_shows_what_the_person_may_report(reporting):
    await reporting.close_round()
    shown = await reporting.answer_to("registrér tal")

    assert "Indberetning af tal til Beskæftigelsesplan 2024 Du kan indberette tal til 2 mål." in shown
    assert "Registrér tal på 5.2" in shown
    assert "Registrér tal på 6.13" in shown


async def test_somebody_without_a_goal_is_told_who_may(reporting):
    assert WHO_MAY in await reporting.answer_to("registrér tal", person=STRANGER)
    assert WHO_MAY in await reporting.answer_to("registrér 6.2 og 6.3", person=STRANGER)


async def test_a_figure_without_a_goal_is_asked_for_its_goal(reporting):
    shown = await reporting.answer_to("registrér 38 for januar 2025")

    assert "Hvilket mål hører tallet til?" in shown
    assert "Registrér 38 på 6.13 for januar 2025" in shown


async def test_a_goal_that_the_plan_does_not_have_is_said_so(reporting):
    assert "6.99" in await reporting.answer_to("registrér 38 på 6.99")


@pytest.mark.parametrize("role", [Role.PLANNER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("is_open", [True, False])
@pytest.mark.parametrize(
    ("goal", "words", "asked"),
    [("6.13", TOLD, [USER_OBJECT_ID]), ("2.1", "registrér 12 på 2.1 for 2024", [])],
)
async def test_those_who_run_the_plan_report_any_goal_on_behalf_of_others(
    reporting, role, is_open, goal, words, asked
):
    if not is_open:
        await reporting.close_round()
    await reporting.grant(STRANGER, role)
    await reporting.answer_to(words, person=STRANGER)
    told = await reporting.send(person=STRANGER)

    assert f"Tak, tallet til mål {goal} er modtaget." in told
    (entry,) = await reporting.audit(goal)
    assert (entry.actor, entry.action) == (STRANGER, "figure_reported")
    assert entry.detail["on_behalf_of"] == asked


CPR = "010203-1234"


@pytest.mark.parametrize(
    "field",
    [NOW, f"{JANUARY_25}|period", "6.13|note", "6.13|reason", "6.13|colleague", "goal", "goals", "sure"],
)
@pytest.mark.parametrize("half", [2, 0])
async def test_a_cpr_number_in_any_field_is_refused_with_what_to_do(reporting, field, half):
    words = await reporting.words_as(
        USER_OBJECT_ID, **{"do": "report", NOW: "38", "round": f"{PLAN}/{half}", "goal": "6.13", field: CPR}
    )

    assert "cpr-nummer" in words
    assert "slet" in words.lower()
    assert await reporting.stored() == []
    assert await reporting.audit() == []


@pytest.mark.parametrize("written", [CPR, "0102031234", "010203 1234", "01.02.03-1234", "01-02-2003-1234"])
async def test_a_cpr_number_in_the_words_is_refused_with_what_to_do(reporting, written):
    words = await reporting.answer_to(f"registrér {written} på 6.13")

    assert "cpr-nummer" in words
    assert "slet" in words.lower()
    assert reporting.written_in(NOW) is None
