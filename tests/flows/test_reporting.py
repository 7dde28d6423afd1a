"""A form is filled in and comes back: from the pressed button to the stored figure and the next answer."""

import asyncio
from dataclasses import replace
from datetime import date, datetime

import pytest

import bot as bot_module
from bplan_bot.access import Role
from bplan_bot.goal import Decision
from bplan_bot.settings import Settings
from bplan_bot.status import Status
from db.bundled import read_bundled
from db.changes import last_changes
from db.observations import load_series
from db.plans import save_package
from dialogs.incoming import Event, Incoming
from dialogs.router import Router
from jobs.watch import watch
from tests.card_structure import elements, texts
from tests.factories import text, with_goal
from tests.fake_connector import USER_OBJECT_ID, pressed, said_to_bot, submitted
from tests.flows.reporters import APRIL, BEFORE, COLLEAGUE, NOW, PLAN, STRANGER


async def test_a_figure_is_stored_receipted_and_seen_by_the_next_answer(reporting):
    words = await reporting.press(**{NOW: "38", BEFORE: "34"})

    assert "Tak, tallene til mål 6.13 er modtaget." in words
    assert "Modtaget 10.04.2025 kl. 14.05: 38 voksenlærlinge (januar 2025)" in words
    assert "Status nu: Nået" in words
    assert "1 af 2 mål mangler" in words
    assert await reporting.stored() == ["2024-M01 34", "2025-M01 38"]
    answer = await reporting.answer_to("status for mål 6.13")
    assert "Nået" in answer
    assert "38" in answer


async def test_a_status_that_a_reported_figure_changes_is_recorded_by_the_next_watch(reporting):
    await watch(reporting.parts.database, APRIL)
    await reporting.press(**{NOW: "38", BEFORE: "34"})
    did = await watch(reporting.parts.database, APRIL)

    assert did["changes"] == 1
    async with reporting.parts.database.reading() as session:
        assert (await last_changes(session, PLAN))["6.13"].after is Status.MET


async def test_in_local_mode_everybody_may_report(reporting):
    local = Settings.model_validate({"DATABASE_URL": "sqlite+aiosqlite:///unused.db"})
    router = Router(reporting.parts.database, settings=local, now=lambda: APRIL)
    carried = {"do": "report", "round": f"{PLAN}/2", "goal": "6.13", "goals": "6.13", NOW: "38"}
    incoming = Incoming(event=Event.BUTTON, value=carried, user_id=STRANGER, conversation_id="a:1")
    reply = await router.answer(incoming)

    assert reply is not None
    assert "38 voksenlærlinge" in reply.text
    assert await reporting.stored() == ["2025-M01 38"]


async def test_what_was_reported_has_its_document_and_its_audit_row(reporting):
    await reporting.press(**{NOW: "38", "6.13|note": "Talt op i løn"})

    async with reporting.parts.database.reading() as session:
        series = await load_series(session, PLAN, as_of=APRIL.date())
    (stored,) = series.of("6.13.apprentices", "707")
    assert stored.document.key == "norddjurs-2024/indberetning-2"
    assert stored.document.title.da == "Indberetning til 2. opfølgning på Beskæftigelsesplan 2024"
    assert stored.known_at == date(2025, 4, 10)
    assert stored.note is not None
    assert stored.note.da == "Talt op i løn"
    assert stored.origin is not None
    assert (stored.origin.kind, stored.origin.place, stored.origin.by) == ("form", "6.13", USER_OBJECT_ID)
    (entry,) = await reporting.audit()
    assert (entry.actor, entry.action) == (USER_OBJECT_ID, "figure_reported")
    figure = {"indicator": "6.13.apprentices", "area": "707", "period": "2025-M01", "value": "38"}
    assert entry.detail["figures"] == [{**figure, "before": None}]
    assert entry.detail["on_behalf_of"] == []


async def test_what_is_reported_is_not_asked_for_again_and_the_rest_is(reporting):
    await reporting.press(**{NOW: "38"})

    assert reporting.written_in(NOW) is None
    assert reporting.written_in(BEFORE) == ""


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("ca. 40", "Tallet kan ikke læses; skriv kun et tal i feltet, fx 38."),
        ("38 %", "Tallet er et antal; skriv det uden procenttegn, fx 38."),
        ("", "Tallet mangler; skriv det i feltet, fx 38."),
    ],
)
async def test_what_cannot_be_right_is_told_and_stays_in_its_field(reporting, typed, sentence):
    other = "5.2|2024|5.2.hires|707|value"
    words = await reporting.press(**{NOW: typed, other: "31"})

    assert sentence in words
    assert reporting.written_in(NOW) == typed
    assert reporting.written_in(other) == "31"
    assert await reporting.stored() == []
    assert await reporting.audit() == []


async def test_a_field_that_was_left_empty_is_there_again_after_a_mistake(reporting):
    await reporting.press(**{NOW: "x"})

    assert reporting.written_in(BEFORE) == ""


async def test_nothing_of_a_goal_is_stored_when_one_of_its_figures_is_wrong(reporting):
    await reporting.press(**{NOW: "38", BEFORE: "34,5"})

    assert await reporting.stored() == []


async def test_a_jump_is_asked_about_and_a_yes_holds_for_that_figure_only(reporting):
    await reporting.press(**{BEFORE: "34"})
    asked = await reporting.press(**{NOW: "380"})
    sure = reporting.button("Ja, jeg er sikker")
    assert "380 er over halvanden gang så meget som tallet før: 34 (januar 2024)." in asked
    assert await reporting.stored() == ["2024-M01 34"]

    assert "Er du sikker?" in await reporting.press(**{NOW: "390", "sure": sure["sure"]})
    words = await reporting.press(**{NOW: "380", "sure": sure["sure"]})

    assert "Modtaget 10.04.2025 kl. 14.05: 380 voksenlærlinge (januar 2025)" in words
    assert await reporting.stored() == ["2024-M01 34", "2025-M01 380"]


async def test_a_correction_asks_why_and_keeps_the_old_figure(reporting):
    await reporting.press(**{NOW: "38", BEFORE: "34"})
    await reporting.press("form")
    assert reporting.written_in(NOW) == "38"

    asked = await reporting.press(**{NOW: "39", BEFORE: "34"})
    assert "For januar 2025 står der 38 voksenlærlinge (Indberetning til 2. opfølgning" in asked
    assert "Skriv, hvorfor tallet rettes" in asked
    assert await reporting.stored() == ["2024-M01 34", "2025-M01 38"]

    words = await reporting.press(**{NOW: "39", BEFORE: "34", "6.13|reason": "Én var glemt"})

    assert "39 voksenlærlinge (januar 2025); før stod der 38" in words
    assert await reporting.stored() == ["2024-M01 34", "2025-M01 39"]
    newest = (await reporting.audit())[0]
    assert newest.detail["reason"] == "Én var glemt"
    assert [(one["value"], one["before"]) for one in newest.detail["figures"]] == [("39", "38")]


async def test_who_reported_a_figure_is_told_by_role_and_to_those_who_keep_the_roles_by_id(reporting):
    await reporting.press(**{NOW: "38"})
    await reporting.press(**{NOW: "39", "6.13|reason": "Én var glemt"})

    words = await reporting.answer_to("hvem har indtastet 6.13?")
    assert "Tallet 39 (januar 2025) på 6.13 er indtastet af en indberetter." in words
    assert "fra 38 til 39 med Indberetning til 2. opfølgning" in words
    assert "»Én var glemt«" in words
    assert USER_OBJECT_ID not in words
    assert "er rettet 1 gang; før 38." in await reporting.answer_to("er 6.13 blevet rettet?")

    await reporting.grant(USER_OBJECT_ID, Role.ADMINISTRATOR)
    words = await reporting.answer_to("hvem har indtastet 6.13?")
    assert f"en indberetter (<at>{USER_OBJECT_ID}</at>)" in words

    ask = said_to_bot(reporting.connector.service_url, "hvem har indtastet 6.13?")
    assert (await reporting.client.post("/api/messages", json=ask)).status == 200
    words = " ".join(texts(reporting.connector.cards[-1]))
    assert USER_OBJECT_ID not in words
    assert "glemt" not in words


async def test_a_double_press_stores_once_and_says_so(reporting):
    await reporting.press(**{NOW: "38"})
    words = await reporting.press(**{NOW: "38"})

    assert "Ingen ændring: 38 voksenlærlinge (januar 2025) står der i forvejen" in words
    assert len(await reporting.audit()) == 1


async def test_two_presses_at_once_store_once(reporting):
    words = await asyncio.gather(*(reporting.press(**{NOW: "38"}) for _ in range(2)))

    assert sorted("Ingen ændring" in one for one in words) == [False, True]
    assert len(await reporting.audit()) == 1


async def test_of_two_people_the_second_is_told_what_the_first_reported(reporting):
    await reporting.grant(COLLEAGUE, Role.STAND_IN, "6.13")
    await reporting.press_as(COLLEAGUE, "report", **{NOW: "37"})
    words = await reporting.press(**{NOW: "38"})

    assert "For januar 2025 står der 37 voksenlærlinge" in words
    assert reporting.written_in(NOW) == "38"
    assert await reporting.stored() == ["2025-M01 37"]


async def test_a_form_answered_three_weeks_later_still_works(reporting):
    reporting.at[0] = datetime(2025, 5, 2, 9, 0, tzinfo=bot_module.COPENHAGEN)
    words = await reporting.press(**{NOW: "38"})

    assert "Modtaget 02.05.2025 kl. 09.00: 38 voksenlærlinge (januar 2025)" in words
    assert "Fristen var 24.04.2025" in words


async def test_after_the_round_is_closed_nothing_is_stored_and_nothing_is_lost(reporting):
    await reporting.close_round()
    words = await reporting.press(**{NOW: "38", "6.13|note": "Talt op"})

    assert "Runden blev lukket 10.04.2025, så det er ikke gemt" in words
    assert (reporting.written_in(NOW), reporting.written_in("6.13|note")) == ("38", "Talt op")
    assert await reporting.stored() == []


async def test_of_a_goal_that_was_withdrawn_meanwhile_it_is_said(reporting):
    package = read_bundled()
    (goal,) = [one for one in package.plan.goals if one.number == "6.13"]
    gone = replace(goal, withdrawn=Decision(date(2025, 4, 1), "25/1", text("Målet udgår")))
    async with reporting.parts.database.transaction() as session:
        await save_package(session, replace(package, plan=with_goal(package.plan, gone)), now=APRIL)
    words = await reporting.press(**{NOW: "38"})

    assert "Mål 6.13 er udgået, så det er ikke gemt" in words
    assert reporting.written_in(NOW) == "38"
    assert await reporting.stored() == []


@pytest.mark.parametrize(
    ("role", "goal", "stored"),
    [
        (Role.REPORTER, "6.13", ["2025-M01 38"]),
        (Role.OWNER, "6.13", ["2025-M01 38"]),
        (Role.STAND_IN, "6.13", ["2025-M01 38"]),
        (Role.PLANNER, None, ["2025-M01 38"]),
        (Role.ADMINISTRATOR, None, ["2025-M01 38"]),
        (Role.REPORTER, "6.12", []),
        (Role.HEAD, None, []),
        (Role.COMMITTEE, None, []),
    ],
)
async def test_only_those_with_the_goal_and_the_planner_may_report_it(reporting, role, goal, stored):
    await reporting.grant(STRANGER, role, goal)
    words = await reporting.words_as(STRANGER, "report", **{NOW: "38"})

    assert await reporting.stored() == stored
    assert ("Mål 6.13 er ikke dit at indberette" in words) == (not stored)


@pytest.mark.parametrize("do", ["no_news", "hand_on", "form"])
async def test_nobody_else_may_answer_for_the_goal_either(reporting, do):
    words = await reporting.words_as(STRANGER, do, **{"6.13|colleague": COLLEAGUE})

    assert "Mål 6.13 er ikke dit at indberette" in words
    assert await reporting.audit() == []


@pytest.mark.parametrize("do", ["report", "no_news", "hand_on", "form"])
@pytest.mark.parametrize(
    ("theirs", "goal", "shown"),
    [("6.13", "6.13", True), ("6.12", "6.12", False), ("5.2", "5.2", False), ("5.2", "6.13", False)],
)
async def test_a_forged_button_shows_no_figures_of_goals_that_are_not_theirs(
    reporting, do, theirs, goal, shown
):
    await reporting.press(**{NOW: "38"})
    await reporting.grant(STRANGER, Role.REPORTER, theirs)
    words = await reporting.words_as(STRANGER, do, goal, goals="5.2 6.12 6.13")

    assert ("38 voksenlærlinge" in words) == shown


async def test_the_audit_says_on_whose_behalf_the_planner_reported(reporting):
    await reporting.grant(STRANGER, Role.PLANNER)
    await reporting.press_as(STRANGER, "report", **{NOW: "38"})

    (entry,) = await reporting.audit()
    assert (entry.actor, entry.detail["on_behalf_of"]) == (STRANGER, [USER_OBJECT_ID])


async def test_no_news_settles_the_goal_until_somebody_has_some(reporting):
    words = await reporting.press("no_news", **{"6.13|note": "Ingen ansat"})
    assert "Ingen nye tal, meldt 10.04.2025 kl. 14.05" in words
    assert "1 af 2 mål mangler" in words
    assert [entry.action for entry in await reporting.audit()] == ["round_no_news"]

    await reporting.press("form")
    assert reporting.written_in(NOW) == ""
    assert "38 voksenlærlinge" in await reporting.press(**{NOW: "38"})


async def test_a_colleague_who_is_handed_a_goal_is_told_and_may_report_it(reporting):
    words = await reporting.press("hand_on", **{"6.13|colleague": COLLEAGUE})
    assert "Mål 6.13 er sendt til din kollega" in words
    assert reporting.written_in(NOW) is None

    letter = await reporting.letter_to(COLLEAGUE)
    assert letter is not None
    assert "6.13" in letter
    assert "5.2" not in letter
    assert "38 voksenlærlinge" in await reporting.press_as(COLLEAGUE, "report", **{NOW: "38"})


async def test_a_goal_that_came_back_can_be_handed_to_the_same_colleague_again(reporting):
    await reporting.press("hand_on", **{"6.13|colleague": COLLEAGUE})
    assert await reporting.told_of_goals() == [COLLEAGUE]
    await reporting.press_as(COLLEAGUE, "hand_on", **{"6.13|colleague": USER_OBJECT_ID})
    assert await reporting.told_of_goals() == [COLLEAGUE, USER_OBJECT_ID]
    words = await reporting.press("hand_on", **{"6.13|colleague": COLLEAGUE})

    assert "Mål 6.13 er sendt til din kollega" in words
    assert await reporting.told_of_goals() == [COLLEAGUE, USER_OBJECT_ID, COLLEAGUE]
    assert [entry.action for entry in await reporting.audit()] == ["round_handed_on"] * 3


async def test_a_goal_that_the_colleague_has_is_not_sent_to_them_again(reporting):
    await reporting.press("hand_on", **{"6.13|colleague": COLLEAGUE})
    words = await reporting.press("hand_on", **{"6.13|colleague": COLLEAGUE})

    assert "Mål 6.13 ligger allerede hos den kollega." in words
    assert await reporting.told_of_goals() == [COLLEAGUE]


async def test_two_presses_at_once_hand_a_goal_on_once(reporting):
    handing = (reporting.press("hand_on", **{"6.13|colleague": COLLEAGUE}) for _ in range(2))
    words = await asyncio.gather(*handing)

    assert sorted("ligger allerede" in one for one in words) == [False, True]
    assert await reporting.told_of_goals() == [COLLEAGUE]
    assert len(await reporting.audit()) == 1


@pytest.mark.parametrize(
    ("colleague", "sentence"),
    [
        ("", "Vælg den kollega, der skal indberette målet."),
        (USER_OBJECT_ID, "Du har valgt dig selv"),
        ("hvem som helst", "Kollegaen kan ikke findes; vælg en på listen."),
    ],
)
async def test_a_goal_is_handed_on_to_somebody(reporting, colleague, sentence):
    words = await reporting.press("hand_on", **{"6.13|colleague": colleague, NOW: "38"})

    assert sentence in words
    assert reporting.written_in(NOW) == "38"
    assert await reporting.audit() == []


async def test_a_reminder_is_the_form_of_what_is_lacking_when_it_is_sent(reporting):
    letter = await reporting.letter_to(USER_OBJECT_ID)
    assert letter is not None
    assert "Der mangler tal fra dig til 2 mål" in letter
    await reporting.press(**{NOW: "38", BEFORE: "34"})
    await reporting.press("no_news", "5.2")

    assert await reporting.letter_to(USER_OBJECT_ID) is None
    assert await reporting.letter_to(STRANGER) is None


async def test_a_cpr_number_in_a_note_is_refused_and_stored_nowhere(reporting):
    carried = {"do": "report", "round": f"{PLAN}/2", "goal": "6.13", "goals": "6.13", NOW: "38"}
    activity = pressed(reporting.connector.service_url, carried | {"6.13|note": "010203-1234"})
    await reporting.client.post("/api/messages", json=activity)

    assert "cpr-nummer" in " ".join(texts(reporting.connector.cards[-1]))
    assert await reporting.stored() == []


async def test_an_older_client_gets_the_form_in_place_too(reporting):
    carried = {"do": "report", "round": f"{PLAN}/2", "goal": "6.13", "goals": "6.13", NOW: "38"}
    await reporting.client.post("/api/messages", json=submitted(reporting.connector.service_url, carried))

    (sent,) = [one for one in reporting.connector.received if one.body]
    assert (sent.method, sent.activity_id) == ("PUT", "1700000000000")
    assert "38 voksenlærlinge" in " ".join(texts(reporting.connector.cards[-1]))


@pytest.mark.parametrize(
    "carried",
    [
        {"do": "report"},
        {"do": "report", "round": "x", "goal": "6.13"},
        {"do": "report", "round": f"{PLAN}/1", "goal": "6.13"},
        {"do": "report", "round": f"{PLAN}/2", "goal": "9.9"},
        {"do": "report", "round": 2, "goal": ["6.13"]},
    ],
)
async def test_a_button_of_no_form_we_know_gets_a_sentence(reporting, carried):
    await reporting.client.post("/api/messages", json=pressed(reporting.connector.service_url, carried))

    assert "Kortet passer ikke til nogen runde" in " ".join(texts(reporting.connector.cards[-1]))


async def test_what_people_write_stays_in_fields_and_is_never_markup(reporting):
    note = "[klik](https://example.com) **fed**"
    words = await reporting.press(**{NOW: "x", "6.13|note": note})

    assert note in words
    blocks = [one["text"] for one in elements(reporting.card) if one["type"] == "TextBlock"]
    assert not any("klik" in block for block in blocks)
