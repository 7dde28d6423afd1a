"""A job that fails stops nothing, and its failure is kept without what anybody wrote."""

from datetime import UTC, datetime

from structlog.testing import capture_logs

from db import job_runs
from jobs.running import run_job

NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
WRITTEN = "borger 010203-1234 har klaget"


async def test_a_fault_is_logged_and_kept_without_what_somebody_wrote(database):
    async def stumble(_):
        raise ValueError(f"cannot store {WRITTEN!r}")

    with capture_logs() as logged:
        done = await run_job("watch", stumble, database=database, now=lambda: NOON)

    async with database.reading() as session:
        run = (await job_runs.last_runs(session))["watch"]
    assert (done, run.outcome, run.error) == (False, "failed", "ValueError")
    assert [(line["event"], line["problem"]) for line in logged] == [("job_failed", "ValueError")]
    assert "stumble" in logged[0]["traceback"]
    assert WRITTEN not in str(logged)
