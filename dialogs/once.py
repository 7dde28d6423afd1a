"""Remembers for a while what has been seen to, so that it is done once."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

LIMIT = 10_000


class Once:
    """What was claimed within the last `seconds`. In memory and bounded by `limit`, since anybody may write
    anything: what was claimed longest ago is forgotten first. `clock` gives monotonic seconds."""

    def __init__(self, clock: Callable[[], float], *, seconds: float, limit: int = LIMIT) -> None:
        self._clock = clock
        self._seconds = seconds
        self._limit = limit
        self._claimed: OrderedDict[Hashable, float] = OrderedDict()

    def claim(self, key: Hashable) -> bool:
        """True for the first who asks; no await inside, so two events at once cannot both get it."""
        now = self._clock()
        claimed = self._claimed.get(key)
        if claimed is not None and now - claimed < self._seconds:
            return False
        self._claimed[key] = now
        self._claimed.move_to_end(key)
        if len(self._claimed) > self._limit:
            self._claimed.popitem(last=False)
        return True

    def forget(self, key: Hashable) -> None:
        """The next who asks gets it."""
        self._claimed.pop(key, None)
