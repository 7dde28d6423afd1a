"""The clock of the demonstration: it stands where a scene puts it, and runs on from there."""

from collections.abc import Callable
from datetime import datetime, timedelta


class StatedClock:
    """Tells the stated time. `elapsed` counts real seconds; it goes on between two scenes."""

    def __init__(self, start: datetime, elapsed: Callable[[], float]) -> None:
        self._elapsed = elapsed
        self._stated = start
        self._at = elapsed()

    def now(self) -> datetime:
        """The stated time (aware)."""
        return self._stated + timedelta(seconds=self._elapsed() - self._at)

    def move(self, to: datetime) -> None:
        """Go to a later time; ValueError for an earlier one, since rows of the future would be waited for."""
        if to < self.now():
            raise ValueError(f"the clock stands at {self.now()}, which is after {to}")
        self._stated, self._at = to, self._elapsed()
