"""What somebody types never becomes markup: no link, no picture, no mention of theirs in a card."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bplan_bot.settings import Settings
from db.bundled import prepare
from dialogs.incoming import ConversationKind, Event, Incoming
from dialogs.router import Router
from tests.card_structure import elements

NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
ELSEWHERE = "ondsindet.example"

BEGINNINGS = [
    "", "status for mål 6.14", "status for mål 6.2", "mål 7.4 og 9.9", "tema", "hvilke mål", "hvem er",
    "åbn runden",
    "åbn runden for 2. halvår med udvalg", "luk runden", "gør", "hjælp", "overblik", "hvorfor", "forklar",
]  # fmt: skip
MARKUP = [
    f"[klik her](https://{ELSEWHERE}/)", f"![billede](https://{ELSEWHERE}/x.png)", f"https://{ELSEWHERE}",
    f"<https://{ELSEWHERE}>", f'<a href="https://{ELSEWHERE}">her</a>', "**fremhævet**", "_kursiv_",
    "<at>Alle</at>", '<at id="0">Alle</at>', "{{DATE(2020-01-01)}}", "${navn}", "{0}", "{n}", "\n- punkt",
    "\n# overskrift", "`kode`", "<script>alert(1)</script>", "&lt;at&gt;Alle&lt;/at&gt;",
]  # fmt: skip
SIGNS = [ELSEWHERE, "**fremhævet**", "_kursiv_", "<at", "{{DATE", "<script", "# overskrift", "`kode`"]


@pytest.fixture
async def router(database) -> Router:
    await prepare(database, now=NOON)
    return Router(database, settings=Settings.model_validate({}), now=lambda: NOON)


def markdown(card: Any) -> Iterator[str]:
    """Every text of a card that Teams reads as Markdown; what stands in a TextRun or on a button is plain."""
    for element in elements(card):
        if element["type"] == "TextBlock":
            yield str(element["text"])
        for fact in element.get("facts", []):
            yield from (str(fact["title"]), str(fact["value"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(
    beginning=st.sampled_from(BEGINNINGS),
    typed=st.lists(st.sampled_from(MARKUP) | st.text(max_size=6), min_size=1, max_size=3),
    pressed=st.booleans(),
)
async def test_markup_that_somebody_types_is_nowhere_markup_in_the_answer(
    router: Router, beginning: str, typed: list[str], pressed: bool
):
    words = " ".join([beginning, *typed])
    incoming = Incoming(
        event=Event.BUTTON if pressed else Event.MESSAGE,
        text="" if pressed else words,
        value={"ask": words} if pressed else {},
        kind=ConversationKind.PERSONAL,
    )
    reply = await router.answer(incoming)

    assert reply
    assert "msteams" not in reply.card
    shown = "\n".join(markdown(reply.card))
    assert [sign for sign in SIGNS if sign in shown] == []


async def test_the_signs_are_found_where_markup_does_stand():
    card = {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": MARKUP[0]}]}
    assert any(ELSEWHERE in shown for shown in markdown(card))
