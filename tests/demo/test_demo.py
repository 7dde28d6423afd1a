"""The demonstration from beginning to end, with a viewer who does their part and with one who does not."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bplan_bot.observation import Series
from bplan_bot.status import Status
from demo.__main__ import demo_app
from demo.clock import StatedClock
from demo.figures import MADE, made_figures
from demo.scenes import FALLING, FELL, OPENING, RECOVERED, REMINDED, Pace
from tests.card_structure import texts
from tests.fake_connector import FakeConnector, installed, pressed, said
from tests.norddjurs import package, picture

PATIENCE = 20.0
"""Seconds that a test waits for a card; most come within one."""


class Viewer:
    """Somebody who opens a chat and sees what comes."""

    def __init__(self, client: TestClient[Any, Any], connector: FakeConnector) -> None:
        self.client = client
        self.connector = connector

    async def sees(self, words: str) -> dict[str, Any]:
        """The first activity whose card says these words, once it has come."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for activity in self.connector.activities:
                    card = activity["attachments"][0]["content"]
                    if words in " ".join(texts(card)):
                        return activity
                await asyncio.sleep(0.05)

    async def asks(self, words: str) -> str:
        """The words of the answer."""
        await self.client.post("/api/messages", json=said(self.connector.service_url, words))
        return " ".join(texts(self.connector.cards[-1]))

    async def presses(self, activity: dict[str, Any], verb: str, **typed: str) -> str:
        """The words of the card that takes the place of the one whose button was pressed."""
        carried = next(data for data in _carried(activity) if data.get("do") == verb)
        answer = await self.client.post(
            "/api/messages", json=pressed(self.connector.service_url, carried | typed)
        )
        return " ".join(texts((await answer.json())["value"]))


@asynccontextmanager
async def demonstration(folder: Path, *, patience: float) -> AsyncIterator[Viewer]:
    async with FakeConnector() as connector:
        app = await demo_app(folder, 0, Pace(pause=0.05, patience=patience, look=0.05))
        client = TestClient(TestServer(app))
        await client.start_server()
        await client.post("/api/messages", json=installed(connector.service_url))
        yield Viewer(client, connector)
        await client.close()


async def test_a_viewer_is_reminded_reports_is_alerted_acknowledges_and_sees_the_recovery(tmp_path):
    async with demonstration(tmp_path, patience=PATIENCE) as viewer:
        form = await viewer.sees("Der mangler tal fra dig til 1 mål")
        receipt = await viewer.presses(form, "report", **{_field(form): "16"})
        alert = await viewer.sees("Mål 1.2 er faldet")
        answered = await viewer.presses(alert, "alert.acknowledge", note="Vi ser på det")
        recovered = await viewer.sees("Mål 1.2 er tilbage på normalt niveau")
        await viewer.sees("Mål 1.2 faldt, men er tilbage")

    assert "Tak, alt er indberettet" in receipt
    assert "Kvitteret" in answered
    assert "82,9 %" in " ".join(texts(recovered["attachments"][0]["content"]))


async def test_a_viewer_who_does_nothing_sees_the_rest_all_the_same(tmp_path):
    async with demonstration(tmp_path, patience=0.1) as viewer:
        await viewer.sees("Det var det hele")
        told = [activity["summary"] for activity in viewer.connector.activities]

    assert [words for words in told if words.startswith(("Mål 1.2 er faldet", "Mål 1.2 er tilbage"))]


async def test_a_viewer_sees_figures_that_the_bot_fetched_with_period_source_and_day_and_that_they_are_made(
    tmp_path,
):
    async with demonstration(tmp_path, patience=0.1) as viewer:
        await viewer.sees("Det var det hele")
        caption, answer, _ = viewer.connector.cards[-3:]
        fresh = await viewer.asks("virker jobindsats?")

    assert "har selv hentet dem" in " ".join(texts(caption))
    told = " ".join(texts(answer))
    assert "1.962" in told
    assert "2.017 (3. kvartal 2022-2. kvartal 2023) → 1.962 (3. kvartal 2023-2. kvartal 2024)" in told
    assert "jobindsats.dk, Y30R21, opdateret 24.10.2024 (opdigtede tal)" in told
    assert "jobindsats.dk virker. Tal fra jobindsats.dk blev sidst hentet 24. oktober 2024." in fresh


def test_the_made_figures_are_marked_as_made():
    assert {one.document for one in made_figures(package().plan)} == {MADE}
    assert "Opdigtede" in MADE.title.da


@pytest.mark.parametrize(
    ("at", "status"),
    [
        (OPENING, Status.ON_TRACK),
        (REMINDED, Status.ON_TRACK),
        (FELL, Status.UNLIKELY),
        (RECOVERED, Status.ON_TRACK),
    ],
)
def test_the_goal_that_falls_stands_where_its_scene_says(at, status):
    day = at.date()
    seen = picture(day)
    series = Series((*package().observations, *made_figures(seen.plan)), as_of=day)
    goal = seen.plan.goal(FALLING)
    assert goal is not None

    found = type(seen)(seen.plan, series, seen.said, day).of(goal)

    assert found.assessment.status is status


def test_the_stated_clock_goes_on_from_where_it_was_put():
    elapsed = [10.0]
    clock = StatedClock(OPENING, lambda: elapsed[0])
    elapsed[0] += 5
    assert clock.now() == OPENING + timedelta(seconds=5)

    clock.move(FELL)
    elapsed[0] += 2
    assert clock.now() == FELL + timedelta(seconds=2)


def test_the_stated_clock_never_goes_back():
    clock = StatedClock(FELL, lambda: 0.0)

    with pytest.raises(ValueError, match="after"):
        clock.move(OPENING)


def _field(activity: dict[str, Any]) -> str:
    """The id of the field for the figure."""
    found = [node["id"] for node in _nodes(activity) if node.get("type") == "Input.Text"]
    return str(next(name for name in found if "5.2.hires" in name))


def _carried(activity: dict[str, Any]) -> list[dict[str, Any]]:
    return [node["data"] for node in _nodes(activity) if node.get("type") == "Action.Execute"]


def _nodes(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [node for inner in value for node in _nodes(inner)]
    if not isinstance(value, dict):
        return []
    return [value, *(node for inner in value.values() for node in _nodes(inner))]
