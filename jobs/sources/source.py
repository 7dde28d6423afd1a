"""What poll knows of a source, and what the sources have in common."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Protocol

from bplan_bot.catalogue import Insides, Listing
from bplan_bot.fed import Fed, Read
from bplan_bot.feed import FeedSource

Areas = Mapping[str, str]
"""The areas whose figures are fetched: codes by bare name, the whole country among them."""


class Source(Protocol):
    """One source. What it does not give raises SourceFails."""

    @property
    def key(self) -> FeedSource:
        """Which one it is."""

    async def listings(self) -> tuple[Listing, ...]:
        """Its catalogue, in one call."""

    async def insides(self, table: str) -> Insides:
        """What one table holds, for who chooses of it."""

    async def read(self, table: str, feds: Sequence[Fed], *, areas: Areas) -> tuple[Read, ...]:
        """The figures of one table for the indicators it feeds."""


def asked_together(feds: Iterable[Fed]) -> tuple[tuple[Fed, ...], ...]:
    """The feeds of one table whose figures come with one call: of the same periods and dimensions."""

    def alike(fed: Fed) -> tuple[object, ...]:
        dimensions = tuple(sorted({choice.dimension for choice in fed.feed.choices}))
        return (fed.feed.period, fed.feed.area_dimension, dimensions)

    return tuple(tuple(own) for _, own in groupby(sorted(feds, key=lambda f: str(alike(f))), key=alike))
