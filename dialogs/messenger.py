"""Sends cards unasked: to a conversation that is known, in the place of an earlier card, to a person."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from botbuilder.schema import (
    Activity,
    ActivityTypes,
    Attachment,
    ChannelAccount,
    ConversationAccount,
    ConversationParameters,
)

from bplan_bot.conversation import Conversation, ConversationKind, ConversationState
from bplan_bot.delivery import Delivery, Sent
from bplan_bot.reply import Reply
from dialogs.connector import Conversations, SendFailed
from dialogs.invokes import CARD

NOT_YET_CONNECTED = frozenset(
    {
        "ClientConnectorError",
        "ClientConnectorDNSError",
        "ClientConnectorSSLError",
        "ClientConnectorCertificateError",
        "ConnectionTimeoutError",
    }
)
"""aiohttp's errors before the first byte of a request: it certainly did not arrive."""

AGAIN = frozenset({412, 429})
"""Statuses by which Teams says that it took nothing and that the same may be sent again."""

NEVER = frozenset({400, 401, 403, 404, 413})

REMOVED = frozenset({"BotNotInConversationRoster", "ForbiddenOperationException"})
BLOCKED = frozenset({"ConversationBlockedByUser", "BotDisabledByAdmin", "209"})
GONE = frozenset({"ConversationNotFound"})

LIMITS = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
"""Messages of one bot to one conversation within so many seconds (Teams' published limits)."""

APP_LIMITS = ((50, 1.0),)
"""Requests of one app in one tenant."""

LONGEST_WAIT = 10.0
"""Seconds that a send is held back for a limit."""


def outcome(problem: SendFailed) -> Delivery:
    """What a failed send means: try again, nobody can tell, or never (and what the conversation is now)."""
    error = f"{problem.status or 'no answer'} {problem.code}".strip()
    if problem.status in AGAIN or (problem.status is None and problem.code in NOT_YET_CONNECTED):
        return Delivery(sent=Sent.RETRY, error=error, retry_after=problem.retry_after)
    if problem.status in NEVER:
        return Delivery(sent=Sent.REFUSED, error=error, state=_state(problem.code))
    # 408, 5xx, a read time-out and a reset may come after Teams has taken the message.
    return Delivery(sent=Sent.UNCERTAIN, error=error)


def _state(code: str) -> ConversationState | None:
    if code in REMOVED:
        return ConversationState.REMOVED
    if code in BLOCKED:
        return ConversationState.BLOCKED
    return ConversationState.GONE if code in GONE else None


@dataclass(slots=True)
class Pace:
    """Waits so that no limit is passed; one for each conversation, one for the whole app."""

    limits: tuple[tuple[int, float], ...]
    clock: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _sent: deque[float] = field(default_factory=deque)

    async def turn(self) -> None:
        """Wait until another message may be sent, and count it."""
        while (wait := self.wait()) > 0:
            await self.sleep(wait)
        self._sent.append(self.clock())

    def wait(self) -> float:
        """How many seconds until another message may be sent."""
        now = self.clock()
        longest = max(seconds for _, seconds in self.limits)
        while self._sent and now - self._sent[0] >= longest:
            self._sent.popleft()
        return max((self._until(count, seconds, now) for count, seconds in self.limits), default=0.0)

    def _until(self, count: int, seconds: float, now: float) -> float:
        """How long until fewer than `count` messages lie within the last `seconds`."""
        if len(self._sent) < count:
            return 0.0
        return self._sent[-count] + seconds - now


class TeamsMessenger:
    """The Messenger of the jobs, over the Bot Connector.

    `connect` gives the client of a service URL; `somewhere` a conversation that is known, whose service URL,
    tenant and bot id open a personal one.
    """

    def __init__(
        self,
        connect: Callable[[str], Awaitable[Conversations]],
        *,
        somewhere: Callable[[], Awaitable[Conversation | None]],
        clock: Callable[[], float],
    ) -> None:
        self._connect = connect
        self._somewhere = somewhere
        self._clock = clock
        self._app = Pace(APP_LIMITS, clock)
        self._paces: dict[str, Pace] = {}

    async def send(self, conversation: Conversation, reply: Reply) -> Delivery:
        """Post a new card at the end of a conversation."""

        async def post(client: Conversations) -> str:
            sent = await client.send_to_conversation(conversation.id, _activity(conversation, reply))
            return str(sent.id or "")

        return await self._speak(conversation, post)

    async def update(self, conversation: Conversation, activity: str, reply: Reply) -> Delivery:
        """Put a card in the place of one that was sent before; doing so twice does no harm."""

        async def put(client: Conversations) -> str:
            await client.update_activity(
                conversation.id, activity, _activity(conversation, reply, quiet=True)
            )
            return activity

        return await self._speak(conversation, put)

    async def _speak(
        self, conversation: Conversation, call: Callable[[Conversations], Awaitable[str]]
    ) -> Delivery:
        """Make one call to a conversation within its limits; what became of it, with the activity's id."""
        if (later := await self._pace(conversation.id)) is not None:
            return later
        try:
            activity = await call(await self._connect(conversation.service_url))
        except SendFailed as problem:
            return outcome(problem)
        except PermissionError as problem:
            return _no_token(problem)
        return Delivery(sent=Sent.DELIVERED, activity=activity)

    async def open_personal(self, person: str) -> Conversation | Delivery:
        """Open the personal conversation with somebody by their Entra object id.

        Opening it again gives the same one, so whatever is not refused may be tried again.
        """
        known = await self._somewhere()
        if known is None:
            return Delivery(sent=Sent.RETRY, error="no conversation is known yet")
        parameters = ConversationParameters(
            is_group=False,
            bot=ChannelAccount(id=known.bot_id),
            members=[ChannelAccount(id=person)],
            channel_data={"tenant": {"id": known.tenant_id}},
        )
        try:
            client = await self._connect(known.service_url)
            opened = await client.create_conversation(parameters)
        except SendFailed as problem:
            found = outcome(problem)
            if found.sent is Sent.UNCERTAIN:
                return Delivery(sent=Sent.RETRY, error=found.error, retry_after=problem.retry_after)
            return found
        except PermissionError as problem:
            return _no_token(problem)
        return Conversation(
            id=str(opened.id),
            kind=ConversationKind.PERSONAL,
            tenant_id=known.tenant_id,
            service_url=known.service_url,
            bot_id=known.bot_id,
            person=person,
        )

    async def _pace(self, conversation_id: str) -> Delivery | None:
        """Wait a little where a limit asks for it; a long wait is left to whoever sends again later, since
        the lease on what is being sent goes on."""
        pace = self._paces.setdefault(conversation_id, Pace(LIMITS, self._clock))
        if (wait := pace.wait()) > LONGEST_WAIT:
            return Delivery(sent=Sent.RETRY, error="too many messages here", retry_after=wait)
        await self._app.turn()
        await pace.turn()
        return None


def _no_token(problem: PermissionError) -> Delivery:
    """Entra gave the bot no token, so nothing was sent."""
    return Delivery(sent=Sent.RETRY, error=f"no token: {problem}"[:200])


def _activity(conversation: Conversation, reply: Reply, *, quiet: bool = False) -> Activity:
    return Activity(
        type=ActivityTypes.message,
        from_property=ChannelAccount(id=conversation.bot_id),
        conversation=ConversationAccount(id=conversation.id),
        summary=reply.summary,
        attachments=[Attachment(content_type=CARD, content=reply.card)],
        # Without it Teams shows no banner for what nobody asked for.
        channel_data=None if quiet else {"notification": {"alert": True}},
    )
