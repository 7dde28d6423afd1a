"""Every run of a job is seen, also one that was killed; old ones are forgotten."""

from datetime import timedelta

from bplan_bot.job_run import JobRun
from db.engine import Database
from db.job_runs import begin, end, last_runs, tidy
from tests.factories import NOW


async def start(database: Database, job: str = "watch", *, day: int = 0) -> int:
    async with database.transaction() as session:
        return await begin(session, job, now=NOW + timedelta(days=day))


async def finish(
    database: Database, run: int, *, day: int = 0, outcome: str = "done", error: str = ""
) -> None:
    async with database.transaction() as session:
        now = NOW + timedelta(days=day, seconds=1)
        await end(session, run, now=now, outcome=outcome, did={"changes": 2}, error=error)


async def newest(database: Database) -> dict[str, JobRun]:
    async with database.reading() as session:
        return await last_runs(session)


async def forget(database: Database, *, before: int) -> int:
    async with database.transaction() as session:
        return await tidy(session, before=NOW + timedelta(days=before))


async def test_a_run_comes_back_as_it_ended(database: Database) -> None:
    run = await start(database)
    await finish(database, run, outcome="failed", error="Refused: database.locked")

    assert await newest(database) == {
        "watch": JobRun(
            id=run,
            job="watch",
            started_at=NOW,
            ended_at=NOW + timedelta(seconds=1),
            outcome="failed",
            did={"changes": 2},
            error="Refused: database.locked",
        )
    }


async def test_a_run_that_was_killed_is_seen_as_one_that_never_ended(database: Database) -> None:
    run = await start(database)

    assert await newest(database) == {"watch": JobRun(id=run, job="watch", started_at=NOW, did={})}


async def test_the_newest_run_of_each_job_counts_also_when_the_clock_was_set_back(database: Database) -> None:
    await start(database, "watch", day=2)
    deliver = await start(database, "deliver")
    watch = await start(database, "watch", day=1)

    found = await newest(database)
    assert {job: run.id for job, run in found.items()} == {"deliver": deliver, "watch": watch}


async def test_a_run_that_has_ended_stays_as_it_ended(database: Database) -> None:
    run = await start(database)
    await finish(database, run)
    await finish(database, run, day=1, outcome="failed")

    assert (await newest(database))["watch"].outcome == "done"


async def test_old_runs_are_forgotten_but_not_a_job_s_newest_nor_one_that_has_not_ended(
    database: Database,
) -> None:
    for day in (0, 1, 2):
        await finish(database, await start(database, day=day), day=day)
    await finish(database, await start(database, "deliver"))
    await start(database, "remind")
    await start(database, "remind")

    assert await forget(database, before=0) == 0
    assert await forget(database, before=2) == 2
    assert await forget(database, before=9) == 0
    assert set(await newest(database)) == {"deliver", "remind", "watch"}
