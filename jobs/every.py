"""Every job by its name, ready to run: what the clock starts and what the command line runs once."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from functools import partial

import structlog

from bplan_bot.errors import Refused, WrongUse
from bplan_bot.settings import Settings
from db.engine import Database
from db.inbox_folder import InboxFolder
from db.leadership import LEADING, POLLING, TAKING, leadership
from jobs.deliver import Deliverer
from jobs.follow_ups import due_follow_ups
from jobs.inbox import Inbox
from jobs.poll import Poll
from jobs.remind import remind
from jobs.running import Step, run_job
from jobs.self_check import SelfCheck
from jobs.sources.on import sources_on
from jobs.tidy import tidy
from jobs.watch import watch

log = structlog.get_logger(__name__)

ALONE = {
    "follow-up": LEADING,
    "inbox": TAKING,
    "poll": POLLING,
    "remind": LEADING,
    "self-check": LEADING,
    "tidy": LEADING,
    "watch": LEADING,
}
"""Jobs that one process at a time runs, and the lock it holds; deliverers share the outbox row by row."""


class Jobs:
    """The jobs of one bot. `now` tells the time (aware, in the municipality's zone); a run may be told
    another. `settings` say when a round reminds, how long questions are kept, when the secret runs out,
    which sources are asked for figures and which folder is watched for them."""

    def __init__(
        self, database: Database, deliverer: Deliverer, *, now: Callable[[], datetime], settings: Settings
    ) -> None:
        self._database = database
        self._now = now
        self._sources = sources_on(settings)
        watched = InboxFolder(settings.inbox) if settings.inbox else None
        keep_questions = timedelta(days=settings.keep_questions_days)
        self._steps: dict[str, Step] = {
            "deliver": deliverer.deliver,
            "follow-up": partial(due_follow_ups, database),
            "inbox": Inbox(database, watched, deliverer.passing).look,
            "poll": Poll(database, self._sources.all, settings, deliverer.passing).poll,
            "remind": partial(remind, database, lead=settings.lead),
            "self-check": SelfCheck(database, settings.known_secret_expires).look,
            "tidy": partial(tidy, database, keep_questions=keep_questions),
            "watch": partial(watch, database, passing=deliverer.passing),
        }

    @property
    def names(self) -> tuple[str, ...]:
        """What there is to run."""
        return tuple(self._steps)

    async def close(self) -> None:
        """Give back what the jobs hold open."""
        await self._sources.close()

    async def run(self, name: str, *, at: datetime | None = None) -> bool:
        """Run one job once, as at `at` or now; whether it succeeded. WrongUse where there is none such."""
        step = self._steps.get(name)
        if step is None:
            raise WrongUse("job.unknown", name=name, known=self.names)
        now = self._now if at is None else lambda: at
        try:
            async with AsyncExitStack() as stack:
                lock = ALONE.get(name)
                if lock and not await stack.enter_async_context(leadership(self._database, lock=lock)):
                    return True  # another process is at it, and looks for the same due work
                return await run_job(name, step, database=self._database, now=now)
        except Refused as refused:
            log.error("job_not_run", job=name, reason=str(refused))
            return False
