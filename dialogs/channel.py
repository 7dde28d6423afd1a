"""The door for `POST /api/messages`: who may come in, what a request must look like, which status it gets."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from aiohttp import web
from botbuilder.core import InvokeResponse
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Activity
from botframework.connector.auth import AuthenticateRequestResult

from dialogs import local_mode
from dialogs.connector import SEND_SECONDS, OutboundHttp, Token
from dialogs.handler import Handler
from dialogs.incoming import Answering, Reply
from dialogs.sdk_repairs import BotCredentials, ChannelAuthentication, TrustAnchors

log = structlog.get_logger(__name__)

MAX_BODY_BYTES = 256 * 1024


class Refusal(Exception):
    """A request is turned away; `sentence` tells whoever sent it why."""

    def __init__(self, status: HTTPStatus, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class MessagesEndpoint:
    """Handles `POST /api/messages`: route to `handle`, and call `close` when the app stops.

    `apology` makes the reply for an error id and a locale. `anchors` and `token` stand in for the public
    cloud's keys and for Entra's token where those cannot be reached.
    """

    def __init__(
        self,
        *,
        credentials: BotCredentials,
        answering: Answering,
        apology: Callable[[str, str], Reply],
        anchors: TrustAnchors | None = None,
        token: Token | None = None,
        send_seconds: float = SEND_SECONDS,
    ) -> None:
        self._local_mode = credentials.local_mode
        # A local bot's answers stay on this machine, whatever proxy the environment names.
        self._http = OutboundHttp(through_proxy=not credentials.local_mode, seconds=send_seconds)
        self._authentication = ChannelAuthentication(
            credentials=credentials, anchors=anchors or TrustAnchors(), http=self._http, token=token
        )
        self._adapter = CloudAdapter(self._authentication)
        self._handler = Handler(answering=answering, apology=apology)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one activity. Nothing a client sends gives a 5xx, save 501 for an invoke nobody handles."""
        try:
            self._let_in(request)
            activity = _as_activity(_as_json(await _body(request)))
            sender = await self._authenticated(activity, request.headers.get("Authorization", ""))
        except Refusal as refusal:
            log.info("request_refused", status=int(refusal.status), reason=refusal.sentence)
            return web.json_response({"error": refusal.sentence}, status=refusal.status)
        # `process_activity` rather than the adapter's `process`: that one serialises the answer to an invoke
        # twice (HTTP 500) and makes a 401 to Teams out of a refused outbound token.
        return _written(await self._adapter.process_activity(sender, activity, self._handler.on_turn))

    async def close(self) -> None:
        """Close what is open towards the outside."""
        await self._http.close()

    def _let_in(self, request: web.Request) -> None:
        if self._local_mode:
            sentence = local_mode.refusal(peer=request.remote, header_names=request.headers)
            if sentence:
                raise Refusal(HTTPStatus.FORBIDDEN, sentence)
        elif not _looks_like_bearer(request.headers.get("Authorization", "")):
            # Before the body is read: a stranger shall not cost more than this line.
            raise Refusal(HTTPStatus.UNAUTHORIZED, "A bearer token from the Bot Framework is required.")
        if request.content_type != "application/json":
            raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The content type must be application/json.")

    async def _authenticated(self, activity: Activity, header: str) -> AuthenticateRequestResult:
        if self._local_mode and not local_mode.service_url_is_local(activity.service_url):
            raise Refusal(HTTPStatus.FORBIDDEN, local_mode.SERVICE_URL_NOT_LOCAL)
        try:
            return await self._authentication.authenticate_request(activity, header)
        except PermissionError as problem:
            log.warning("sender_not_authenticated", problem=str(problem))
            raise Refusal(HTTPStatus.UNAUTHORIZED, "The bearer token is not valid for this bot.") from problem


def _looks_like_bearer(header: str) -> bool:
    scheme, _, token = header.partition(" ")
    return scheme == "Bearer" and token.count(".") == 2


async def _body(request: web.Request) -> bytes:
    too_large = Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body must not be over 256 KB.")
    if (request.content_length or 0) > MAX_BODY_BYTES:
        raise too_large
    raw = bytearray()
    try:
        # Counted while reading: a chunked body states no length, a compressed one states the wrong one.
        async for chunk in request.content.iter_chunked(16 * 1024):
            raw += chunk
            if len(raw) > MAX_BODY_BYTES:
                raise too_large
    except (web.HTTPException, web.RequestPayloadError) as problem:
        raise Refusal(HTTPStatus.BAD_REQUEST, "The body could not be read.") from problem
    return bytes(raw)


def _as_json(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw, parse_constant=_no_constant)
        # A lone surrogate parses, but no database and no answer could carry it.
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as problem:
        raise Refusal(HTTPStatus.BAD_REQUEST, "The body is not JSON.") from problem
    if not isinstance(found, dict):
        raise Refusal(HTTPStatus.BAD_REQUEST, "The body must be a JSON object, an activity.")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _as_activity(found: dict[str, Any]) -> Activity:
    conversation = found.get("conversation")
    required = {
        "type": found.get("type"),
        "serviceUrl": found.get("serviceUrl"),
        "conversation.id": conversation.get("id") if isinstance(conversation, dict) else None,
    }
    for name, value in required.items():
        if not isinstance(value, str) or not value:
            raise Refusal(HTTPStatus.BAD_REQUEST, f"The activity has no {name}.")
    if not isinstance(found.get("text"), str | None):
        raise Refusal(HTTPStatus.BAD_REQUEST, "The activity's text is not a string.")
    try:
        return Activity().deserialize(found)
    except Exception as problem:
        # The SDK's deserialiser throws whatever a wrongly typed field makes it trip over.
        raise Refusal(HTTPStatus.BAD_REQUEST, "The activity has a field of the wrong type.") from problem


def _written(answer: InvokeResponse | None) -> web.Response:
    if answer is None:
        return web.Response(status=HTTPStatus.OK)
    if answer.body is None:
        return web.Response(status=answer.status)
    return web.json_response(answer.body, status=answer.status)
