"""Hands what happens in Teams to the dialogs and sends what they say back; knows no topic."""

import secrets
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import structlog
from botbuilder.core import ActivityHandler, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes, Attachment

from dialogs.activities import chat_of, has_bot, incoming_of, pressed_value, spoken_text
from dialogs.connector import SendFailed
from dialogs.incoming import Answering, Event, Incoming, Reply

log = structlog.get_logger(__name__)

CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"

GREETING_SECONDS = 60.0
MAX_GREETINGS = 10_000


class Greetings:
    """Remembers for a while which conversations were greeted, so that one installation gives one welcome.

    Teams announces an installation twice, as installationUpdate and as conversationUpdate, in either order
    and at times only once; nothing in the one tells whether the other will come. So whichever is first
    greets, and the other finds it done. In memory, and for a minute, is enough: the two come seconds apart.
    Removing the bot forgets, so that installing it anew greets anew. Bounded, since anybody may add a bot
    anywhere.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._greeted: OrderedDict[str, float] = OrderedDict()

    def claim(self, conversation_id: str) -> bool:
        """True for the first who asks; no await inside, so two events at once cannot both get it."""
        now = self._clock()
        greeted = self._greeted.get(conversation_id)
        if greeted is not None and now - greeted < GREETING_SECONDS:
            return False
        self._greeted[conversation_id] = now
        self._greeted.move_to_end(conversation_id)
        if len(self._greeted) > MAX_GREETINGS:
            self._greeted.popitem(last=False)
        return True

    def forget(self, conversation_id: str) -> None:
        """The next event greets again."""
        self._greeted.pop(conversation_id, None)


class Handler(ActivityHandler):
    """Answers messages, buttons and installations; everything else the SDK already ignores politely."""

    def __init__(
        self,
        *,
        answering: Answering,
        apology: Callable[[str, str], Reply],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._answering = answering
        self._apology = apology
        self._greetings = Greetings(clock)

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """A typed message, or the Action.Submit that older clients send for a button."""
        activity = turn_context.activity
        text = spoken_text(activity)
        if not text and isinstance(activity.value, dict) and activity.value:
            incoming = incoming_of(activity, event=Event.BUTTON, value=activity.value)
        else:
            incoming = incoming_of(activity, event=Event.MESSAGE, text=text)
        if reply := await self._reply_to(incoming):
            # The older kind of button arrives as a message that names the pressed card.
            pressed = incoming.event is Event.BUTTON and reply.in_place
            await _sent(turn_context, reply, over=incoming.reply_to if pressed else "")

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        """Somebody came or went; only the bot's own coming and going matters."""
        activity = turn_context.activity
        if has_bot(activity, activity.members_removed):
            await self._leave(turn_context)
        elif has_bot(activity, activity.members_added):
            await self._greet(turn_context)

    async def on_installation_update(self, turn_context: TurnContext) -> None:
        """The bot was installed or removed. An upgrade ("add-upgrade") is no reason to greet again."""
        action = (turn_context.activity.action or "").lower()
        if action == "add":
            await self._greet(turn_context)
        elif action == "remove":
            await self._leave(turn_context)

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        """A pressed button (Action.Execute); other invokes get 501, as the platform does by itself."""
        if turn_context.activity.name != "adaptiveCard/action":
            return InvokeResponse(status=501)
        value = pressed_value(turn_context.activity.value)
        if value is None:
            return _invoke_answer(400, ERROR, {"code": "BadRequest", "message": "The button cannot be read."})
        reply = await self._reply_to(incoming_of(turn_context.activity, event=Event.BUTTON, value=value))
        if reply and reply.in_place:
            return _invoke_answer(200, CARD, reply.card)
        # An answer to a question is a message of its own, so that the older answer is left to be read. The
        # short text appears under the pressed button and tells that something happened. Should the message
        # not get through, the facts are said there instead.
        if reply is None:
            return _invoke_answer(200, MESSAGE, "")
        sent = await _sent(turn_context, reply)
        return _invoke_answer(200, MESSAGE, reply.summary if sent else reply.text)

    async def _greet(self, turn_context: TurnContext) -> None:
        chat = chat_of(turn_context.activity)
        if not self._greetings.claim(chat):
            return
        reply = await self._reply_to(incoming_of(turn_context.activity, event=Event.WELCOME))
        if reply and not await _sent(turn_context, reply):
            self._greetings.forget(chat)

    async def _leave(self, turn_context: TurnContext) -> None:
        self._greetings.forget(chat_of(turn_context.activity))
        await self._reply_to(incoming_of(turn_context.activity, event=Event.DEPARTED))

    async def _reply_to(self, incoming: Incoming) -> Reply | None:
        try:
            # Commits before it returns, so nothing is ever said that was not also kept.
            return await self._answering(incoming)
        except Exception as problem:
            error_id = secrets.token_hex(4)
            # The bare frames: pretty tracebacks print local variables, and an exception's own words may quote
            # what the person wrote.
            log.error(
                "answer_failed",
                error_id=error_id,
                incoming=incoming.event.value,
                problem=type(problem).__name__,
                traceback="".join(traceback.format_tb(problem.__traceback__)),
            )
            return self._apology(error_id, incoming.locale)


async def _sent(turn_context: TurnContext, reply: Reply, *, over: str = "") -> bool:
    """Whether the reply got through, as a new message or `over` an earlier one. The answer is committed by
    now, so a failure is only logged."""
    card = Attachment(content_type=CARD, content=reply.card)
    outgoing = Activity(type=ActivityTypes.message, summary=reply.summary, attachments=[card])
    try:
        if over:
            outgoing.id = over
            await turn_context.update_activity(outgoing)
        else:
            await turn_context.send_activity(outgoing)
    except SendFailed as problem:
        log.error("reply_not_sent", status=problem.status, code=problem.code)
    except PermissionError as problem:
        # Entra refused the bot's secret; its sentence says why (expired, wrong tenant) and holds no message.
        log.error("reply_not_sent", problem="no token", said=str(problem)[:300])
    except Exception as problem:
        # Only the kind of it: what a serialiser trips over, it quotes.
        log.error("reply_not_sent", problem=type(problem).__name__)
    else:
        return True
    return False


def _invoke_answer(status: int, kind: str, value: Any) -> InvokeResponse:
    # The outcome stands in the body; the HTTP status only says that the bot was reached.
    return InvokeResponse(status=200, body={"statusCode": status, "type": kind, "value": value})
