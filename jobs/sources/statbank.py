"""Asks Statistics Denmark's StatBank: its catalogue, what a table can be asked, and the table's figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bplan_bot.catalogue import Insides, Listing
from bplan_bot.fed import Fed, Read
from bplan_bot.feed import FeedSource
from bplan_bot.importers.statbank import (
    insides_of,
    query_of,
    read_catalogue,
    read_rows,
    read_variables,
    readings_of,
    refuse_answer,
)
from jobs.sources.http import SourceHttp
from jobs.sources.source import Areas

_DANISH = {"lang": "da", "format": "JSON"}


@dataclass(frozen=True, slots=True)
class Statbank:
    """StatBank at an address; it asks for no key."""

    http: SourceHttp
    address: str
    key: FeedSource = FeedSource.STATBANK

    async def listings(self) -> tuple[Listing, ...]:
        """Every table with when its figures came; it does not say when the next come."""
        return read_catalogue(await self._post("tables", _DANISH))

    async def insides(self, table: str) -> Insides:
        """The periods and variables of one table; all its numbers are in one column."""
        return insides_of(read_variables(await self._post("tableinfo", {"table": table, **_DANISH})))

    async def read(self, table: str, feds: Sequence[Fed], *, areas: Areas) -> tuple[Read, ...]:
        """The figures of one table: what it can be asked first, then one call for each feed."""
        variables = read_variables(await self._post("tableinfo", {"table": table, **_DANISH}))
        found: list[Read] = []
        for fed in feds:
            body = query_of(fed.feed, variables, areas=tuple(areas.values()), since=fed.since)
            if body:
                rows = read_rows(await self._post("data", body))
                found.append(Read(fed, _place(body), readings_of(rows, fed, variables)))
        return tuple(found)

    async def _post(self, path: str, body: Mapping[str, Any]) -> bytes:
        answered = await self.http.post(f"{self.address}/{path}", body)
        refuse_answer(answered.status, answered.content, retry_after=answered.retry_after)
        return answered.content


def _place(body: Mapping[str, Any]) -> str:
    return "&".join(f"{one['code']}={','.join(one['values'])}" for one in body["variables"])
