"""What a stranger sees of the bot: whether it is ready, and nothing about where its things are."""

from datetime import UTC, date, datetime

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bplan_bot.settings import Settings
from db.bundled import prepare
from db.engine import Database
from dialogs import health
from tests.dialogs.fake_microsoft import APP_ID, bearer
from tests.fake_connector import said

NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)


async def readyz(database, token=lambda: None, secret_expires=None):
    app = web.Application()
    known = {"BPLAN_SECRET_EXPIRES": secret_expires} if secret_expires else {}
    settings = Settings.model_validate({"MicrosoftAppId": APP_ID, **known})
    ready = health.readiness(database, settings, now=lambda: NOON, token=token)
    app.router.add_get("/readyz", ready)
    async with TestClient(TestServer(app)) as client:
        response = await client.get("/readyz")
        return response.status, await response.text(), await response.json()


@pytest.fixture
async def loaded(database):
    await prepare(database, now=NOON)
    return database


async def test_a_ready_bot_says_that_its_database_is_ok_and_not_where_it_is(loaded):
    status, text, found = await readyz(loaded)
    assert (status, found["database"]) == (200, "ok")
    assert loaded.place.name not in text
    assert "/" not in text
    assert "token" not in found


@pytest.mark.parametrize("trouble", ["corrupt", "folder", "missing", "empty"])
async def test_an_unready_bot_says_why_without_a_path(tmp_path, trouble, logged):
    path = tmp_path / "secret-place" / "bplan.db"
    path.parent.mkdir()
    if trouble == "corrupt":
        path.write_bytes(b"this is no database" * 100)
    elif trouble == "folder":
        path.mkdir()
    elif trouble == "empty":
        path.touch()
    database = Database(f"sqlite+aiosqlite:///{path}")
    status, text, found = await readyz(database)
    await database.close()

    assert status == 503
    assert found["why"]
    assert "secret-place" not in text
    assert "/" not in text
    assert trouble == "empty" or "secret-place" in str(logged), (
        "the log says where, for those who may read it"
    )


async def test_a_server_that_cannot_be_reached_is_not_named(logged):
    database = Database("postgresql+asyncpg://somebody:a-password@127.0.0.1:9/bplan", busy_seconds=0.5)
    status, text, _ = await readyz(database)
    await database.close()
    assert status == 503
    assert not any(word in text for word in ("somebody", "a-password", "127.0.0.1", "bplan@"))


async def test_how_the_last_login_went_is_told_without_making_the_bot_unready(
    loaded, registered, entra, connector, clock
):
    outcomes = []

    async def noted() -> None:
        status, _, found = await readyz(loaded, lambda: registered.endpoint.token_outcome)
        outcomes.append((status, found["token"]))

    url = connector.service_url
    await noted()
    await registered.post(said(url, "hej"), headers=bearer(url))
    await noted()
    clock.seconds += 3600
    entra.refuse(7000222)
    await registered.post(said(url, "hej"), headers=bearer(url))
    await noted()

    expired = "the bot's secret (MicrosoftAppPassword) has expired; make a new one in Entra (AADSTS7000222)"
    assert outcomes == [(200, "not asked for yet"), (200, "ok"), (200, expired)]


@pytest.mark.parametrize(
    ("expires", "word"),
    [
        (None, None),
        (date(2026, 6, 2), None),
        (date(2025, 6, 9), "om 7 dage"),
        (date(2025, 6, 1), "udløb 1. juni 2025"),
    ],
)
async def test_a_secret_that_runs_out_is_a_warning_and_does_not_make_the_bot_unready(loaded, expires, word):
    status, _, found = await readyz(loaded, secret_expires=expires)

    assert (status, found["ready"]) == (200, True)
    assert ("warning" in found) == bool(word)
    assert word is None or word in found["warning"]
