"""Two plans alive at once, over HTTP: the one in force, and the one that is being followed up."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

import bot as bot_module
from bplan_bot.access import Grant, Role
from bplan_bot.importers.plan_files import read_package
from bplan_bot.period import Period
from bplan_bot.settings import Settings
from db import notices, people, rounds
from db.bundled import prepare
from db.changes import last_changes
from db.observations import add_observations, load_series
from db.plans import import_package
from dialogs.doctor import as_lines, examine
from tests.card_structure import elements, faults, texts
from tests.factories import make_document, make_observation, make_round, text
from tests.fake_connector import USER_OBJECT_ID, FakeConnector, pressed, said, said_to_bot
from tests.fake_teams_files import FakeTeamsFiles
from tests.figure_files import csv_file
from tests.flows.conftest import RunningBot
from tests.flows.reporters import NO_JOBS

MADE = Path(__file__).parents[1] / "made_2025"
OLD, NEW = "norddjurs-2024", "norddjurs-2025"
APRIL = datetime(2025, 4, 22, 12, tzinfo=bot_module.COPENHAGEN)
"""The plan for 2025 is in force, and the second follow-up of 2024 is not yet handled."""

OF_2024, OF_2025 = "Bæredygtig indsats for uddannelseshjælpsmodtagere", "Unge i job eller uddannelse"
"""Goal 6.2 in each."""

MEANT = "Mente du Beskæftigelsesplan 2024, som er ved at blive gjort op?"

MADE_FIGURES = make_document(
    "made_2025_1",
    title=text("Opdigtede tal til afprøvning", "Made figures for testing"),
    case="",
    date=date(2025, 3, 1),
    rank=10,
)


class TwoPlans(RunningBot):
    """A bot with both plans; its clock stands at `now`."""

    now = APRIL

    async def answer(self, text: str, **fields: Any) -> str:
        """What a person reads after these words."""
        return await self.words_after(said(self.service_url, text, **fields))

    async def press(self, title: str, **fields: Any) -> str:
        """What a person reads after pressing the button of the last card with this title."""
        card = self.connector.cards[-1]
        (data,) = {str(e["data"]): e["data"] for e in elements(card) if e.get("title") == title}.values()
        return await self.words_after(pressed(self.service_url, data, **fields))

    async def open_round(self, plan: str = OLD, **changes: Any) -> None:
        async with self.parts.database.transaction() as session:
            await rounds.open_round(session, make_round(plan=plan, **changes))


@pytest.fixture
async def two(database_url):
    settings = Settings.model_validate({"DATABASE_URL": database_url})
    async with FakeConnector() as connector:
        parts = bot_module.build(settings, now=lambda: bot.now)
        await prepare(parts.database, now=APRIL)
        package = read_package({file.name: file.read_bytes() for file in MADE.iterdir()})
        async with parts.database.transaction() as session:
            await import_package(session, package, by="test", now=APRIL)
        client = TestClient(TestServer(bot_module.web_app(parts, NO_JOBS)))
        await client.start_server()
        bot = TwoPlans(client, connector, parts)
        yield bot
        await client.close()


@pytest.fixture
async def followed_up(two):
    """The same while the round for the second half of 2024 is open."""
    await two.open_round()
    return two


async def test_a_number_means_the_plan_in_force_and_the_answer_names_it(two):
    words = await two.answer("status for mål 6.2")

    assert OF_2025 in words
    assert "44,4 %" in words
    assert "Beskæftigelsesplan 2025" in words
    assert "Beskæftigelsesplan 2024" not in words


async def test_during_an_open_round_the_other_plan_is_offered_and_its_button_asks_the_same_of_it(followed_up):
    assert MEANT in await followed_up.answer("status for mål 6.2")
    assert faults(followed_up.connector.cards[-1]) == []

    words = await followed_up.press("Beskæftigelsesplan 2024")

    assert OF_2024 in words
    assert "Mente du" not in words


async def test_a_round_that_is_closed_offers_no_other_plan_any_more(followed_up):
    await followed_up.answer("overblik")
    async with followed_up.parts.database.transaction() as session:
        await rounds.close_round(session, make_round(), by="test", now=APRIL)

    assert "Mente du" not in await followed_up.answer("status for mål 6.2")


@pytest.mark.parametrize(
    "question",
    [
        "mål 6.2 i planen for 2024",
        "status for 6.2 i 2024-planen",
        "hvordan gik det med 6.2 i sidste års plan?",
        "6.2, beskæftigelsesplan 2024",
        "den forrige plan: mål 6.2",
        "6.2 in the 2024 plan",
        "status of goal 6.2 in last year's plan",
    ],
)
async def test_a_plan_that_is_named_is_answered_from_and_no_other_is_offered(followed_up, question):
    words = await followed_up.answer(question)

    assert OF_2025 not in words
    assert OF_2024 in words or "education support" in words
    assert MEANT not in words


async def test_a_plan_that_is_not_there_is_said_in_one_sentence_with_those_that_are(two):
    words = await two.answer("mål 6.2 i planen for 2019")

    assert "Jeg har ingen plan for 2019, kun Beskæftigelsesplan 2024 og Beskæftigelsesplan 2025." in words
    assert OF_2024 in await two.press("Beskæftigelsesplan 2024")


async def test_the_conversation_goes_on_about_the_plan_that_was_named(followed_up):
    await followed_up.answer("status for mål 6.2 i 2024-planen")

    assert "erhvervsuddannelser" in await followed_up.answer("og 6.3?")
    words = await followed_up.answer("status for mål 6.2")
    assert OF_2024 in words
    assert "Mente du Beskæftigelsesplan 2025, som gælder nu?" in words
    assert OF_2025 in await followed_up.press("Beskæftigelsesplan 2025")


async def test_naming_another_plan_alone_asks_the_same_again(followed_up):
    await followed_up.answer("status for mål 6.2")

    assert OF_2024 in await followed_up.answer("og i 2024-planen?")
    assert OF_2025 in await followed_up.answer("hvad med planen for 2025?")


async def test_a_goal_of_the_talk_that_the_named_plan_lacks_is_called_missing(two):
    await two.answer("status for mål 6.20")

    assert "Mål 6.20 findes ikke" in await two.answer("og i 2024-planen?")


async def test_another_conversation_and_a_later_hour_know_nothing_of_it(followed_up):
    await followed_up.answer("status for mål 6.2 i 2024-planen")
    elsewhere = {"id": "a:another", "conversationType": "personal"}

    assert OF_2025 in await followed_up.answer("status for mål 6.2", conversation=elsewhere)
    followed_up.now = APRIL + timedelta(minutes=31)
    assert OF_2025 in await followed_up.answer("status for mål 6.2")


async def test_a_button_asks_of_the_plan_of_its_card_however_late_it_is_pressed(two):
    await two.answer("overblik over planen for 2024")
    two.now = APRIL + timedelta(weeks=3)

    assert "Beskæftigelsesplan 2024" in await two.press("Ikke nåede mål")


async def test_a_forged_plan_on_a_button_is_as_none(two):
    data = {"ask": "status for mål 6.2", "plan": "norddjurs-1999"}

    assert OF_2025 in await two.words_after(pressed(two.service_url, data))


@pytest.mark.parametrize(("number", "plan", "own"), [("6.13", 2024, 2025), ("6.20", 2025, 2024)])
async def test_a_goal_that_only_the_other_plan_has_is_offered_from_it(two, number, plan, own):
    words = await two.answer(f"status for mål {number} i planen for {own}")

    assert f"Mål {number} findes ikke" in words
    assert f"Mente du Beskæftigelsesplan {plan}? Den har mål {number}." in words
    assert f"Mål {number} ·" in await two.press(f"Beskæftigelsesplan {plan}")


async def test_words_that_only_the_other_plan_knows_are_offered_from_it(two):
    words = await two.answer("hvordan går det med neet?")

    assert "Det har jeg ikke" in words
    assert "Mente du Beskæftigelsesplan 2024? Den har mål 6.7." in words
    assert "Mål 6.7 ·" in await two.press("Beskæftigelsesplan 2024")


async def test_what_no_plan_knows_is_offered_from_none(followed_up):
    assert "Mente du" not in await followed_up.answer("hvad er vejret i morgen?")


@pytest.mark.parametrize(
    ("year", "says"),
    [
        (2025, "Beskæftigelsesplan 2024 (01.01.2024-31.12.2024) følges op"),
        (2027, "Ingen plan gælder i dag"),
    ],
)
async def test_the_doctor_tells_of_every_plan(followed_up, year, says):
    parts = followed_up.parts
    found = await examine(
        parts.settings, parts.database, prepare=parts.prepare, now=lambda: APRIL.replace(year=year)
    )

    assert says in "\n".join(as_lines(found))


async def test_a_year_alone_names_no_plan_but_offers_the_one_of_that_year(two):
    words = await two.answer("status for mål 6.2 i 2024")

    assert OF_2025 in words
    assert "Mente du Beskæftigelsesplan 2024?" in words


async def test_english_questions_are_offered_the_other_plan_in_english(followed_up):
    words = await followed_up.answer("what is the status of goal 6.2?")

    assert "Did you mean Employment plan 2024, which is being followed up now?" in words
    assert "education support" in await followed_up.press("Employment plan 2024")


async def test_where_others_read_along_both_plans_are_shown_as_handled_only(followed_up):
    ask = said_to_bot(followed_up.service_url, "status for mål 6.2")
    words = await followed_up.words_after(ask)
    assert "44,4" not in words
    assert MEANT in words

    followed_up.now = APRIL + timedelta(days=30)  # the committee has handled 2024
    ask = said_to_bot(followed_up.service_url, "status for mål 6.2 i 2024-planen")
    assert "36,7 %" in await followed_up.words_after(ask)


async def test_with_no_plan_in_force_the_newest_is_answered_from_and_said_so(two):
    two.now = APRIL.replace(year=2027)

    for question in ("status for mål 6.2", "overblik", "hvilke mål er nået?"):
        words = await two.answer(question)
        assert "Ingen plan gælder i dag, så svaret er fra den nyeste: Beskæftigelsesplan 2025." in words
    assert "Ingen plan gælder" not in await two.answer("status for mål 6.2 i 2024-planen")


async def test_help_and_thanks_are_about_no_plan(followed_up):
    assert "Mente du" not in await followed_up.answer("hjælp")
    assert "Mente du" not in await followed_up.answer("tak")


async def test_a_letter_is_not_carried_by_a_button(followed_up):
    letter = "status for mål 6.2 " + "og hvad med de unge i kommunen " * 20

    assert "Mente du" not in await followed_up.answer(letter)


async def test_a_round_is_opened_and_closed_on_the_plan_that_is_named(two):
    assert "Beskæftigelsesplan 2025" in await two.answer(
        "åbn runden for 1. halvår i planen for 2025 med udvalg 10.09.2025"
    )
    opened = await two.answer("åbn runden for 2. halvår i 2024-planen med udvalg 14.05.2025")
    assert "Beskæftigelsesplan 2024" in opened

    shown = await two.answer("vis runden i 2024-planen")
    assert "Beskæftigelsesplan 2025 har også en åben runde" in shown
    await two.press("Luk runden")
    await two.press("Luk runden")

    async with two.parts.database.reading() as session:
        assert [one.plan for one in await rounds.open_rounds(session)] == [NEW]


@pytest.fixture
async def working(two):
    """The jobs of the bot, which knows the head, who reports 1.2 too; both plans have an open round."""
    working = bot_module.working(two.parts)
    await two.post(said(two.service_url, "hej"))
    async with two.parts.database.transaction() as session:
        for grant in (Grant(Role.HEAD), Grant(Role.REPORTER, "1.2")):
            await people.grant(session, USER_OBJECT_ID, grant, by="test", now=APRIL)
    await two.open_round(OLD, figures_by=date(2025, 4, 24))
    later = {
        "committee_on": date(2025, 9, 10),
        "agenda_on": date(2025, 9, 4),
        "figures_by": date(2025, 4, 25),
    }
    await two.open_round(NEW, half=1, **later)
    two.connector.received.clear()
    yield working.jobs
    await working.endpoint.close()


async def reminded_of(two) -> list[str]:
    """The plans whose rounds somebody was reminded of."""
    async with two.parts.database.reading() as session:
        found = [one for plan in (OLD, NEW) for one in await notices.with_prefix(session, f"{plan}/round")]
    return [one.plan for one in found]


async def test_each_round_reminds_with_a_form_of_its_own_plan_and_takes_figures_for_it(two, working):
    await working.run("remind", at=APRIL)
    await working.run("deliver", at=APRIL)
    assert await reminded_of(two) == [OLD, NEW]
    (of_old, of_new) = sorted(two.connector.cards, key=lambda card: "Beskæftigelsesplan 2025" in str(card))
    assert "Beskæftigelsesplan 2024" in " ".join(texts(of_old))
    assert "Beskæftigelsesplan 2025" in " ".join(texts(of_new))

    (button,) = [one["data"] for one in elements(of_old) if one.get("verb") == "report"]
    (field,) = [one["id"] for one in elements(of_old) if str(one.get("id")).endswith("|707|value")]
    await two.post(pressed(two.service_url, button | {field: "88,0"}))

    assert [await stored(two, plan) for plan in (OLD, NEW)] == [["88.0"], []]


async def stored(two, plan: str) -> list[str]:
    """The figures of 1.2 that were reported by form."""
    async with two.parts.database.reading() as session:
        series = await load_series(session, plan, as_of=APRIL.date())
    return [str(one.value) for one in series.of("1.2.share", "707") if "indberetning" in one.document.key]


async def test_an_alert_names_its_plan_and_its_buttons_ask_of_it(two, working):
    await working.run("watch", at=APRIL)
    worse = make_observation(
        "6.2.share", "31", period=Period.quarter(2025, 1), known_at=APRIL.date(), document=MADE_FIGURES
    )
    async with two.parts.database.transaction() as session:
        await add_observations(session, NEW, [worse], now=APRIL)
    await working.run("watch", at=APRIL + timedelta(hours=1))
    await working.run("deliver", at=APRIL + timedelta(hours=1))

    (card,) = two.connector.cards
    assert "Beskæftigelsesplan 2025" in " ".join(texts(card))
    asking = [one["data"] for one in elements(card) if "ask" in one.get("data", {})]
    assert {one["plan"] for one in asking} == {NEW}


async def test_a_plan_that_is_closed_is_neither_reminded_of_nor_watched_nor_opened_again(two, working):
    june = two.now = APRIL.replace(month=6, day=2)
    await working.run("remind", at=june)
    await working.run("watch", at=june)

    assert OLD not in await reminded_of(two)
    async with two.parts.database.reading() as session:
        assert [len(await last_changes(session, plan)) for plan in (OLD, NEW)] == [0, 4]
    said = await two.answer("åbn runden for 1. halvår i 2024-planen med udvalg 25.06.2025")
    assert "Udvalget har behandlet alle mål i Beskæftigelsesplan 2024" in said


async def test_a_file_is_for_the_plan_in_force_or_the_one_named_and_is_asked_about_during_a_round_of_another(
    two,
):
    async with FakeTeamsFiles() as drive:
        file = drive.put("tal.csv", csv_file("6.2;2024;36,1;;"))
        await two.answer("6.2 i 2024-planen")
        in_force = await two.answer("", attachments=[file])
        await two.open_round()
        either = await two.answer("ja", attachments=[file])
        named = await two.answer("ja, fordi tallet er nyt, til Beskæftigelsesplan 2024", attachments=[file])

    assert "tal.csv til Beskæftigelsesplan 2025" in in_force
    assert (
        "Tallene kan høre til Beskæftigelsesplan 2025 og Beskæftigelsesplan 2024, så intet er gemt" in either
    )
    assert "Gemt: tallene fra tal.csv til Beskæftigelsesplan 2024" in named
