"""jobindsats' API, version 3, as its documentation and its users show it, with figures that are made.

It speaks the wire format, its errors included; none of its figures is anybody's. What the format leaves open
(whether a catalogue's dates have a time, the keys of a table's measures) is chosen here and marked so.
"""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from aiohttp import web

from bplan_bot.plan_package import PlanPackage
from tests.loopback import Loopback

TOKEN = "a-made-key"
COUNTRY = "Hele landet"
MUNICIPALITIES = {"Norddjurs": "/707/", "Syddjurs": "/706/", "Randers": "/730/"}

Cell = int | float | None
Made = Callable[[str, str, tuple[str, ...]], list[Cell]]
"""(period id, area's label, labels of the dimensions' members) -> one cell for each measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeTable:
    """One table. `dimensions`: by hierarchy id the label of its column and its members, the total first."""

    id: str
    title: str
    periods: Mapping[str, tuple[str, ...]]
    measures: tuple[str, ...]
    made: Made
    subject: str = "Ydelser"
    published: str = "2025-05-26"
    expected: str = "2025-06-26"
    dimensions: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """An answer in the place of the right one; `status` 0 hangs up in the middle of it."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    on: str = ""
    """Requests whose path holds this."""
    delay: float = 0.0


def unprocessable(cause: str) -> Fault:
    """A 422 as the API writes it."""
    body = {"code": 422, "cause": cause, "request_id": "3624ae77-9a8c-4860-8613-4b4669e03cd3"}
    return Fault(422, json.dumps(body).encode(), {"Content-Type": "application/json"}, on="/data/")


class FakeJobindsats(Loopback):
    """Use as `async with`; `requests` has every path that was asked, `queries` what was asked of data.

    `after_metadata` happens when somebody has read what a table can be asked.
    """

    def __init__(self, *tables: FakeTable) -> None:
        self.tables = {table.id: table for table in tables}
        self.requests: list[str] = []
        self.queries: list[dict[str, str]] = []
        self.fault: Fault | None = None
        self.after_metadata: Callable[[], None] | None = None
        app = web.Application()
        for path, answer in (
            ("tables", self._tables),
            ("table/{id}", self._table),
            ("data/{id}", self._data),
        ):
            app.router.add_get(f"/v3/{path}", answer)
        super().__init__(app)

    @property
    def url(self) -> str:
        return self.at("/v3")

    @property
    def settings(self) -> dict[str, str]:
        """What turns it on."""
        return {"BPLAN_JOBINDSATS_URL": self.url, "BPLAN_JOBINDSATS_TOKEN": TOKEN}

    def publish(self, id_: str, **changes: Any) -> None:
        """Put a table out anew."""
        self.tables[id_] = replace(self.tables[id_], **changes)

    async def _tables(self, request: web.Request) -> web.StreamResponse:
        shown = [_listed(table) for table in self.tables.values()]
        groups = [{"table_group_name": "Tabeller", "tables": shown}]
        return await self._answer(request, [{"subject_name": "Ydelser", "table_groups": groups}])

    async def _table(self, request: web.Request) -> web.StreamResponse:
        table = self.tables.get(request.match_info["id"])
        found = _metadata(table) if table else None
        if self.after_metadata:
            self.after_metadata()
        return await self._answer(request, found)

    async def _data(self, request: web.Request) -> web.StreamResponse:
        table = self.tables.get(request.match_info["id"])
        query = dict(request.query)
        self.queries.append(query)
        if table is None:
            return await self._answer(request, None)
        cause = _cause(table, query)
        if cause:
            wrong = unprocessable(cause)
            return web.Response(status=422, body=wrong.body, content_type="application/json")
        return await self._answer(request, data_of(table, query))

    async def _answer(self, request: web.Request, found: Any) -> web.StreamResponse:
        self.requests.append(request.path.removeprefix("/v3"))
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.Response(status=401)
        fault = self.fault
        if fault and fault.on in request.path:
            await asyncio.sleep(fault.delay)
            if fault.status:
                return web.Response(status=fault.status, body=fault.body, headers=fault.headers)
            return await _cut_off(request, found)
        return web.json_response(found, status=404 if found is None else 200)


async def _cut_off(request: web.Request, found: Any) -> web.StreamResponse:
    """Half of what it says it sends."""
    body = json.dumps(found).encode()
    response = web.StreamResponse(headers={"Content-Length": str(len(body))})
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    assert request.transport
    request.transport.abort()
    return response


def _listed(table: FakeTable) -> dict[str, Any]:
    types = [{"periodtype_id": form, "period_last": ids[-1]} for form, ids in table.periods.items()]
    return {
        "table_id": table.id,
        "table_name": table.title,
        "link_infopage": f"https://jobindsats.dk/information/om-malinger/{table.id}",
        "link_tablepage": f"https://jobindsats.dk/databank/{table.id}",
        "update_freq": "m",
        "update_latest": table.published,
        "update_next": table.expected,
        "mgroups": [{"mgroup_id": f"mgrp{table.id}_1", "mgroup_name": "Målinger"}],
        "periods": {"periodtypes": types},
    }


def _metadata(table: FakeTable) -> dict[str, Any]:
    areas = [{"value_id": id_, "value_name": name} for name, id_ in MUNICIPALITIES.items()]
    dimensions = [_dimension("_omrade", "_nykom", areas)]
    for hierarchy, (_, members) in table.dimensions.items():
        values = [{"value_id": _id(place), "value_name": name} for place, name in enumerate(members)]
        dimensions.append(_dimension(hierarchy, hierarchy, values))
    periods = [
        {"periodtype_id": form, "values": [{"period_id": id_} for id_ in ids]}
        for form, ids in table.periods.items()
    ]
    measures = [{"id": f"meas{place}", "label": name} for place, name in enumerate(table.measures, 1)]
    mgroups = [{"mgroup_id": f"mgrp{table.id}_1", "mgroup_name": "Målinger", "measures": measures}]
    return {"table_id": table.id, "periods": periods, "dimensions": dimensions, "mgroups": mgroups}


def _dimension(dimension: str, hierarchy: str, values: list[dict[str, str]]) -> dict[str, Any]:
    levels = [{"level_id": f"{hierarchy}_1", "values": values}]
    return {"dimension_id": dimension, "hierarchies": [{"hierarchy_id": hierarchy, "levels": levels}]}


def _id(place: int) -> str:
    return f"/{place}/" if place else "/"


def _cause(table: FakeTable, query: Mapping[str, str]) -> str:
    """Why a query is refused, in the API's own words; empty where it is not."""
    known = {"_nykom", *table.dimensions}
    asked = [name.removeprefix("hierarchy.") for name in query if name.startswith("hierarchy.")]
    strangers = [name for name in asked if name not in known]
    if strangers:
        return f"Unknown hierarchies: {strangers!r}"
    form, wanted = _period(query)
    if form not in table.periods:
        return f"Unknown period type: {form}"
    there = len(table.periods[form])
    if wanted > there:
        return f"Requested latest:{wanted} for type {form}, but only {there} periods are available."
    return ""


def _period(query: Mapping[str, str]) -> tuple[str, int]:
    name, value = next((name, value) for name, value in query.items() if name.startswith("period."))
    return name.removeprefix("period."), int(value.removeprefix("latest:"))


def data_of(table: FakeTable, query: Mapping[str, str]) -> dict[str, Any]:
    """The answer to a query: labels, never codes; a dimension that is not asked for has no column."""
    form, wanted = _period(query)
    asked = [name for name in table.dimensions if f"hierarchy.{name}" in query]
    areas = list(_areas(query["hierarchy._nykom"]))
    members = [table.dimensions[name][1] for name in asked]
    rows = [
        [period, area, *own, *table.made(period, area, own)]
        for period in table.periods[form][-wanted:]
        for area, *rest in product(areas, *members)
        for own in [tuple(rest)]
    ]
    columns = ["Periode", "Område", *(table.dimensions[name][0] for name in asked), *table.measures]
    return {"columns": columns, "rows": rows}


def _areas(asked: str) -> Iterator[str]:
    by_id = {id_: name for name, id_ in MUNICIPALITIES.items()}
    for id_ in asked.split(","):
        if id_ == "*":
            yield from (COUNTRY, *MUNICIPALITIES)
        else:
            yield COUNTRY if id_ == "/" else by_id[id_]


def months(first: int, last: int) -> tuple[str, ...]:
    """The ids of all months of these years."""
    return tuple(f"{year}M{month:02}" for year in range(first, last + 1) for month in range(1, 13))


GROUPS = ("Ydelsesgrupper i alt", "A-dagpenge mv.", "Kontanthjælp mv.", "Sygedagpenge mv.")
_KEYS = ("", ".a_dagpenge", ".kontanthjaelp", ".sygedagpenge")
_NUMBER = "Forventet og faktisk antal fuldtidspersoner på offentlig forsørgelse: "


def benchmark_table(package: PlanPackage) -> FakeTable:
    """The ministry's benchmark: what the plan's documents say of 2024, and made figures for all else."""
    known = {
        (one.indicator, one.period.code): int(one.value)
        for one in package.observations
        if one.value is not None and one.indicator.startswith("1.1.") and one.period.code in ("2024", "2023")
    }

    def made(period: str, area: str, own: tuple[str, ...]) -> list[Cell]:
        place = GROUPS.index(own[0]) if own else 0
        key = _KEYS[place]
        year = period[:4] if period.endswith("QMAT04") else ""
        actual = known.get((f"1.1.actual{key}", year), 1000 + 10 * place)
        expected = known.get((f"1.1.expected{key}", year), 1020 + 10 * place)
        if area != "Norddjurs":
            return [expected * 50, actual * 50, (actual - expected) * 50, None]
        return [expected, actual, actual - expected, known.get((f"1.1.rank{key}", year), 12 + place)]

    return FakeTable(
        id="y30r21",
        title="Forventet og faktisk antal og andel fuldtidspersoner på offentlig forsørgelse",
        subject="Jobcenterindblik",
        periods={"QMAT": ("2023QMAT02", "2023QMAT04", "2024QMAT02", "2024QMAT04")},
        measures=(
            f"{_NUMBER}Forventet antal",
            f"{_NUMBER}Faktisk antal",
            f"{_NUMBER}Forskel mellem forventet og faktisk antal",
            "Placering på benchmarkranglisten",
        ),
        made=made,
        published="2025-03-24",
        expected="2025-10-24",
        dimensions={"_ygrp_y30r21": ("Ydelsesgrupper", GROUPS)},
    )


def hours_table(last: str = "2025M04") -> FakeTable:
    """Benefit recipients with ordinary hours, month by month: a made series that rises slowly."""

    def made(period: str, area: str, own: tuple[str, ...]) -> list[Cell]:
        month = (int(period[:4]) - 2023) * 12 + int(period[5:])
        there, whole = 400 + month, 2000 if area == "Norddjurs" else 2100
        return [whole, there, round(100 * there / whole, 1)]

    ids = [one for one in months(2023, 2026) if one <= last]
    return FakeTable(
        id="otij01",
        title="Antal og andel ydelsesmodtagere med ordinære timer",
        periods={"M": tuple(ids)},
        measures=(
            "Antal personer i alt",
            "Antal personer med ordinære timer",
            "Andel personer med  ordinære timer",
        ),
        made=made,
    )
