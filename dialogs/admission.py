"""Decides what an authentic sender may ask of this bot: from which channel, service URL and tenant."""

import re
from collections.abc import Collection, Mapping
from typing import Any

import structlog

from dialogs.inbound_token import Vouched
from dialogs.teams_hosts import ServiceUrlRule

log = structlog.get_logger(__name__)

CHANNEL = "msteams"
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Admission:
    """The rules for activities that Teams has sent; `tenants` empty lets every tenant in."""

    def __init__(self, *, service_urls: ServiceUrlRule, tenants: Collection[str] = ()) -> None:
        self._service_urls = service_urls
        self._tenants = frozenset(tenant.lower() for tenant in tenants)

    def refusal(self, activity: Mapping[str, Any], vouched: Vouched) -> str | None:
        """The sentence that turns this activity away, or None when it may come in."""
        service_url = activity.get("serviceUrl")
        if not vouched.service_url or service_url != vouched.service_url:
            return "The token does not vouch for this serviceUrl."
        if activity.get("channelId") != CHANNEL:
            return "The bot is only in Microsoft Teams."
        if CHANNEL not in vouched.channels:
            return "The token does not vouch for this channel."
        if not self._service_urls(vouched.service_url):
            return "The serviceUrl is not one of Teams' known hosts (BPLAN_SERVICE_HOSTS)."
        if not self._from_known_tenant(activity):
            return "The bot does not serve this tenant."
        return None

    def _from_known_tenant(self, activity: Mapping[str, Any]) -> bool:
        if not self._tenants:
            return True
        stated = _tenants(activity)
        # All that the activity states, so that the one checked here is the one used later.
        known = bool(stated) and stated <= self._tenants
        if not known:
            log.warning("tenant_refused", tenants=sorted(one for one in stated if _ID.fullmatch(one)))
        return known


def _tenants(activity: Mapping[str, Any]) -> set[str]:
    channel_data, conversation = activity.get("channelData"), activity.get("conversation")
    tenant = channel_data.get("tenant") if isinstance(channel_data, dict) else None
    stated = [
        tenant.get("id") if isinstance(tenant, dict) else None,
        conversation.get("tenantId") if isinstance(conversation, dict) else None,
    ]
    return {str(one).lower() for one in stated if one}
