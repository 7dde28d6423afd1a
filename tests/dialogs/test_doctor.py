"""The doctor tries the bot's login for real and says in words what is wrong with it."""

from datetime import UTC, datetime

import pytest

from bplan_bot.access import Grant, Role
from bplan_bot.settings import Settings
from bplan_bot.texts.speaker import Speaker
from db.bundled import prepare
from db.people import grant
from dialogs import doctor
from dialogs.outbound_token import TokenFault
from tests.dialogs.fake_microsoft import APP_ID, SECRET, TENANT

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


async def nothing() -> None:
    """The database is another test's concern."""


@pytest.fixture
def examined(database, entra):
    async def examined(address: str = "", **environment: str) -> list[str]:
        given = {"MicrosoftAppId": APP_ID, "MicrosoftAppPassword": SECRET, "MicrosoftAppTenantId": TENANT}
        findings = await doctor.examine(
            Settings.model_validate(given | environment),
            database,
            prepare=nothing,
            now=lambda: NOON,
            entra=address or entra.url,
        )
        return doctor.as_lines(findings)

    return examined


def line(lines: list[str], word: str) -> str:
    [found] = [line for line in lines if word in line]
    return found


async def test_a_login_that_works_is_well(examined, entra):
    assert line(await examined(), "godkender").startswith("✔")
    assert entra.paths == [f"/{TENANT}/oauth2/v2.0/token"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (7000222, "udløbet"),
        (7000215, "sæt hemmelighedens værdi"),
        (700016, "ret MicrosoftAppId"),
        (90002, "ret MicrosoftAppTenantId"),
        (53003, "AADSTS53003"),
    ],
)
async def test_a_refused_login_says_what_to_do(examined, entra, logged, code, words):
    entra.refuse(code)
    lines = await examined()
    assert line(lines, words).startswith("✖")
    assert SECRET not in "\n".join(lines)
    assert logged == [], "the doctor says it; no log line between its own"


async def test_without_a_network_it_says_that_nothing_could_be_tried(examined):
    assert line(await examined("http://127.0.0.1:9"), "kan ikke nås herfra").startswith("✖")


async def test_an_answer_nobody_can_read_is_said(examined, entra):
    entra.answer = b"<html>Log in to the network</html>"
    assert line(await examined(), "proxy").startswith("✖")


async def test_in_local_mode_nobody_logs_in(examined, entra):
    lines = await examined(MicrosoftAppId="", MicrosoftAppPassword="", MicrosoftAppTenantId="")
    assert entra.forms == []
    assert "Entra" not in "\n".join(lines)


@pytest.mark.parametrize(
    ("environment", "word", "mark"),
    [
        ({"BPLAN_TENANTS": TENANT}, "BPLAN_TENANTS", "✔"),
        ({"MicrosoftAppTenantId": "norddjurs.onmicrosoft.com"}, "er et navn", "✖"),
        ({"MicrosoftAppType": "MultiTenant", "MicrosoftAppTenantId": ""}, "alle tenants", "✖"),
    ],
)
async def test_doubts_about_the_tenant_are_said(examined, environment, word, mark):
    assert line(await examined(**environment), word).startswith(mark)


async def test_a_bot_of_several_tenants_logs_in_at_the_frameworks_own(examined, entra):
    await examined(MicrosoftAppType="MultiTenant")
    assert entra.paths == ["/botframework.com/oauth2/v2.0/token"]


def test_every_fault_has_its_sentence():
    for fault in TokenFault:
        assert Speaker("da").say(f"doctor.token_{fault.value}", code="AADSTS1")


@pytest.mark.parametrize(
    ("expires", "words", "mark"),
    [
        ("", "sæt BPLAN_SECRET_EXPIRES", "✔"),
        ("2027-11-20", "gælder til 20. november 2027", "✔"),
        ("2026-12-21", "udløber om 30 dage", "✔"),
        ("2026-11-22", "udløber i morgen", "✔"),
        ("2026-11-21", "udløber i dag", "✔"),
        ("2026-11-20", "udløb 20. november 2026", "✖"),
    ],
)
async def test_how_long_the_secret_is_good_for_is_said(examined, expires, words, mark):
    environment = {"BPLAN_SECRET_EXPIRES": expires} if expires else {}
    assert line(await examined(**environment), words).startswith(mark)


@pytest.fixture
async def with_plan(database):
    await prepare(database, now=NOON)


async def test_without_an_administrator_the_bot_is_not_well(examined, with_plan):
    assert line(await examined(), "Ingen er administrator").startswith("✖")


async def test_roles_nobody_has_are_said_and_the_bot_is_well_without_them(examined, with_plan, database):
    async with database.transaction() as session:
        await grant(session, "anna", Grant(Role.ADMINISTRATOR), by="test", now=NOON)
        await grant(session, "bo", Grant(Role.REPORTER, "1.1"), by="test", now=NOON)

    lines = await examined()

    assert line(lines, "Ingen er leder").startswith("✔")
    assert "1.1" not in line(lines, "Ingen er indberetter på mål 1.2, 1.3,")
    assert not any("administrator:" in one for one in lines)


async def test_in_local_mode_nobody_needs_a_role(examined, with_plan):
    lines = await examined(MicrosoftAppId="", MicrosoftAppPassword="", MicrosoftAppTenantId="")

    assert not any("Ingen er" in one for one in lines)


async def test_a_watched_folder_is_well_where_files_could_be_taken_from_it(examined, tmp_path):
    assert line(await examined(), "BPLAN_INBOX").startswith("✔")
    inbox = tmp_path / "inbox"
    assert line(await examined(BPLAN_INBOX=str(inbox)), str(inbox)).startswith("✖")
    inbox.mkdir()
    assert line(await examined(BPLAN_INBOX=str(inbox)), str(inbox)).startswith("✔")
    assert not (tmp_path / "accepted").exists()
    (tmp_path / "accepted").write_text("")
    assert line(await examined(BPLAN_INBOX=str(inbox)), "accepted").startswith("✖")
