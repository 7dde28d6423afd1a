"""Days and nights that pass in a moment: jobs run when their triggers say, on a clock that a test moves."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta, tzinfo

from jobs.schedule import Times


class Days:
    """Runs jobs as the Clock does, as far as it concerns when: what was missed is run once, late.

    `run` runs one job by its name at a time, as `Jobs.run(name, at=time)` does; `ran` says what ran when.
    Times are told in `zone` and counted in UTC, since of two times of one zone Python compares the faces.
    """

    def __init__(
        self, triggers: Times, run: Callable[[str, datetime], Awaitable[object]], zone: tzinfo
    ) -> None:
        self.ran: list[tuple[str, datetime]] = []
        self._triggers = triggers
        self._run = run
        self._zone = zone
        self._planned: dict[str, datetime] = {}
        self._now = datetime.min.replace(tzinfo=UTC)

    @property
    def now(self) -> datetime:
        """What the clock on the wall shows."""
        return self._now.astimezone(self._zone)

    def start(self, now: datetime) -> None:
        """Begin, or begin again, at `now` (aware): nothing is remembered."""
        self._now = now.astimezone(UTC)
        self._planned = {name: self._from_now(name) for name in self._triggers}

    async def until(self, moment: datetime) -> None:
        """Stay awake until then."""
        while (following := min(self._planned.values())) <= moment.astimezone(UTC):
            self._now = max(following, self._now)
            await self._run_due()
        self._now = moment.astimezone(UTC)

    async def sleep_until(self, moment: datetime) -> None:
        """Nothing runs until then, and then what was missed."""
        self._now = moment.astimezone(UTC)
        await self._run_due()

    async def run_now(self, name: str, moment: datetime) -> None:
        """Run one job by hand then, whatever else is planned."""
        self._now = moment.astimezone(UTC)
        await self._run(name, self.now)

    def set_back(self, by: timedelta) -> None:
        """Somebody sets the clock of the machine back; soon after, the Clock finds out."""
        self._now -= by
        self._planned = {name: min(when, self._from_now(name)) for name, when in self._planned.items()}

    def times_of(self, name: str) -> list[datetime]:
        """When a job ran."""
        return [when for job, when in self.ran if job == name]

    async def _run_due(self) -> None:
        for name in sorted(self._planned, key=self._planned.__getitem__):
            planned = self._planned[name]
            if planned > self._now:
                continue
            while planned <= self._now:
                planned = self._triggers[name].get_next_fire_time(planned, self._now).astimezone(UTC)
            self._planned[name] = planned
            self.ran.append((name, self.now))
            await self._run(name, self.now)

    def _from_now(self, name: str) -> datetime:
        planned: datetime = self._triggers[name].get_next_fire_time(None, self._now)
        return planned.astimezone(UTC)
