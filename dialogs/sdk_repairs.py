"""Takes the place of the SDK's authentication, so that none of its defects (teams.md B4 to B8) can occur."""

from dataclasses import dataclass, field
from typing import Any, Self

from botframework.connector.auth import (
    AuthenticateRequestResult,
    AuthenticationConstants,
    BotFrameworkAuthentication,
    ClaimsIdentity,
)

from bplan_bot.errors import Refused
from bplan_bot.settings import Settings
from dialogs.connector import Connectors
from dialogs.outbound_token import MULTI_TENANT


@dataclass(frozen=True, slots=True, kw_only=True)
class BotCredentials:
    """The bot's registration, under the ecosystem's names in the environment; all empty is local mode.

    `app_type` is SingleTenant (the default) or MultiTenant. Raises ValueError with one sentence naming the
    setting that is missing.
    """

    app_id: str = ""
    app_password: str = field(default="", repr=False)
    app_type: str = ""
    app_tenant_id: str = ""

    def __post_init__(self) -> None:
        if not self.app_id:
            return
        kind = self.kind
        if kind not in {"singletenant", "multitenant"}:
            raise ValueError("MicrosoftAppType must be SingleTenant or MultiTenant.")
        if not self.app_password:
            raise ValueError("MicrosoftAppPassword is missing, though MicrosoftAppId is given.")
        if kind == "singletenant" and not self.app_tenant_id:
            raise ValueError(f"MicrosoftAppTenantId is missing; {self.app_type or 'SingleTenant'} needs it.")

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Those of the settings; Refused `settings.credentials` where one is missing."""
        try:
            return cls(
                app_id=settings.app_id,
                app_password=settings.app_password.get_secret_value(),
                app_type=settings.app_type,
                app_tenant_id=settings.app_tenant_id,
            )
        except ValueError as problem:
            raise Refused("settings.credentials", problem=str(problem)) from problem

    @property
    def kind(self) -> str:
        """The app type in lower case. The SDK falls back to MultiTenant, which no new bot can be."""
        return (self.app_type or "SingleTenant").lower()

    @property
    def local_mode(self) -> bool:
        """Whether there is no registration, so that nobody outside this machine may be listened to."""
        return not self.app_id

    @property
    def token_tenant(self) -> str:
        """The tenant whose login gives the bot its token."""
        return MULTI_TENANT if self.kind == "multitenant" else self.app_tenant_id


class ChannelAuthentication(BotFrameworkAuthentication):
    """The SDK's seam for authentication: it hands out connectors, and authenticates nobody.

    Who sent a request has been settled before the SDK is asked anything, so its own checks, with their key
    cache and their token calls, are never made.
    """

    def __init__(self, connectors: Connectors) -> None:
        self._connectors = connectors

    def admitted(self) -> AuthenticateRequestResult:
        """What the adapter wants to know about a sender who has been let in."""
        result = AuthenticateRequestResult()
        result.claims_identity = ClaimsIdentity({}, True)
        result.audience = self.get_originating_audience()
        result.connector_factory = self._connectors
        return result

    async def authenticate_request(self, activity: Any, auth_header: str) -> AuthenticateRequestResult:
        """Refused: a header must never come this far."""
        raise PermissionError("requests are authenticated before the SDK is asked")

    async def authenticate_streaming_request(self, auth_header: str, channel_id_header: str) -> Any:
        """Refused: nothing here speaks the web socket protocol."""
        raise PermissionError("streaming is not offered")

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> Connectors:
        """The shared connectors: there is one bot, hence one identity."""
        return self._connectors

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        """None: nobody signs in through the bot, and the SDK would build an HTTP client for it every turn."""
        return

    def get_originating_audience(self) -> str:
        """The one audience there is."""
        return str(AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE)
