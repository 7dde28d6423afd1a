"""The clock: APScheduler starts each job at its times, and remembers nothing; what is due lives in rows."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, tzinfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

Times = Mapping[str, BaseTrigger]
"""By job, when it looks for due work."""


def times(zone: tzinfo) -> Times:
    """When each job looks for due work. A look that was missed is made up for by the next one."""
    return {
        "deliver": IntervalTrigger(seconds=10, timezone=zone),
        "watch": IntervalTrigger(minutes=5, timezone=zone),
        "follow-up": IntervalTrigger(minutes=15, timezone=zone),
        "remind": IntervalTrigger(minutes=15, timezone=zone),
        "self-check": IntervalTrigger(minutes=30, timezone=zone),
        "tidy": CronTrigger(hour=3, minute=40, timezone=zone),
    }


class Clock:
    """Starts and stops the jobs, each by its name: `run` runs one."""

    def __init__(self, run: Callable[[str], Awaitable[object]], triggers: Times) -> None:
        # Measured: a missed run is dropped after one second unless misfire_grace_time is None, and several
        # missed runs of one job start one after the other unless they are coalesced.
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,  # each trigger has a zone of its own
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for name, trigger in triggers.items():
            self._scheduler.add_job(run, trigger, args=[name], id=name)

    def start(self) -> None:
        """Begin, in the running loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Start nothing more; a job that is running ends by itself."""
        self._scheduler.shutdown(wait=False)
