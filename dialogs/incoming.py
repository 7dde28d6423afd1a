"""What comes in through the channel's door, free of any SDK, and the function that answers it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bplan_bot.conversation import ConversationKind
from bplan_bot.reply import Reply

__all__ = ["Answering", "ConversationKind", "Event", "Incoming", "Mention", "Reply", "SentFile"]


class Event(StrEnum):
    """What happened: somebody wrote, pressed a button, or the bot was added somewhere or removed."""

    MESSAGE = "message"
    BUTTON = "button"
    WELCOME = "welcome"
    DEPARTED = "departed"


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody who was mentioned: the channel's own id, and the directory's where the message has it."""

    id: str
    object_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """Something attached that is not words: its name, empty where it has none, and what fetches it, None
    where the bot is not let at it. Fetching gives its bytes, or Refused `sent_file.<why not>`."""

    name: str = ""
    fetch: Callable[[], Awaitable[bytes]] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One update from a person.

    `text` has the mention of the bot taken out and is trimmed; it is empty for a button or a welcome.
    `value` is what the pressed button carries, empty otherwise. `locale` is the client's ("da-DK"), or empty.
    `mentions` are the people mentioned, without the bot and without their names.
    `activity_id` names this update, `reply_to` the activity whose button was pressed; empty where unknown.
    `files` are what is attached that is not words.
    """

    event: Event
    text: str = ""
    value: Mapping[str, Any] = field(default_factory=dict)
    kind: ConversationKind = ConversationKind.PERSONAL
    conversation_id: str = ""
    user_id: str = ""
    tenant_id: str = ""
    service_url: str = ""
    bot_id: str = ""
    locale: str = ""
    mentions: tuple[Mention, ...] = ()
    activity_id: str = ""
    reply_to: str = ""
    files: tuple[SentFile, ...] = ()


Answering = Callable[[Incoming], Awaitable[Reply | None]]
"""Turns what came in into what goes out, committed before it returns; None where nothing is to be said."""
