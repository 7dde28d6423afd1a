"""The door for `POST /api/messages`: who may come in, what a request must look like, which status it gets."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus

import structlog
from aiohttp import web
from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Activity, ActivityTypes

from dialogs import local_mode
from dialogs.admission import Admission
from dialogs.connector import Connectors, Conversations
from dialogs.feedback import Feedback
from dialogs.file_download import TeamsFiles
from dialogs.handler import Handler
from dialogs.inbound_token import InboundTokens, NotAuthentic, Vouched
from dialogs.incoming import Answering
from dialogs.invokes import FEEDBACK
from dialogs.outbound_http import SEND_SECONDS, OutboundHttp
from dialogs.outbound_token import ENTRA, EntraToken
from dialogs.patience import Patience
from dialogs.phrases import Phrases
from dialogs.rate_limit import Pace, RateLimit
from dialogs.request_body import Refusal, as_activity, as_json, body, check_shape
from dialogs.sdk_repairs import BotCredentials, ChannelAuthentication
from dialogs.sending import message_of, send
from dialogs.signing_keys import CHANNEL_METADATA, SigningKeys
from dialogs.teams_hosts import ServiceUrlRule, TeamsHosts

log = structlog.get_logger(__name__)

NOT_AUTHENTIC = "A bearer token that the Bot Framework made for this bot is required."
TYPED = frozenset({ActivityTypes.message, ActivityTypes.message_update})
"""The activities that hold what somebody wrote."""

Page = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Where the bot is in the world: the public cloud by default, something on loopback in tests.

    `keys_url` publishes the Connector's keys, `token_authority` gives the bot its token, `may_send` takes the
    place of the rule that only Teams' own hosts (with `service_hosts`) are sent to.
    """

    keys_url: str = CHANNEL_METADATA
    token_authority: str = ENTRA
    service_hosts: tuple[str, ...] = ()
    may_send: ServiceUrlRule | None = None


class MessagesEndpoint:
    """Handles `POST /api/messages`: route to `handle`, and call `close` when the app stops.

    `phrases` are what is said without the dialogs. `tenants` are the ones that are served, empty for all of
    them. `patience` is how long a request waits for its answer. `feedback` keeps questions and thumbs;
    without it nobody is asked for thumbs.
    """

    def __init__(
        self,
        *,
        credentials: BotCredentials,
        answering: Answering,
        phrases: Phrases,
        tenants: tuple[str, ...] = (),
        rate_limit: RateLimit | None = None,
        patience: Patience | None = None,
        feedback: Feedback | None = None,
        surroundings: Surroundings | None = None,
        send_seconds: float = SEND_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        around = surroundings or Surroundings()
        self._local_mode = credentials.local_mode
        # A local bot's answers stay on this machine, whatever proxy the environment names.
        self._http = OutboundHttp(through_proxy=not credentials.local_mode, seconds=send_seconds)
        may_send = around.may_send or TeamsHosts(around.service_hosts)
        self._keys = SigningKeys(self._http, url=around.keys_url, clock=clock)
        self._tokens = InboundTokens(app_id=credentials.app_id, keys=self._keys)
        self._admission = Admission(service_urls=may_send, tenants=tenants)
        self._token = _token(credentials, self._http, around, clock)
        self._connectors = Connectors(
            http=self._http,
            token=self._token or _no_token,
            may_send=local_mode.service_url_is_local if self._local_mode else may_send,
            token_refused=self._token.forget if self._token else _nothing,
        )
        self._authentication = ChannelAuthentication(self._connectors)
        self._adapter = CloudAdapter(self._authentication)
        self._patience = patience or Patience()
        self._feedback = feedback
        self._handler = Handler(
            answering=answering,
            phrases=phrases,
            patience=self._patience,
            fetching=TeamsFiles(local=credentials.local_mode).fetch,
            feedback=feedback,
            clock=clock,
        )
        self._rate_limit = rate_limit if rate_limit is not None else RateLimit(0)
        self._phrases = phrases

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one activity. Nothing that a client sends gives a 5xx."""
        try:
            activity = await self._admitted(request)
        except Refusal as refusal:
            log.warning(
                "request_refused", status=int(refusal.status), reason=refusal.sentence, check=refusal.check
            )
            return web.json_response({"error": refusal.sentence}, status=refusal.status)
        pace = self._pace(activity)
        if pace is Pace.SILENCE:
            # The client that sent a thumb waits for an answer, and shows an error without one.
            is_invoke = activity.type == ActivityTypes.invoke
            return web.json_response({}) if is_invoke else web.Response(status=HTTPStatus.OK)
        turn = self._handler.on_turn if pace is Pace.ANSWER else self._ask_to_pause
        # `process_activity` rather than the adapter's `process`: that one serialises the answer to an invoke
        # twice (HTTP 500) and makes a 401 to Teams out of a refused outbound token.
        sender = self._authentication.admitted()
        return _written(await self._adapter.process_activity(sender, activity, turn))

    @web.middleware
    async def guard(self, request: web.Request, handler: Page) -> web.StreamResponse:
        """In local mode everything the bot serves is for this machine only, not just the messages."""
        sentence = self._stranger(request)
        if sentence:
            return web.json_response({"error": sentence}, status=HTTPStatus.FORBIDDEN)
        return await handler(request)

    @property
    def token_outcome(self) -> str | None:
        """How the last fetch of the bot's own token went; None in local mode, where there is none."""
        return self._token.last_outcome if self._token else None

    async def connect(self, service_url: str) -> Conversations:
        """The conversations behind a service URL, for what is sent unasked; held to the same rules."""
        return self._connectors.conversations(service_url)

    async def close(self) -> None:
        """Let slow answers come to their end, then close what is open towards the outside."""
        await self._patience.close()
        if self._feedback:
            await self._feedback.close()
        await self._keys.close()
        await self._http.close()

    async def _admitted(self, request: web.Request) -> Activity:
        """The activity of a sender who may send it: the token is looked at before the body is read."""
        vouched = await self._let_in(request)
        if request.content_type != "application/json":
            raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The content type must be application/json.")
        found = as_json(await body(request))
        check_shape(found)
        if vouched is not None:
            sentence = self._admission.refusal(found, vouched)
        else:
            is_local = local_mode.service_url_is_local(found["serviceUrl"])
            sentence = None if is_local else local_mode.SERVICE_URL_NOT_LOCAL
        if sentence:
            raise Refusal(HTTPStatus.FORBIDDEN, sentence)
        return as_activity(found)

    async def _let_in(self, request: web.Request) -> Vouched | None:
        """What the request's token vouches for; None in local mode, where there are none."""
        sentence = self._stranger(request)
        if sentence:
            raise Refusal(HTTPStatus.FORBIDDEN, sentence)
        if self._local_mode:
            return None
        try:
            return await self._tokens.check(request.headers.getall("Authorization", []))
        except NotAuthentic as problem:
            raise Refusal(HTTPStatus.UNAUTHORIZED, NOT_AUTHENTIC, check=problem.reason) from None

    def _stranger(self, request: web.Request) -> str | None:
        if not self._local_mode:
            return None
        hosts = request.headers.getall("Host", [])
        return local_mode.refusal(peer=request.remote, hosts=hosts, header_names=request.headers)

    def _pace(self, activity: Activity) -> Pace:
        # Only what is typed, and thumbs: a button or a form is pressed by hand, and a figure that vanishes
        # unanswered is worse than one press too many.
        is_thumb = activity.type == ActivityTypes.invoke and activity.name == FEEDBACK
        if not is_thumb and (activity.type not in TYPED or not activity.text):
            return Pace.ANSWER
        sender = activity.from_property
        person = (sender.aad_object_id or sender.id) if sender else None
        pace = self._rate_limit.pace(person or activity.conversation.id, wordless=is_thumb)
        if pace is Pace.ASK_TO_PAUSE:
            log.warning("rate_limit_reached")
        return pace

    async def _ask_to_pause(self, turn_context: TurnContext) -> None:
        await send(turn_context, message_of(self._phrases.pause()))


def _token(
    credentials: BotCredentials, http: OutboundHttp, around: Surroundings, clock: Callable[[], float]
) -> EntraToken | None:
    if credentials.local_mode:
        return None
    return EntraToken(
        http,
        app_id=credentials.app_id,
        secret=credentials.app_password,
        tenant=credentials.token_tenant,
        authority=around.token_authority,
        clock=clock,
    )


async def _no_token() -> str:
    return ""


def _nothing() -> None:
    """Nothing is done: without credentials there is no token that could be refused."""


def _written(answer: InvokeResponse | None) -> web.Response:
    if answer is None:
        return web.Response(status=HTTPStatus.OK)
    if answer.body is None:
        return web.Response(status=answer.status)
    return web.json_response(answer.body, status=answer.status)
