"""Asks the channel who a mentioned member of a conversation is in the directory."""

from collections.abc import Awaitable, Callable

import structlog

from dialogs.connector import Conversations, SendFailed
from dialogs.incoming import Incoming

log = structlog.get_logger(__name__)


class TeamsMembers:
    """The members of conversations, looked up each time: nothing about them is kept."""

    def __init__(self, connect: Callable[[str], Awaitable[Conversations]]) -> None:
        self._connect = connect

    async def object_id(self, incoming: Incoming, member_id: str) -> str:
        """The Entra object id of a member; empty where Teams does not tell."""
        chat = incoming.conversation_id.partition(";")[0]  # members are those of the channel, not of a thread
        try:
            found = await (await self._connect(incoming.service_url)).member(chat, member_id)
        except (SendFailed, PermissionError) as problem:
            log.warning("member_not_found", problem=str(problem)[:300])
            return ""
        # Teams has spelt it both ways.
        told = found.get("aadObjectId") or found.get("objectId")
        return told if isinstance(told, str) else ""
