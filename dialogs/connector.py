"""Sends activities to the Bot Connector over aiohttp and says in one typed error what went wrong."""

import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from aiohttp import ClientError, ClientResponse
from botbuilder.schema import Activity, ConversationResourceResponse, ResourceResponse
from botframework.connector.auth import ConnectorFactory
from yarl import URL

from dialogs.local_mode import service_url_is_local
from dialogs.outbound_http import SEND_SECONDS, OutboundHttp
from dialogs.teams_hosts import ServiceUrlRule, TeamsHosts
from dialogs.wire import body_of

__all__ = [
    "SEND_SECONDS",
    "ConnectorClient",
    "Connectors",
    "Conversations",
    "OutboundHttp",
    "SendFailed",
    "Token",
]

Token = Callable[[], Awaitable[str]]
"""Gives the bearer token for the Connector; empty means none is sent (local mode)."""

KNOWN_TO_ALL = TeamsHosts()
UNKNOWN_HOST = "ServiceUrlNotKnown"


class SendFailed(Exception):
    """The Connector did not take an activity. `status` is None when no answer came at all.

    `code` is the Connector's own word for it ("MessageSizeTooBig"), `retry_after` its header in seconds. An
    address that is not Teams' gives 403 and `UNKNOWN_HOST`, without anything having been sent.
    """

    def __init__(self, *, status: int | None, code: str = "", retry_after: float | None = None) -> None:
        super().__init__(f"status {status}, code {code or 'none'}")
        self.status = status
        self.code = code
        self.retry_after = retry_after


class Conversations:
    """The Connector's /v3/conversations as the SDK's adapter calls it.

    It stands in for the SDK's own client, which goes through `requests` in a thread: that one cannot be timed
    out, retries PUT by itself, leaves its sockets to the garbage collector and fetches tokens on the loop.
    """

    def __init__(
        self,
        *,
        service_url: str,
        http: OutboundHttp,
        token: Token,
        may_send: ServiceUrlRule | None = None,
        token_refused: Callable[[], None] = lambda: None,
    ) -> None:
        self._root = service_url.rstrip("/") + "/v3/conversations"
        self._http = http
        self._token = token
        self._may_send = may_send
        self._token_refused = token_refused

    async def send_to_conversation(self, conversation_id: str, activity: Activity) -> ResourceResponse:
        """Post a new activity to the end of a conversation."""
        return _resource(await self._call("POST", [conversation_id, "activities"], body_of(activity)))

    async def reply_to_activity(
        self, conversation_id: str, activity_id: str, activity: Activity
    ) -> ResourceResponse:
        """Post an activity as the reply to another, in its thread."""
        path = [conversation_id, "activities", activity_id]
        return _resource(await self._call("POST", path, body_of(activity)))

    async def update_activity(
        self, conversation_id: str, activity_id: str, activity: Activity
    ) -> ResourceResponse:
        """Replace an activity that was sent before."""
        path = [conversation_id, "activities", activity_id]
        return _resource(await self._call("PUT", path, body_of(activity)))

    async def delete_activity(self, conversation_id: str, activity_id: str) -> None:
        """Take back an activity that was sent before."""
        await self._call("DELETE", [conversation_id, "activities", activity_id], None)

    async def create_conversation(self, parameters: Any) -> ConversationResourceResponse:
        """Open a conversation (`ConversationParameters`) and say its id."""
        found = await self._call("POST", [], body_of(parameters))
        return ConversationResourceResponse(
            id=found.get("id"), activity_id=found.get("activityId"), service_url=found.get("serviceUrl")
        )

    async def member(self, conversation_id: str, member_id: str) -> dict[str, Any]:
        """Somebody in a conversation, as the channel knows them: `id`, `name`, `aadObjectId`, ..."""
        return await self._call("GET", [conversation_id, "members", member_id], None)

    async def _call(self, method: str, path: list[str], body: bytes | None) -> dict[str, Any]:
        # Ids hold ":", ";" and "@" in Teams, and anything a stranger likes: each stays one path segment.
        url = "/".join([self._root, *(quote(segment, safe="") for segment in path)])
        token = await self._token()
        # Here, where the token goes out, whoever asked and wherever the address was kept meanwhile.
        if not (self._may_send or (KNOWN_TO_ALL if token else service_url_is_local))(url):
            raise SendFailed(status=403, code=UNKNOWN_HOST)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            async with self._http.session().request(
                method,
                URL(url, encoded=True),
                data=body,
                headers=headers,
                # A redirect would carry the answer to a host nobody vouched for.
                allow_redirects=False,
            ) as response:
                if response.status == 401:
                    self._token_refused()
                return await _outcome(response)
        except (ClientError, TimeoutError, OSError, ValueError) as problem:
            raise SendFailed(status=None, code=type(problem).__name__) from problem


class ConnectorClient:
    """What the adapter looks for in a turn: an object with `conversations`."""

    def __init__(self, conversations: Conversations) -> None:
        self.conversations = conversations


class Connectors(ConnectorFactory):
    """Makes the client for a service URL; the costly parts, session and token, are shared by all of them.

    `may_send` says which addresses may be sent to; without it those are Teams' own with a token, and loopback
    without one. `token_refused` is told when the Connector says 401.
    """

    def __init__(
        self,
        *,
        http: OutboundHttp,
        token: Token,
        may_send: ServiceUrlRule | None = None,
        token_refused: Callable[[], None] = lambda: None,
    ) -> None:
        self._http = http
        self._token = token
        self._may_send = may_send
        self._token_refused = token_refused

    async def create(self, service_url: str, audience: str | None = None) -> ConnectorClient:
        """A client for one service URL. There is only one audience, so it is not asked for."""
        return ConnectorClient(self.conversations(service_url))

    def conversations(self, service_url: str) -> Conversations:
        """The conversations behind one service URL, also for what is sent unasked."""
        return Conversations(
            service_url=service_url,
            http=self._http,
            token=self._token,
            may_send=self._may_send,
            token_refused=self._token_refused,
        )


async def _outcome(response: ClientResponse) -> dict[str, Any]:
    found = _json_object(await response.read())
    if response.status < 300:
        return found
    raise SendFailed(
        status=response.status,
        code=_error_code(found),
        retry_after=_seconds(response.headers.get("Retry-After")),
    )


def _error_code(found: dict[str, Any]) -> str:
    # Most errors come as {"error": {"code": …}}, a blocked bot as {"errorCode": 209, …} without the envelope.
    error = found.get("error")
    code = error.get("code") if isinstance(error, dict) else found.get("errorCode")
    return str(code or "")[:80]


def _json_object(raw: bytes) -> dict[str, Any]:
    with contextlib.suppress(ValueError):
        found = json.loads(raw)
        if isinstance(found, dict):
            return found
    return {}


def _seconds(header: str | None) -> float | None:
    with contextlib.suppress(ValueError, TypeError):
        return max(0.0, float(header or ""))
    return None


def _resource(found: dict[str, Any]) -> ResourceResponse:
    return ResourceResponse(id=str(found.get("id") or ""))
