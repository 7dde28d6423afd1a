"""A form is filled in and comes back: from the pressed button to the stored figure and the next answer."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

import bot as bot_module
from bplan_bot.access import Grant, Role
from bplan_bot.goal import Decision
from bplan_bot.notice import Notice, NoticeKind, NoticeState
from bplan_bot.settings import Settings
from bplan_bot.status import Status
from db import notices, people, rounds
from db.audit import AuditEntry, entries
from db.bundled import prepare, read_bundled
from db.changes import last_changes
from db.observations import load_series
from db.plans import save_package
from dialogs.incoming import Event, Incoming
from dialogs.router import Router
from jobs.letters import Letters
from jobs.watch import watch
from tests.card_structure import elements, faults, texts
from tests.factories import make_round, text, with_goal
from tests.fake_connector import USER_OBJECT_ID, FakeConnector, pressed, said, said_to_bot, submitted
from tests.flows.conftest import NO_JOBS

APRIL = datetime(2025, 4, 10, 14, 5, tzinfo=bot_module.COPENHAGEN)
"""A day in the second round of 2024, before the committee's own follow-up is known."""

PLAN = "norddjurs-2024"
COLLEAGUE = "aaaaaaaa-0000-0000-0000-000000000009"
STRANGER = "aaaaaaaa-0000-0000-0000-000000000007"

JANUARY_25 = "6.13|2025-M01"
JANUARY_24 = "6.13|2024-M01"
NOW = f"{JANUARY_25}|6.13.apprentices|707|value"
BEFORE = f"{JANUARY_24}|6.13.apprentices|707|value"


@dataclass
class Reporting:
    """A bot on 10 April 2025 with an open round, and the person who reports 6.13 and 5.2 in it."""

    client: TestClient[Any, Any]
    connector: FakeConnector
    parts: bot_module.Bot
    card: dict[str, Any]
    at: list[datetime]

    async def press(self, do: str = "report", goal: str = "6.13", **fields: str) -> str:
        """The words of the card after a button was pressed with these fields written."""
        return await self.press_as(USER_OBJECT_ID, do, goal, **fields)

    async def press_as(self, person: str, do: str, goal: str = "6.13", **fields: str) -> str:
        answer = await self._answer_as(person, do, goal, **fields)
        assert answer["type"] == "application/vnd.microsoft.card.adaptive", answer
        assert faults(answer["value"]) == []
        self.card = answer["value"]
        return " ".join(texts(self.card))

    async def words_as(self, person: str, do: str, goal: str = "6.13", **fields: str) -> str:
        """All they read after a press: a card in place of the pressed one, or a message of its own."""
        answer = await self._answer_as(person, do, goal, **fields)
        in_place = answer["type"] == "application/vnd.microsoft.card.adaptive"
        return " ".join(texts(answer["value"] if in_place else self.connector.cards[-1]))

    async def _answer_as(self, person: str, do: str, goal: str, **fields: str) -> dict[str, Any]:
        carried = {"do": do, "round": f"{PLAN}/2", "goal": goal, "goals": "5.2 6.13"}
        user = {"id": f"29:{person}", "name": "En Medarbejder", "aadObjectId": person}
        activity = pressed(self.connector.service_url, carried | fields) | {"from": user}
        response = await self.client.post("/api/messages", json=activity)
        assert response.status == 200, await response.text()
        return dict(await response.json())

    async def answer_to(self, words: str) -> str:
        activity = said(self.connector.service_url, words)
        assert (await self.client.post("/api/messages", json=activity)).status == 200
        return " ".join(texts(self.connector.cards[-1]))

    def written_in(self, field: str) -> str | None:
        """What stands in a field of the last card; None where it has no such field."""
        found = [one for one in elements(self.card) if one.get("id") == field]
        return found[0].get("value", "") if found else None

    def button(self, title: str) -> dict[str, Any]:
        """What a button of the last card carries."""
        (found,) = [one for one in elements(self.card) if one.get("title") == title and one.get("verb")]
        return dict(found["data"])

    async def stored(self) -> list[str]:
        """The figures of 6.13 that stand, as period and value."""
        async with self.parts.database.reading() as session:
            series = await load_series(session, PLAN, as_of=self.at[0].date())
        return [f"{one.period.code} {one.value}" for one in series.of("6.13.apprentices", "707")]

    async def audit(self, goal: str = "6.13") -> list[AuditEntry]:
        async with self.parts.database.reading() as session:
            return list(await entries(session, subject=f"{PLAN}/{goal}", limit=10))

    async def told_of_goals(self) -> list[str]:
        """Who got a card of their own, since a goal was handed to them, in that order."""
        working = bot_module.working(self.parts)
        await working.jobs.run("deliver", at=self.at[0])
        await working.endpoint.close()
        async with self.parts.database.reading() as session:
            told = await notices.with_prefix(session, f"{PLAN}/round-2/")
        delivered = [one for one in told if one.state is NoticeState.DELIVERED]
        return [one.recipient for one in sorted(delivered, key=lambda one: one.id)]

    async def grant(self, person: str, role: Role, goal: str | None = None) -> None:
        async with self.parts.database.transaction() as session:
            await people.grant(session, person, Grant(role, goal), by="test", now=APRIL)

    async def close_round(self) -> None:
        async with self.parts.database.transaction() as session:
            await rounds.close_round(session, make_round(), by="planner", now=self.at[0])

    async def letter_to(self, person: str, at: datetime = APRIL) -> str | None:
        """What a reminder to somebody says when it is sent."""
        notice = Notice(
            key="reminder",
            kind=NoticeKind.REMINDER,
            recipient=person,
            facts={"plan": PLAN, "half": 2},
            created_at=at,
            next_at=at,
            plan=PLAN,
        )
        reply = await Letters(self.parts.database).of(notice, at)
        return " ".join(texts(reply.card)) if reply else None


def with_own_router(parts: bot_module.Bot, settings: Settings, at: list[datetime]) -> bot_module.Bot:
    return replace(parts, router=Router(parts.database, settings=settings, now=lambda: at[0]))


@pytest.fixture
async def reporting(database_url: str) -> AsyncIterator[Reporting]:
    at = [APRIL]
    settings = Settings.model_validate({"DATABASE_URL": database_url})
    parts = bot_module.build(settings, now=lambda: at[0])
    # Known by their roles, as in Teams: in local mode everybody may do everything.
    known = settings.model_copy(update={"app_id": "11111111-2222-3333-4444-555555555555"})
    parts = with_own_router(parts, known, at)
    await prepare(parts.database, now=APRIL)
    async with FakeConnector() as connector:
        client = TestClient(TestServer(bot_module.web_app(parts, NO_JOBS)))
        await client.start_server()
        running = Reporting(client, connector, parts, {}, at)
        for goal in ("6.13", "5.2"):
            await running.grant(USER_OBJECT_ID, Role.REPORTER, goal)
        async with parts.database.transaction() as session:
            await rounds.open_round(session, make_round(figures_by=date(2025, 4, 24)))
        yield running
        await client.close()


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
