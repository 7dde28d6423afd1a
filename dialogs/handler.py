"""Hands what happens in Teams to the dialogs and sends what they say back; knows no topic."""

import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import structlog
from botbuilder.core import ActivityHandler, InvokeResponse, TurnContext
from botbuilder.schema import DeliveryModes

from bplan_bot.errors import frames_of
from dialogs.activities import chat_of, has_bot, incoming_of, pressed_value, spoken_text
from dialogs.feedback import Feedback
from dialogs.incoming import Answering, Event, Incoming, Reply, SentFile
from dialogs.invokes import CARD, ERROR, FEEDBACK, MESSAGE, PRESSED, Body, outcome, polite
from dialogs.once import Once
from dialogs.patience import Patience
from dialogs.phrases import Phrases
from dialogs.sending import message_of, send

log = structlog.get_logger(__name__)

GREETING_SECONDS = 60.0
"""An installation is announced twice, as installationUpdate and as conversationUpdate, seconds apart."""

REPEAT_SECONDS = 600.0
"""Teams sends a message again when its request was not answered in time."""

NO_FILES = frozenset({"text/html", "text/plain", CARD})
"""Attachments that are no files: Teams sends formatted words as one too."""

FILE = "application/vnd.microsoft.teams.file.download.info"
"""A file in a personal chat, with the address that it can be fetched from."""

Fetching = Callable[[str], Awaitable[bytes]]
"""Fetches what is at an address."""

THUMBS = {"feedbackLoop": {"type": "default"}}
"""Has Teams show a thumb up and a thumb down below a message."""


class Handler(ActivityHandler):
    """What becomes of each kind of activity; what is not named here is accepted and left alone.

    | activity | what it gets |
    |---|---|
    | message with words, a button's value or a file | one answer |
    | the same message again within ten minutes | nothing |
    | messageUpdate: edited | one answer to its new words; undone deletions and other updates nothing |
    | messageDelete, messageReaction, typing, event, endOfConversation … | nothing |
    | installationUpdate, conversationUpdate | the bot's own coming is greeted once, its going noted |
    | invoke adaptiveCard/action | the card in place, or a message of its own |
    | invoke message/submitAction | the thumb is kept with its question |
    | every other invoke | an empty answer in the shape its asker expects (dialogs/invokes.py) |
    """

    def __init__(
        self,
        *,
        answering: Answering,
        phrases: Phrases,
        patience: Patience,
        fetching: Fetching,
        feedback: Feedback | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._answering = answering
        self._phrases = phrases
        self._patience = patience
        self._fetching = fetching
        self._feedback = feedback
        self._greeted = Once(clock, seconds=GREETING_SECONDS)
        self._heard = Once(clock, seconds=REPEAT_SECONDS)
        self._invokes: Mapping[str, Callable[[TurnContext], Any]] = {
            PRESSED: self._press,
            FEEDBACK: self._note_thumb,
        }

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """A typed message, a file, or the Action.Submit that older clients send for a button."""
        activity = turn_context.activity
        # With the words, so that an edited message is a new one and the same words are not.
        key = (activity.conversation.id, activity.id, hash(activity.text))
        if activity.id and not self._heard.claim(key):
            log.info("message_repeated")
            return
        text = spoken_text(activity)
        if not text and isinstance(activity.value, dict) and activity.value:
            incoming = incoming_of(activity, event=Event.BUTTON, value=activity.value)
        else:
            incoming = incoming_of(activity, event=Event.MESSAGE, text=text)
            incoming = replace(incoming, files=_files(activity.attachments, self._fetching))
        if not await self._converse(turn_context, incoming):
            self._heard.forget(key)

    async def on_message_update_activity(self, turn_context: TurnContext) -> None:
        """An edited message is answered anew; one whose deletion was undone has been answered before."""
        data = turn_context.activity.channel_data
        if isinstance(data, dict) and data.get("eventType") == "editMessage":
            await self.on_message_activity(turn_context)

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
        """Something that a client waits for an answer to; always 200, since others show as an error."""
        name = turn_context.activity.name
        answer = self._invokes.get(name) if isinstance(name, str) else None
        body = await answer(turn_context) if answer else polite(name, self._phrases.not_offered())
        return InvokeResponse(status=200, body=body)

    async def _press(self, turn_context: TurnContext) -> Body:
        value = pressed_value(turn_context.activity.value)
        if value is None:
            return outcome(400, ERROR, {"code": "BadRequest", "message": "The button cannot be read."})
        incoming = incoming_of(turn_context.activity, event=Event.BUTTON, value=value)
        answered, reply = await self._reply_in_time(turn_context, incoming)
        if not answered:
            return outcome(200, MESSAGE, self._phrases.slow().summary)
        if reply and reply.in_place:
            return outcome(200, CARD, reply.card)
        # An answer to a question is a message of its own, so that the older answer is left to be read. The
        # short text appears under the pressed button and tells that something happened. Should the message
        # not get through, the facts are said there instead.
        if reply is None:
            return outcome(200, MESSAGE, "")
        sent = await self._say(turn_context, incoming, reply)
        return outcome(200, MESSAGE, reply.summary if sent else reply.text)

    async def _note_thumb(self, turn_context: TurnContext) -> Body:
        activity = turn_context.activity
        if self._feedback:
            place = {"conversation": chat_of(activity), "activity": activity.reply_to_id or ""}
            await self._feedback.thumb(activity.value, **place)
        return {}

    async def _greet(self, turn_context: TurnContext) -> None:
        # Whichever event is first greets, as nothing in the one tells whether the other will come.
        chat = chat_of(turn_context.activity)
        if not self._greeted.claim(chat):
            return
        if not await self._converse(turn_context, incoming_of(turn_context.activity, event=Event.WELCOME)):
            self._greeted.forget(chat)

    async def _leave(self, turn_context: TurnContext) -> None:
        self._greeted.forget(chat_of(turn_context.activity))
        await self._reply_to(incoming_of(turn_context.activity, event=Event.DEPARTED))

    async def _converse(self, turn_context: TurnContext, incoming: Incoming) -> bool:
        """Answer with a message. False: there was an answer and it did not get through."""
        _, reply = await self._reply_in_time(turn_context, incoming, slow=self._phrases.slow())
        return reply is None or await self._say(turn_context, incoming, reply)

    async def _reply_in_time(
        self, turn_context: TurnContext, incoming: Incoming, *, slow: Reply | None = None
    ) -> tuple[bool, Reply | None]:
        """Whether there is an answer already, and it. One that takes longer is said when it comes, after
        `slow`."""
        if turn_context.activity.delivery_mode == DeliveryModes.expect_replies:
            # The answers travel in the response, so there is no later.
            return True, await self._reply_to(incoming)
        replying = await self._patience.begin(self._reply_to(incoming))
        if replying.done():
            return True, replying.result()

        if slow:
            await send(turn_context, message_of(slow))

        async def later() -> None:
            if reply := await replying:
                await self._say(turn_context, incoming, reply)

        await self._patience.leave(later())
        return False, None

    async def _say(self, turn_context: TurnContext, incoming: Incoming, reply: Reply) -> bool:
        """Send a reply as a message, or over the pressed card; whether it got through."""
        over = incoming.reply_to if incoming.event is Event.BUTTON and reply.in_place else ""
        keeping = self._feedback if reply.asked else None
        outgoing = message_of(reply, channel_data=THUMBS) if keeping else message_of(reply)
        sent = await send(turn_context, outgoing, over=over)
        if keeping and reply.asked and sent is not None:
            keeping.answered(reply.asked, conversation=chat_of(turn_context.activity), activity=sent)
        return sent is not None

    async def _reply_to(self, incoming: Incoming) -> Reply | None:
        try:
            # Commits before it returns, so nothing is ever said that was not also kept.
            return await self._answering(incoming)
        except Exception as problem:
            error_id = secrets.token_hex(4)
            log.error(
                "answer_failed",
                error_id=error_id,
                incoming=incoming.event.value,
                problem=type(problem).__name__,
                traceback=frames_of(problem),
            )
            return self._phrases.apology(error_id, incoming.locale)


def _files(attachments: list[Any] | None, fetching: Fetching) -> tuple[SentFile, ...]:
    """The attached files. Their addresses go no further than here: the dialogs are handed what fetches."""
    kinds = [(getattr(one, "content_type", None), one) for one in attachments or []]
    return tuple(_file(one, fetching) for kind, one in kinds if kind and kind not in NO_FILES)


def _file(attachment: Any, fetching: Fetching) -> SentFile:
    name, content = getattr(attachment, "name", None), getattr(attachment, "content", None)
    address = content.get("downloadUrl") if isinstance(content, dict) else None
    is_here = attachment.content_type == FILE and isinstance(address, str) and address
    return SentFile(
        name=name if isinstance(name, str) else "",
        fetch=partial(fetching, str(address)) if is_here else None,
    )
