"""Messages as Teams sends them, and what of a reply a person would see."""

import json
from typing import Any, Literal

FIXED = "Tak for beskeden."
"""The one reply of the relay."""

TENANT = "bbbbbbbb-0000-0000-0000-000000000002"
BOT = {"id": "28:11111111-2222-3333-4444-555555555555", "name": "Bplan"}

Kind = Literal["echo", "card", "fixed"]
"""How a bot answers: what was said, a card of its own, always the same."""


def message(*, service_url: str, user: int, number: int, text: str) -> bytes:
    """What one of many people wrote to the bot in their personal chat; `number` becomes its id."""
    activity = {
        "type": "message",
        "id": str(number),
        "timestamp": "2026-11-21T09:00:00.000Z",
        "localTimestamp": "2026-11-21T10:00:00.000+01:00",
        "localTimezone": "Europe/Copenhagen",
        "serviceUrl": service_url,
        "channelId": "msteams",
        "locale": "da-DK",
        "from": {
            "id": f"29:user-{user}",
            "name": f"Medarbejder {user}",
            "aadObjectId": f"aaaaaaaa-0000-0000-0000-{user:012d}",
        },
        "recipient": BOT,
        "conversation": {
            "id": chat_id(user),
            "conversationType": "personal",
            "tenantId": TENANT,
            "isGroup": False,
        },
        "entities": [{"type": "clientInfo", "locale": "da-DK", "country": "DK", "platform": "Windows"}],
        "channelData": {"tenant": {"id": TENANT}},
        "text": text,
        "textFormat": "plain",
    }
    return json.dumps(activity).encode()


def chat_id(user: int) -> str:
    """The personal chat of one of the people."""
    return f"a:chat-{user}"


def seen(body: bytes) -> str:
    """What a person would see of a reply: its text and its cards in one string; empty when it is none."""
    try:
        activity = json.loads(body)
        cards = [attachment["content"]["body"] for attachment in activity.get("attachments") or []]
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
    return _written(activity.get("text"), cards)


def _written(text: Any, cards: list[Any]) -> str:
    return f"{text or ''}{json.dumps(cards) if any(cards) else ''}"


def is_right(kind: Kind, question: str, shown: str) -> bool:
    """Whether the reply is of the kind that this bot gives to the question."""
    match kind:
        case "echo":
            return shown == f"Echo: {question}"
        case "fixed":
            return shown == FIXED
        case "card":
            return shown.startswith("[")
