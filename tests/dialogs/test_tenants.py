"""Only the municipality's own tenant is served, and the settings that say so are read strictly."""

import pytest
from pydantic import ValidationError

from bplan_bot.settings import Settings
from tests.dialogs.fake_microsoft import REGISTERED, bearer, surroundings
from tests.fake_connector import TENANT_ID, said

STRANGE = "cccccccc-0000-0000-0000-000000000003"


def from_tenant(url, channel_data, conversation):
    activity = said(url, "hej")
    return activity | {
        "channelData": {"tenant": {"id": channel_data}} if channel_data else {},
        "conversation": activity["conversation"] | {"tenantId": conversation},
    }


@pytest.mark.parametrize(
    ("channel_data", "conversation", "status"),
    [
        (TENANT_ID, TENANT_ID, 200),
        (TENANT_ID.upper(), None, 200),
        (None, TENANT_ID, 200),
        (STRANGE, STRANGE, 403),
        (STRANGE, TENANT_ID, 403),
        (TENANT_ID, STRANGE, 403),
        (None, None, 403),
        (["x"], TENANT_ID, 403),
    ],
)
async def test_activities_of_other_tenants_are_forbidden_and_logged(
    start, key_server, entra, connector, logged, channel_data, conversation, status
):
    around = surroundings(key_server, entra)
    bot = await start(credentials=REGISTERED, surroundings=around, tenants=(TENANT_ID,))
    url = connector.service_url
    response = await bot.post(from_tenant(url, channel_data, conversation), headers=bearer(url))

    assert response.status == status
    assert len(bot.heard) == (status == 200)
    assert ("tenant_refused" in str(logged)) == (status == 403)


async def test_without_a_list_every_tenant_is_served(registered, connector):
    url = connector.service_url
    response = await registered.post(from_tenant(url, STRANGE, STRANGE), headers=bearer(url))
    assert response.status == 200


def settings(**environment):
    return Settings.model_validate(environment)


@pytest.mark.parametrize(
    ("environment", "served"),
    [
        ({}, ()),
        ({"MicrosoftAppTenantId": TENANT_ID}, (TENANT_ID,)),
        ({"MicrosoftAppTenantId": TENANT_ID, "BPLAN_TENANTS": STRANGE}, (STRANGE,)),
        ({"BPLAN_TENANTS": f" {STRANGE} ,{TENANT_ID},"}, (STRANGE, TENANT_ID)),
    ],
)
def test_the_bots_own_tenant_is_served_unless_others_are_named(environment, served):
    assert settings(**environment).served_tenants == served


@pytest.mark.parametrize(
    "environment",
    [
        {"BPLAN_TENANTS": "norddjurs.onmicrosoft.com"},
        {"BPLAN_TENANTS": "*"},
        {"BPLAN_SERVICE_HOSTS": "127.0.0.1"},
        {"BPLAN_SERVICE_HOSTS": "localhost"},
        {"BPLAN_SERVICE_HOSTS": "https://smba.example.com"},
        {"BPLAN_SERVICE_HOSTS": "smba.example.com/teams"},
        {"BPLAN_SERVICE_HOSTS": "smba.example.com:8443"},
        {"BPLAN_SERVICE_HOSTS": "*"},
        {"BPLAN_SERVICE_HOSTS": "*.com"},
        {"BPLAN_SERVICE_HOSTS": "sm*.example.com"},
        {"BPLAN_RATE_LIMIT": "-1"},
        {"BPLAN_RATE_LIMIT": "many"},
    ],
    ids=str,
)
def test_a_setting_that_would_open_the_door_by_mistake_is_refused(environment):
    with pytest.raises(ValidationError):
        settings(**environment)


def test_a_list_of_hosts_is_read():
    named = settings(BPLAN_SERVICE_HOSTS="smba.example.com, *.cloud.example.org").service_hosts
    assert named == ("smba.example.com", "*.cloud.example.org")


@pytest.mark.parametrize(
    ("environment", "limit"),
    [
        ({}, 0),
        ({"BPLAN_RATE_LIMIT": "5"}, 5),
        ({"MicrosoftAppId": "a"}, 30),
        ({"MicrosoftAppId": "a", "BPLAN_RATE_LIMIT": "0"}, 0),
    ],
)
def test_the_rate_limit_holds_in_teams_and_in_local_mode_when_it_is_set(environment, limit):
    assert settings(**environment).messages_per_minute == limit
