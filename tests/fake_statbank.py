"""Statistics Denmark's StatBank as its users show it, with one table of made figures."""

import json
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from aiohttp import web

from tests.loopback import Loopback

VARIABLES: Mapping[str, tuple[str, ...]] = {
    "BOPOMR": ("000", "706", "707", "730"),
    "HERKOMST": ("TOT", "1", "2", "3"),
    "HFUDD": ("TOT", "H10", "H20", "H30", "H35", "H40", "H50", "H60", "H70", "H80", "H90"),
    "ALDER": ("TOT", "15-19", "20-24", "25-29"),
    "KØN": ("TOT", "M", "K"),
    "Tid": ("2020", "2021", "2022", "2023", "2024"),
}
SHARES = {"TOT": 1000, "H10": 210, "H20": 150, "H30": 330, "H35": 5, "H40": 50, "H50": 120, "H60": 52}
SHARES |= {"H70": 48, "H80": 2, "H90": 33}
"""Made: of a thousand young people 757 have more than primary school."""


class FakeStatbank(Loopback):
    """Use as `async with`; `requests` has every path that was asked."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.updated = "2025-04-01T08:00:00"
        self.fault: tuple[int, bytes] | None = None
        self.hidden: frozenset[str] = frozenset()
        app = web.Application()
        app.router.add_post("/v1/tables", self._tables)
        app.router.add_post("/v1/tableinfo", self._info)
        app.router.add_post("/v1/data", self._data)
        super().__init__(app)

    @property
    def url(self) -> str:
        return self.at("/v1")

    @property
    def settings(self) -> dict[str, str]:
        """What turns it on."""
        return {"BPLAN_STATBANK_URL": self.url}

    async def _tables(self, request: web.Request) -> web.Response:
        one = {
            "id": "HFUDD11",
            "text": "Højeste fuldførte uddannelse (15-69 år)",
            "unit": "Antal",
            "updated": self.updated,
            "firstPeriod": "2020",
            "latestPeriod": "2024",
            "active": True,
            "variables": ["bopælsområde", "herkomst", "højeste fuldførte uddannelse", "alder", "køn", "tid"],
        }
        return self._answer(request, json.dumps([one]).encode())

    async def _info(self, request: web.Request) -> web.Response:
        if (await request.json())["table"] != "HFUDD11":
            return self._refused("EXTRACT-NOTFOUND", "Tabellen blev ikke fundet")
        variables = [
            {
                "id": code,
                "text": code,
                "elimination": code not in ("HFUDD", "Tid"),
                "time": code == "Tid",
                "values": [{"id": value, "text": value} for value in values],
            }
            for code, values in VARIABLES.items()
        ]
        info = {"id": "HFUDD11", "text": "Højeste fuldførte uddannelse", "updated": self.updated}
        return self._answer(request, json.dumps({**info, "variables": variables}).encode())

    async def _data(self, request: web.Request) -> web.Response:
        body = await request.json()
        chosen = {one["code"]: one["values"] for one in body["variables"]}
        for code, values in VARIABLES.items():
            if not chosen.get(code):
                return self._refused("EXTRACT-NOTALLOWED", f"Der skal vælges værdier for variabel: {code}")
            if not set(chosen[code]) <= set(values):
                return self._refused("EXTRACT-NOTFOUND", "Værdien blev ikke fundet")
        return self._answer(request, bulk([chosen[code] for code in VARIABLES], self.hidden), "text/csv")

    def _answer(self, request: web.Request, body: bytes, kind: str = "application/json") -> web.Response:
        self.requests.append(request.path.removeprefix("/v1"))
        if self.fault:
            return web.Response(status=self.fault[0], body=self.fault[1])
        return web.Response(body=body, content_type=kind, headers={"StatbankAPI-Request-Id": "1"})

    def _refused(self, code: str, words: str) -> web.Response:
        body: dict[str, Any] = {"errorTypeCode": code, "message": words}
        return web.json_response(body, status=400)


def bulk(chosen: Sequence[Sequence[str]], hidden: frozenset[str] = frozenset()) -> bytes:
    """The rows of a BULK answer: the codes of every variable, TID in capitals, and a made number."""
    rows = [";".join([*VARIABLES, "INDHOLD"]).replace("Tid", "TID")]
    for values in product(*chosen):
        area, education = values[0], values[2]
        size = SHARES[education] * (100 if area == "000" else 1)
        rows.append(";".join((*values, ".." if education in hidden else str(size))))
    return ("\ufeff" + "\r\n".join(rows) + "\r\n").encode()
