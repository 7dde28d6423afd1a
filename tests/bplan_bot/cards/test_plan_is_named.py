"""Two plans are alive at once, so whatever is said of goals says of which plan, on the card and as text."""

import pytest

from bplan_bot.cards.alert_card import alert
from bplan_bot.cards.held_card import held
from bplan_bot.cards.render import render
from bplan_bot.texts.speaker import Speaker
from tests.card_structure import elements, texts
from tests.norddjurs import every_alert, every_answer, every_held, every_letter, package

DANISH = Speaker("da", plan=package().plan.key)
TITLE = "Beskæftigelsesplan 2024"

OF_NO_PLAN = frozenset(
    {
        *("files", "sent-file-people", "personal", "administration-secret"),
        *("apology", "refused", "declined", "declined-alone"),
        *("source-late", "source-late-repeated", "source-back"),
    }
)
"""What is said of the bot itself."""

OF_EVERY_PLAN = frozenset({"role-form", "role-form-wrong"})
"""A role on a goal's number holds in every plan."""

SAID = {
    **{name: lambda it=it: render(it, DANISH) for name, it in every_answer().items()},
    **{name: lambda it=it: alert(it[0], DANISH, draft=it[1]) for name, it in every_alert().items()},
    **{name: lambda it=it: held(it, DANISH) for name, it in every_held().items()},
    **{name: lambda it=it: it(DANISH) for name, it in every_letter().items()},
}


@pytest.mark.parametrize("name", sorted(SAID.keys() - OF_NO_PLAN - OF_EVERY_PLAN))
def test_the_plan_is_named_on_the_card_and_in_its_text(name):
    reply = SAID[name]()

    assert TITLE in " ".join(texts(reply.card))
    assert TITLE in reply.text


@pytest.mark.parametrize("name", SAID)
def test_every_button_that_asks_says_of_which_plan(name):
    asking = [one["data"] for one in elements(SAID[name]().card) if "ask" in (one.get("data") or {})]

    assert all(one.get("plan") for one in asking)
