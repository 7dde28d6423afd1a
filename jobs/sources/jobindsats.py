"""Asks jobindsats' API, version 3: its catalogue, what a table can be asked, and the table's figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import SecretStr

from bplan_bot.catalogue import Insides, Listing
from bplan_bot.fed import Fed, Read
from bplan_bot.feed import FeedSource
from bplan_bot.importers.jobindsats import (
    PERIODS,
    Rows,
    TooManyPeriods,
    insides_of,
    latest,
    query_for_columns,
    query_of,
    read_catalogue,
    read_rows,
    read_table,
    readings_of,
    refuse_answer,
)
from bplan_bot.source_state import changed, locked_out
from jobs.sources.http import SourceHttp
from jobs.sources.source import Areas, asked_together


@dataclass(frozen=True, slots=True)
class Jobindsats:
    """jobindsats at an address, with the key it is asked with."""

    http: SourceHttp
    address: str
    token: SecretStr
    key: FeedSource = FeedSource.JOBINDSATS

    async def listings(self) -> tuple[Listing, ...]:
        """Every table with when its figures came and when the next come."""
        return read_catalogue(await self._get("tables", {"format": "json"}))

    async def insides(self, table: str) -> Insides:
        """The periods, measures and members of one table."""
        shape = read_table(await self._get(f"table/{table.lower()}", {"format": "json"}))
        rows, _ = await self._rows(table, query_for_columns(shape))
        return insides_of(shape, rows)

    async def read(self, table: str, feds: Sequence[Fed], *, areas: Areas) -> tuple[Read, ...]:
        """The figures of one table: what it can be asked first, then one call for what is asked alike."""
        shape = read_table(await self._get(f"table/{table.lower()}", {"format": "json"}))
        found: list[Read] = []
        for alike in asked_together(feds):
            since = min(fed.since for fed in alike)
            query = query_of(alike[0].feed, shape, areas=areas, since=since)
            if not query:
                continue
            rows, asked = await self._rows(table, query)
            place = "&".join(f"{name}={value}" for name, value in asked.items() if name != "format")
            found += [Read(fed, place, readings_of(rows, fed, areas=areas)) for fed in alike]
        return tuple(found)

    async def _rows(self, table: str, query: Mapping[str, str]) -> tuple[Rows, Mapping[str, str]]:
        """The rows, and the query they came for: fewer periods where the table has lost some meanwhile."""
        path = f"data/{table.lower()}"
        try:
            return read_rows(await self._get(path, query)), query
        except TooManyPeriods as many:
            fewer = {
                name: latest(many.available) if name.startswith(PERIODS) else value
                for name, value in query.items()
            }
        try:
            return read_rows(await self._get(path, fewer)), fewer
        except TooManyPeriods as many:
            raise changed("HTTP 422: too many periods") from many

    async def _get(self, path: str, query: Mapping[str, str]) -> bytes:
        key = self.token.get_secret_value().strip()
        if not (key.isascii() and key.isprintable()):
            raise locked_out("the key holds signs that no key has")
        headers = {"Authorization": f"Bearer {key}"}
        answered = await self.http.get(f"{self.address}/{path}", query=query, headers=headers)
        refuse_answer(answered.status, answered.content, retry_after=answered.retry_after)
        return answered.content
