"""The clock: APScheduler starts each job at its times, and remembers nothing; what is due lives in rows."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, tzinfo
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

Times = Mapping[str, BaseTrigger]
"""By job, when it looks for due work."""


def times(zone: tzinfo) -> Times:
    """When each job looks for due work. A look that was missed is made up for by the next one."""
    # Counted from a day long ago rather than from the start, so that a time can also be found for a clock
    # that was set back to before it.
    every = partial(IntervalTrigger, start_date=datetime(1970, 1, 1, tzinfo=zone), timezone=zone)
    return {
        "deliver": every(seconds=10),
        "watch": every(minutes=5),
        "follow-up": every(minutes=15),
        "inbox": every(minutes=1),
        # In the hours in which sources put figures out; not on the hour, when everybody asks.
        "poll": CronTrigger(hour="6-18", minute=20, timezone=zone),
        "remind": every(minutes=15),
        "self-check": every(minutes=30),
        "tidy": CronTrigger(hour=3, minute=40, timezone=zone),
    }


LOOK_AGAIN = 60.0
"""Seconds for which jobs wait at most after the machine's clock was set back."""


class Clock:
    """Starts and stops the jobs, each by its name: `run` runs one."""

    def __init__(
        self, run: Callable[[str], Awaitable[object]], triggers: Times, *, look_again: float = LOOK_AGAIN
    ) -> None:
        # Measured: a missed run is dropped after one second unless misfire_grace_time is None, and several
        # missed runs of one job start one after the other unless they are coalesced.
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,  # each trigger has a zone of its own
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for name, trigger in triggers.items():
            self._scheduler.add_job(run, trigger, args=[name], id=name)
        self._look_again = look_again
        self._looking: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin, in the running loop."""
        self._scheduler.start()
        self._look_later()

    def stop(self) -> None:
        """Start nothing more; a job that is running ends by itself."""
        if self._looking:
            self._looking.cancel()
        self._scheduler.shutdown(wait=False)

    def _look_later(self) -> None:
        self._looking = asyncio.get_running_loop().call_later(self._look_again, self._bring_forward)

    def _bring_forward(self) -> None:
        """Have no job wait longer than it would if it were planned now.

        Measured: where the machine's clock is set back by a day, APScheduler starts nothing for a day.
        """
        for job in self._scheduler.get_jobs():
            planned = job.next_run_time
            job.reschedule(job.trigger)
            if planned < job.next_run_time:  # as a rule; it may even be due
                job.modify(next_run_time=planned)
        self._look_later()
