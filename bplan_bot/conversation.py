"""Where the bot can be heard: a conversation as we keep it, in columns of our own."""

from dataclasses import dataclass
from enum import StrEnum


class ConversationKind(StrEnum):
    """Where the words were said; handled figures only are shown outside `PERSONAL`."""

    PERSONAL = "personal"
    GROUP = "group"
    CHANNEL = "channel"


class ConversationState(StrEnum):
    """Whether something can be sent there; installs, removals and refusals of Teams move it."""

    ACTIVE = "active"
    REMOVED = "removed"
    BLOCKED = "blocked"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One conversation with the bot. `person` is the Entra object id in a personal one, else empty."""

    id: str
    kind: ConversationKind
    tenant_id: str
    service_url: str
    bot_id: str
    person: str = ""
    locale: str = ""
    state: ConversationState = ConversationState.ACTIVE
    last_error: str = ""
