"""What a monitor sees of the bot."""

from pathlib import Path

from aiohttp.test_utils import TestClient, TestServer

import bot as bot_module
from bplan_bot.settings import Settings


async def test_a_running_bot_is_alive_and_ready_with_its_plan(running):
    alive = await running.client.get("/healthz")
    ready = await running.client.get("/readyz")

    assert alive.status == 200
    assert ready.status == 200
    assert (await ready.json())["goals"] == 22


async def test_the_last_run_of_each_job_is_shown(running):
    working = bot_module.working(running.parts)
    assert await working.jobs.run("self-check")
    await working.endpoint.close()
    jobs = (await (await running.client.get("/readyz")).json())["jobs"]

    assert jobs["self-check"]["outcome"] == "done"
    assert jobs["self-check"]["ended"] is not None


async def test_a_database_without_tables_is_not_ready_and_says_why(empty_database_url):
    await _not_ready(empty_database_url, "Databasen")


async def test_a_corrupt_database_is_not_ready_and_says_why(tmp_path: Path):
    path = tmp_path / "bplan.db"
    path.write_bytes(b"this is no database" * 100)

    await _not_ready(f"sqlite+aiosqlite:///{path}", "ødelagt")


async def _not_ready(url: str, word: str) -> None:
    parts = bot_module.build(Settings.model_validate({"DATABASE_URL": url}))
    async with TestClient(TestServer(bot_module.web_app(parts))) as client:
        alive, ready = await client.get("/healthz"), await client.get("/readyz")

        assert alive.status == 200
        assert ready.status == 503
        assert word in (await ready.json())["why"]


async def test_a_database_file_that_was_deleted_under_the_running_bot_is_not_ready(tmp_path: Path):
    path = tmp_path / "bplan.db"
    parts = bot_module.build(Settings.model_validate({"DATABASE_URL": f"sqlite+aiosqlite:///{path}"}))
    await parts.prepare()
    async with TestClient(TestServer(bot_module.web_app(parts))) as client:
        before = await client.get("/readyz")
        path.unlink()
        after = await client.get("/readyz")

        assert before.status == 200
        assert after.status == 503
        assert "Start botten igen" in (await after.json())["why"]
