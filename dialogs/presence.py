"""Keeps where the bot can be heard: every conversation it is spoken to in, and those it was removed from."""

from collections.abc import Callable
from datetime import datetime

import structlog

from bplan_bot.conversation import Conversation, ConversationKind, ConversationState
from bplan_bot.errors import Refused
from db import conversations
from db.engine import Database
from dialogs.incoming import Event, Incoming

log = structlog.get_logger(__name__)


class Presence:
    """What the messenger will need to send something unasked."""

    def __init__(self, database: Database, *, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def note(self, incoming: Incoming) -> None:
        """Store the conversation where it is new or changed, or that the bot has left it.

        An answer is worth more than this row, so a database that cannot be written is only logged.
        """
        if not incoming.conversation_id or not incoming.service_url:
            return  # the command line asks without a conversation
        try:
            if incoming.event is Event.DEPARTED:
                await self._leave(incoming)
            else:
                await self._arrive(_conversation(incoming))
        except Refused as refused:
            log.warning("conversation_not_kept", reason=str(refused))

    async def _arrive(self, found: Conversation) -> None:
        # Read before writing: most messages come from where the bot is known to be heard already, and a
        # conversation that was given up as blocked is active again as soon as somebody speaks in it.
        if await conversations.known_as(self._database, found.id) == found:
            return
        async with self._database.transaction() as session:
            await conversations.remember(session, found, now=self._now())

    async def _leave(self, incoming: Incoming) -> None:
        chat = _chat(incoming.conversation_id)
        async with self._database.transaction() as session:
            await conversations.set_state(
                session, chat, ConversationState.REMOVED, error="removed by a person", now=self._now()
            )


def _chat(conversation_id: str) -> str:
    """The conversation without the thread that a channel adds: what is sent unasked starts a new thread."""
    return conversation_id.partition(";")[0]


def _conversation(incoming: Incoming) -> Conversation:
    personal = incoming.kind is ConversationKind.PERSONAL
    return Conversation(
        id=_chat(incoming.conversation_id),
        kind=incoming.kind,
        tenant_id=incoming.tenant_id,
        service_url=incoming.service_url,
        bot_id=incoming.bot_id,
        person=incoming.user_id if personal else "",
        locale=incoming.locale,
    )
