"""Which goals are one's own, in Teams where people have the roles they were given."""

from datetime import UTC, datetime

import pytest

from bplan_bot.access import Grant, Role
from bplan_bot.settings import Settings
from db.bundled import prepare
from db.people import grant
from dialogs.incoming import Event, Incoming
from dialogs.router import Router

NOW = datetime(2025, 6, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("grants", "said"),
    [
        (
            (Grant(Role.REPORTER, "6.10"), Grant(Role.STAND_IN, "6.2")),
            "Dine mål · Beskæftigelsesplan 2024 1 af 2 mål er nået 6.2 ",
        ),
        ((Grant(Role.HEAD),), "Dine mål Du har ingen rolle på et mål."),
        ((), "Dine mål Du har ingen rolle på et mål."),
    ],
)
async def test_ones_own_goals_are_those_one_has_a_role_on(database, grants, said):
    await prepare(database, now=NOW)
    async with database.transaction() as session:
        for one in grants:
            await grant(session, "anna", one, by="test", now=NOW)
    settings = Settings.model_validate({"MicrosoftAppId": "app", "MicrosoftAppTenantId": "tenant"})
    router = Router(database, settings=settings, now=lambda: NOW)
    reply = await router.answer(Incoming(event=Event.MESSAGE, text="mine mål", user_id="anna"))

    assert reply is not None
    assert " ".join(reply.text.split()).startswith(said)
    assert ("6.10" in reply.text) is (len(grants) == 2)
